import { Controller, Get, Param, UseGuards, UsePipes } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { ActorView, PublicAddress } from '#libs/contracts';
import { CurrentPerson, SessionGuard } from '../auth/auth.module.js';
import { DtoPipe } from '../http/validation.js';
import { WorkspaceIdDto } from './public.dto.js';
import { PublicService } from './public.service.js';

@ApiTags('public updates')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@UsePipes(DtoPipe)
@Controller('api/workspaces/:workspaceId/public-page')
export class PublicAddressController {
  constructor(private readonly service: PublicService) {}

  /** Where citizens find this task; the path is null while it has no page for them. */
  @Get()
  async address(
    @CurrentPerson() person: ActorView,
    @Param() { workspaceId }: WorkspaceIdDto,
  ): Promise<PublicAddress> {
    return { path: await this.service.pathOf(person, workspaceId) };
  }
}
