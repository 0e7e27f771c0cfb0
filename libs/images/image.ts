/** A picture without what its camera wrote about the place, the time and the device. */
export interface CleanImage {
  bytes: Buffer;
  width: number;
  height: number;
}

/** It is not built as its format wants it, so nobody can say what is in it. */
export class BrokenImage extends Error {}
