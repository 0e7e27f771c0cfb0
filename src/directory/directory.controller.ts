import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { OpdChoice, PersonChoice } from '#libs/contracts';
import { Today } from '../access/today.service.js';
import { SessionGuard } from '../auth/auth.module.js';
import { Uuid } from '../http/text.decorators.js';
import { OrganizationService } from '../organization/organization.service.js';

class OpdIdDto {
  @Uuid()
  id: string;
}

/** Who and which units a form may name. As much of a colleague as every colleague sees. */
@ApiTags('directory')
@ApiCookieAuth()
@UseGuards(SessionGuard)
@Controller('api/opds')
export class DirectoryController {
  constructor(
    private readonly organization: OrganizationService,
    private readonly today: Today,
  ) {}

  /** Units that can take part in tasks today, by name. */
  @Get()
  opds(): Promise<OpdChoice[]> {
    return this.organization.opdsOn(this.today.day());
  }

  /** Who has a post in the unit today, by name. */
  @Get(':id/people')
  people(@Param() { id }: OpdIdDto): Promise<PersonChoice[]> {
    return this.organization.staffOf(id, this.today.day());
  }
}
