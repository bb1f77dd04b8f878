import type { Entry } from '../../shared/team/entry.ts'
import { StreamStopped, type Verdict } from '../../shared/team/verdict.ts'
import type { Replica } from './replica.ts'

/** The streams that each replica has read to their end since it was opened. */
const read = new WeakMap<Replica, Set<string>>()

/** Whether the stream was read to its end since the replica was opened. */
export function wasRead(replica: Replica, stream: string): boolean {
  return read.get(replica)?.has(stream) === true
}

export function noteRead(replica: Replica, stream: string): void {
  read.set(replica, (read.get(replica) ?? new Set()).add(stream))
}

/**
 * The stop for an entry that this device signed and did not decide here: another installation has its keys. `waiting`: the
 * operations that waited before the entries were read, since the answer to their push may have been lost. What an earlier state of
 * this installation placed is read the first time that the stream is read, which therefore shows nothing.
 */
export function findClone(
  replica: Replica,
  stream: string,
  entries: readonly Entry[],
  verdicts: readonly Verdict[],
  waiting: ReadonlySet<string>,
): StreamStopped | null {
  if (!wasRead(replica, stream)) return null
  const foreign = entries.find(({ device, op }, at) => {
    const verdict = verdicts[at]
    if (device !== replica.author.device || waiting.has(op) || verdict === undefined) return false
    return verdict.kind === 'effective' || !UNSIGNED.has(verdict.reason)
  })
  return foreign === undefined ? null : new StreamStopped('cloned', stream, foreign.seq)
}

/** Such an entry is not the device's, whatever name it has. */
const UNSIGNED: ReadonlySet<string> = new Set(['not-signed', 'unknown-author', 'voided'])
