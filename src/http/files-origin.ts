import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { AppError } from '#libs/contracts';

/** Where files have an address of their own, that address has files only, and no other has any. */
export function filesApart(filesOrigin: string): RequestHandler {
  const { host } = new URL(filesOrigin);
  return (request: Request, _response: Response, next: NextFunction): void => {
    // Whichever kind of program asks after our health, it may know any of our addresses.
    if (request.path.startsWith('/health/')) return next();
    const isFile = request.path.startsWith('/files/');
    const isThere = request.headers.host?.toLowerCase() === host;
    next(isFile === isThere ? undefined : new AppError('not-found', {}));
  };
}
