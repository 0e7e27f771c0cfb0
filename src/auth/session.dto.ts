import type { SignIn } from '#libs/contracts';
import { Secret, Text } from '../http/text.decorators.js';

export class SignInDto implements SignIn {
  /** NIP or e-mail. */
  @Text({ max: 254 })
  login: string;

  @Secret({ max: 200 })
  password: string;
}
