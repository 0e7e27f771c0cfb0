import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import type { SignIn } from '#libs/contracts';
import { Text } from '../http/text.decorators.js';

export class SignInDto implements SignIn {
  /** NIP or e-mail. */
  @Text({ max: 254 })
  login: string;

  // Not a `Text`: blanks and unusual letters belong to it.
  @ApiProperty({ maxLength: 200, format: 'password' })
  @MaxLength(200)
  @MinLength(1)
  @IsString()
  password: string;
}
