import { Module } from '@nestjs/common';
import { LiveDocsController } from './live-docs.controller.js';

@Module({ controllers: [LiveDocsController] })
export class LiveDocsModule {}
