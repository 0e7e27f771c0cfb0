import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { Account } from './account.entity.js';
import { AuthService } from './auth.service.js';
import { RequestPace } from './request-pace.js';
import { SessionSweeper } from './session-sweeper.js';
import { SessionController } from './session.controller.js';
import { SessionGuard } from './session.guard.js';
import { Session } from './session.entity.js';
import { SignInThrottle } from './sign-in-throttle.js';

/** For other features' controllers, and for commands. */
export { CurrentPerson, SessionGuard } from './session.guard.js';
export { endAllSessions } from './auth.queries.js';
export { newPassword } from './new-password.js';
export { signInName } from './sign-in-name.js';

/** Sign-in and its end. Global: `SessionGuard` may stand on any controller. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Account, Session]), AccessModule, OrganizationModule],
  controllers: [SessionController],
  providers: [AuthService, SignInThrottle, SessionSweeper, SessionGuard, RequestPace],
  exports: [AuthService, SessionGuard, RequestPace],
})
export class AuthModule {}
