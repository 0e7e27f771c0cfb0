import { randomUUID } from 'node:crypto';
import type { FileLink, LinkUse, UploadView, WireError } from '#libs/contracts';

export interface Answered<T> {
  status: number;
  headers: Headers;
  body: T & Partial<WireError>;
}

/** One signed-in person's browser, as far as it uploads and downloads. */
export class Uploader {
  constructor(
    private readonly url: string,
    private readonly cookie: string,
    readonly taskId: string,
  ) {}

  begin(wish: {
    id?: string;
    name?: string;
    size: number;
    replaces?: string;
  }): Promise<Answered<UploadView>> {
    return this.ask('POST', this.uploads(), { id: randomUUID(), name: 'notulen.txt', ...wish });
  }

  async put(id: string, offset: number, bytes: Buffer): Promise<Answered<UploadView>> {
    return this.send('PUT', `${this.uploads()}/${id}?offset=${offset}`, bytes);
  }

  finish(id: string): Promise<Answered<UploadView>> {
    return this.ask('POST', `${this.uploads()}/${id}/finish`);
  }

  state(id: string): Promise<Answered<UploadView>> {
    return this.ask('GET', `${this.uploads()}/${id}`);
  }

  open(): Promise<Answered<UploadView[]>> {
    return this.ask('GET', this.uploads());
  }

  cancel(id: string): Promise<Answered<object>> {
    return this.ask('DELETE', `${this.uploads()}/${id}`);
  }

  remove(id: string): Promise<Answered<object>> {
    return this.ask('DELETE', `/api/workspaces/${this.taskId}/files/${id}`);
  }

  link(id: string, use: LinkUse = 'download'): Promise<Answered<FileLink>> {
    return this.ask('POST', `/api/workspaces/${this.taskId}/files/${id}/link`, { use });
  }

  /** All the way, in pieces. @returns the answer of the step that ended it */
  async upload(
    bytes: Buffer,
    { name, replaces, piece = 200_000, id = randomUUID() }: UploadOptions = {},
  ): Promise<Answered<UploadView>> {
    const begun = await this.begin({
      id,
      size: bytes.length,
      ...(name !== undefined && { name }),
      ...(replaces !== undefined && { replaces }),
    });
    if (begun.status !== 200) return begun;
    for (let at = 0; at < bytes.length; at += piece) {
      const answer = await this.put(id, at, bytes.subarray(at, at + piece));
      if (answer.status !== 200) return answer;
    }
    return this.finish(id);
  }

  /** Follows an address as this person's browser does. */
  get(address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
    return fetch(new URL(address, this.url), { method, headers: { cookie: this.cookie, ...headers } });
  }

  async download(id: string): Promise<Buffer> {
    const { body } = await this.link(id);
    return Buffer.from(await (await this.get(body.url)).arrayBuffer());
  }

  private uploads(): string {
    return `/api/workspaces/${this.taskId}/uploads`;
  }

  private ask<T>(method: string, path: string, body?: object): Promise<Answered<T>> {
    return this.send(method, path, body && JSON.stringify(body), 'application/json');
  }

  private async send<T>(
    method: string,
    path: string,
    body: string | Buffer | undefined,
    type = 'application/octet-stream',
  ): Promise<Answered<T>> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: { cookie: this.cookie, origin: this.url, ...(body !== undefined && { 'content-type': type }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Answered<T>['body'],
    };
  }
}

interface UploadOptions {
  name?: string;
  replaces?: string;
  piece?: number;
  id?: string;
}
