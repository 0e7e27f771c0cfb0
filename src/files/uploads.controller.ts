import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { ActorView, UploadView } from '#libs/contracts';
import { CurrentPerson, SessionGuard } from '../auth/auth.module.js';
import { CHUNK_BYTES } from './file.rows.js';
import { BeginUploadDto, FileIdDto, OffsetDto, WorkspaceIdDto } from './files.dto.js';
import { requestBytes } from './request-bytes.js';
import { UploadsService } from './uploads.service.js';

@ApiTags('files')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@Controller('api/workspaces/:workspaceId/uploads')
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  /** Promises room for a file; the same again is answered with how far it came. */
  @Post()
  @HttpCode(200)
  begin(
    @CurrentPerson() person: ActorView,
    @Param() { workspaceId }: WorkspaceIdDto,
    @Body() wish: BeginUploadDto,
  ): Promise<UploadView> {
    return this.uploads.begin(person, workspaceId, wish);
  }

  /** What this person has under way here. */
  @Get()
  open(@CurrentPerson() person: ActorView, @Param() { workspaceId }: WorkspaceIdDto): Promise<UploadView[]> {
    return this.uploads.open(person, workspaceId);
  }

  @Get(':id')
  state(@CurrentPerson() person: ActorView, @Param() { workspaceId, id }: FileIdDto): Promise<UploadView> {
    return this.uploads.state(person, workspaceId, id);
  }

  /** A piece of at most `chunkBytes`, from `offset` on. */
  @Put(':id')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async receive(
    @CurrentPerson() person: ActorView,
    @Param() { workspaceId, id }: FileIdDto,
    @Query() { offset }: OffsetDto,
    @Req() request: Request,
  ): Promise<UploadView> {
    const bytes = await requestBytes(request, CHUNK_BYTES);
    return this.uploads.receive(person, workspaceId, id, offset, bytes);
  }

  /** All bytes are sent. */
  @Post(':id/finish')
  @HttpCode(200)
  finish(@CurrentPerson() person: ActorView, @Param() { workspaceId, id }: FileIdDto): Promise<UploadView> {
    return this.uploads.finish(person, workspaceId, id);
  }

  @Delete(':id')
  @HttpCode(204)
  cancel(@CurrentPerson() person: ActorView, @Param() { workspaceId, id }: FileIdDto): Promise<void> {
    return this.uploads.cancel(person, workspaceId, id);
  }
}
