import { Body, Controller, Delete, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { ActorView, FileLink } from '#libs/contracts';
import { CurrentPerson, SessionGuard } from '../auth/auth.module.js';
import { FileIdDto, LinkDto } from './files.dto.js';
import { FilesService } from './files.service.js';

@ApiTags('files')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@Controller('api/workspaces/:workspaceId/files')
export class FilesController {
  constructor(private readonly files: FilesService) {}

  /** An address that works for this person and five minutes. */
  @Post(':id/link')
  @HttpCode(200)
  link(
    @CurrentPerson() person: ActorView,
    @Param() { workspaceId, id }: FileIdDto,
    @Body() { use }: LinkDto,
  ): Promise<FileLink> {
    return this.files.link(person.id, workspaceId, id, use);
  }

  /** Takes a version away. */
  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentPerson() person: ActorView, @Param() { workspaceId, id }: FileIdDto): Promise<void> {
    return this.files.remove(person, workspaceId, id);
  }
}
