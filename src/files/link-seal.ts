import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LinkUse } from '#libs/contracts';

/** What a link is good for. */
export interface LinkContent {
  fileId: string;
  personId: string;
  use: LinkUse;
  /** Milliseconds since 1970. */
  until: number;
}

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
const HEX = 32;

/**
 * Seals what a link is good for, so that nobody reads or alters it: an address shows neither file nor person. All
 * instances have one secret, in the database.
 */
@Injectable()
export class LinkSeal {
  private secret: Promise<Buffer> | undefined;

  constructor(private readonly source: DataSource) {}

  async seal({ fileId, personId, use, until }: LinkContent): Promise<string> {
    const plain = Buffer.alloc(41);
    plain.write(fileId.replaceAll('-', ''), 0, 'hex');
    plain.write(personId.replaceAll('-', ''), 16, 'hex');
    plain.writeUInt8(use === 'preview' ? 1 : 0, 32);
    plain.writeBigUInt64BE(BigInt(until), 33);
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, await this.key(), nonce);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
  }

  /** Null for whatever was not sealed here, is altered, or is over. */
  async open(token: string, now = Date.now()): Promise<LinkContent | null> {
    const sealed = Buffer.from(token, 'base64url');
    // The other ways to write the same bytes are no links of ours.
    if (sealed.length !== NONCE + 41 + TAG || sealed.toString('base64url') !== token) return null;
    const decipher = createDecipheriv(CIPHER, await this.key(), sealed.subarray(0, NONCE));
    decipher.setAuthTag(sealed.subarray(-TAG));
    let plain: Buffer;
    try {
      plain = Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
    } catch {
      return null;
    }
    const until = Number(plain.readBigUInt64BE(33));
    if (until <= now) return null;
    return {
      fileId: uuid(plain, 0),
      personId: uuid(plain, 16),
      use: plain.readUInt8(32) === 1 ? 'preview' : 'download',
      until,
    };
  }

  private key(): Promise<Buffer> {
    this.secret ??= this.load().catch((error: unknown) => {
      this.secret = undefined;
      throw error;
    });
    return this.secret;
  }

  private async load(): Promise<Buffer> {
    const [row] = await this.source.query<{ value: string }[]>(
      `WITH made AS (
         INSERT INTO settings (key, value) VALUES ('file-link-secret', to_jsonb($1::text)) ON CONFLICT (key) DO NOTHING
         RETURNING value
       )
       SELECT value #>> '{}' AS value FROM made
       UNION ALL SELECT value #>> '{}' FROM settings WHERE key = 'file-link-secret'`,
      [randomBytes(32).toString('base64url')],
    );
    // Another instance made it in the same moment: the statement's own view was older.
    if (!row) return this.load();
    return Buffer.from(row.value, 'base64url');
  }
}

function uuid(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + HEX / 2);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
