import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { ActorView, SessionView } from '#libs/contracts';
import { BoardAccess } from '../access/boards.service.js';
import { Today } from '../access/today.service.js';
import { Environment } from '../config/environment.js';
import { OrganizationService } from '../organization/organization.service.js';
import { AuthService, type SignedIn } from './auth.service.js';
import { SessionCookie } from '../http/session-cookie.js';
import { SignInDto } from './session.dto.js';
import { CurrentPerson, CurrentSession, SessionGuard } from './session.guard.js';

@ApiTags('session')
@Controller('api')
export class SessionController {
  constructor(
    private readonly auth: AuthService,
    private readonly organization: OrganizationService,
    private readonly boards: BoardAccess,
    private readonly today: Today,
    private readonly environment: Environment,
    private readonly cookie: SessionCookie,
  ) {}

  /** Signs in; the cookie goes with the answer. */
  @Post('session')
  @HttpCode(200)
  async signIn(
    @Body() dto: SignInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const earlier = this.cookie.read(request.headers.cookie);
    const { token, ...signedIn } = await this.auth.signIn(dto, request.ip ?? '', earlier);
    this.cookie.give(response, token, new Date(signedIn.expiresAt));
    return this.viewOf(signedIn);
  }

  /** Who is signed in. */
  @Get('session')
  @ApiCookieAuth()
  @UseGuards(SessionGuard)
  current(@CurrentSession() signedIn: SignedIn): Promise<SessionView> {
    return this.viewOf(signedIn);
  }

  /** Signs out here. Without a sign-in there is nothing to do. */
  @Delete('session')
  @HttpCode(204)
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const token = this.cookie.read(request.headers.cookie);
    const signedIn = token === null ? null : await this.auth.freshSessionOf(token);
    if (signedIn) await this.auth.end(signedIn);
    this.cookie.takeBack(response);
  }

  /** Signs out everywhere. */
  @Delete('sessions')
  @HttpCode(204)
  @ApiCookieAuth()
  @UseGuards(SessionGuard)
  async signOutEverywhere(
    @CurrentPerson() person: ActorView,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.auth.endAll(person);
    this.cookie.takeBack(response);
  }

  private async viewOf({ person, expiresAt }: SignedIn): Promise<SessionView> {
    const today = this.today.day();
    const [positions, roles] = await Promise.all([
      this.organization.positionsOf(person.id, today),
      this.organization.rolesOf(person.id, today),
    ]);
    return {
      person,
      opd: positions[0]?.opd ?? null,
      positions,
      roles,
      boards: await this.boards.boardsFor(roles),
      instance: this.environment.instance,
      expiresAt,
    };
  }
}
