import { RETURNS_TO_SEKDA, type HandoverStatus, type HandoverStep } from '#libs/contracts';

/** Where a piece of work stands: who has it, from whom, and how often it came back. */
export interface Standing {
  status: HandoverStatus;
  giverOpdId: string;
  receiverOpdId: string;
  holderOpdId: string;
  returns: number;
}

/** Given to a unit for the first time: from that moment on the clock is its. */
export function opened(fromOpdId: string, toOpdId: string): Standing {
  return {
    status: 'OFFERED',
    giverOpdId: fromOpdId,
    receiverOpdId: toOpdId,
    holderOpdId: toOpdId,
    returns: 0,
  };
}

/**
 * After the holder's next step. Whoever calls has made sure that the step can be taken from here.
 *
 * @param toOpdId for OFFERED and DIRECTED
 * @param sekdaOpdId the Sekda's unit; where there is none, a third return goes back like the ones before
 */
export function moved(
  piece: Standing,
  step: HandoverStep,
  toOpdId: string | null,
  sekdaOpdId: string | null,
): Standing {
  const { giverOpdId, receiverOpdId, holderOpdId } = piece;
  switch (step) {
    case 'OFFERED':
    case 'DIRECTED': {
      const next = toOpdId ?? receiverOpdId;
      const given = { ...piece, giverOpdId: holderOpdId, receiverOpdId: next, holderOpdId: next };
      return step === 'OFFERED' ? { ...given, status: 'OFFERED' } : { ...given, status: 'HELD', returns: 0 };
    }
    case 'ACCEPTED':
      return { ...piece, status: 'HELD' };
    case 'ASKED':
      return { ...piece, status: 'ASKED', holderOpdId: giverOpdId };
    case 'ANSWERED':
      return { ...piece, status: 'OFFERED', holderOpdId: receiverOpdId };
    case 'RETURNED': {
      const returns = piece.returns + 1;
      return returns >= RETURNS_TO_SEKDA && sekdaOpdId !== null
        ? { ...piece, returns, status: 'WITH_SEKDA', holderOpdId: sekdaOpdId }
        : { ...piece, returns, status: 'RETURNED', holderOpdId: giverOpdId };
    }
    case 'DONE':
      return { ...piece, status: 'DONE' };
  }
}
