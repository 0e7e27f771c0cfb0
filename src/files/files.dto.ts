import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import type { BeginUpload, LinkUse } from '#libs/contracts';
import { Uuid } from '../http/text.decorators.js';

/** What a name may be long before it is shortened. */
const GIVEN_NAME = 2_000;

export class BeginUploadDto implements BeginUpload {
  @Uuid()
  id: string;

  // Any signs: `cleanFileName` makes a name of them, whatever they are.
  @IsString()
  @Length(1, GIVEN_NAME)
  name: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  size: number;

  @Uuid({ optional: true })
  replaces?: string;
}

export class WorkspaceIdDto {
  @Uuid()
  workspaceId: string;
}

export class FileIdDto extends WorkspaceIdDto {
  @Uuid()
  id: string;
}

export class OffsetDto {
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  offset: number;
}

export class LinkDto {
  @IsIn(['download', 'preview'])
  use: LinkUse;
}
