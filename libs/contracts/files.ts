import type { ActorView, Instant } from './organization.js';

/** What a file is to people, found in its bytes; the name has no say in it. */
export const FILE_KINDS = [
  'IMAGE',
  'PDF',
  'DOCUMENT',
  'SPREADSHEET',
  'PRESENTATION',
  'ARCHIVE',
  'AUDIO',
  'VIDEO',
  'TEXT',
  'OTHER',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** `BY_PERSON`: somebody took it away. `INFECTED`: the virus scanner found something; nobody ever saw the file. */
export type FileRemovalReason = 'BY_PERSON' | 'INFECTED';

/** One version of a file of a workspace. Its bytes never change. */
export interface FileView {
  id: string;
  /** As its owner called it, without signs that deceive (`cleanFileName`). */
  name: string;
  kind: FileKind;
  /** Found in the bytes, never taken from the name. */
  mediaType: string;
  /** Bytes as they are downloaded. */
  size: number;
  /** 1, or one more than the version it replaces. */
  version: number;
  /** The version before this one. */
  replaces: string | null;
  addedBy: ActorView;
  addedAt: Instant;
  /** Its bytes are gone; that it was here stays in the history. */
  removed: { by: ActorView; at: Instant } | null;
}

/** Begins an upload, over HTTP. The same id with the same content is the same upload. */
export interface BeginUpload {
  /** Made by the client; becomes the id of the file. */
  id: string;
  name: string;
  /** All bytes that will come. */
  size: number;
  /** The version this one shall replace. */
  replaces?: string;
}

/**
 * `RECEIVING`: bytes are wanted from `offset` on. `SCANNING`: all are here and wait for the virus scanner.
 * `READY`: it is a file of the workspace. `REFUSED`: it never will be; `finish` says why.
 */
export type UploadState = 'RECEIVING' | 'SCANNING' | 'READY' | 'REFUSED';

export interface UploadView {
  id: string;
  name: string;
  size: number;
  offset: number;
  state: UploadState;
  /** Bytes of one piece at most. */
  chunkBytes: number;
}

export type LinkUse = 'download' | 'preview';

/** An address that works for one person and some minutes. */
export interface FileLink {
  url: string;
  expiresAt: Instant;
}

/** Types that a browser may show by itself. SVG and HTML run script and are not among them. */
export const PREVIEW_TYPES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'application/pdf',
]);
