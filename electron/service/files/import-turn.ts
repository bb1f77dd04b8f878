/**
 * Decides between a thread that is about to commit and a service that cancels it: the first of the two wins, so that a
 * cancelled import has written nothing and a written one is never called cancelled.
 */
export type ImportTurn = Int32Array<SharedArrayBuffer>

const [RUNNING, CANCELLED, COMMITTING] = [0, 1, 2]

export function newImportTurn(): ImportTurn {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}

/** Cancels it unless it commits already. */
export function cancelTurn(turn: ImportTurn): void {
  Atomics.compareExchange(turn, 0, RUNNING, CANCELLED)
}

export function isCancelled(turn: ImportTurn): boolean {
  return Atomics.load(turn, 0) === CANCELLED
}

/** Returns whether it may commit; from then on it cannot be cancelled. */
export function takeTurn(turn: ImportTurn): boolean {
  return Atomics.compareExchange(turn, 0, RUNNING, COMMITTING) === RUNNING
}
