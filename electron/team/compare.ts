import type { TeamStore } from '../../shared/team/store.ts'
import { headAfter, NO_ROOT, startLog } from './crypto.ts'
import type { TeamDevice } from './device.ts'
import { isBatch, isSame } from './form.ts'

/** A position at which the server differs from what this device holds; null: it has none there. */
export interface DifferentHead {
  readonly at: number
  readonly here: Uint8Array | null
  readonly there: Uint8Array | null
}

/**
 * Reads every batch of a log on the server up to a position, computes each head from its bytes, and lists those that differ from the held ones or
 * are missing, at most `most`. Throws `TeamServerError`.
 */
export async function compareHeads(
  { server, store }: TeamDevice,
  log: string,
  upTo: number,
  most = 100,
): Promise<readonly DifferentHead[]> {
  const different: DifferentHead[] = []
  let at = 0
  while (at <= upTo && different.length < most) {
    const batches = await server.read(log, at)
    const end = Math.min(upTo, batches.at(-1)?.at ?? upTo)
    const own = new Map(store.heads(log, at, end).map((one) => [one.at, one.head]))
    const theirs = new Map(batches.filter(isBatch).map((batch) => [batch.at, headAfter(batch)]))
    for (; at <= end && different.length < most; at += 1) {
      const [here, there] = [own.get(at) ?? null, theirs.get(at) ?? null]
      if (here !== null || there !== null) if (!isSame(here, there)) different.push({ at, here, there })
    }
  }
  return different
}

/** True if the heads of a log follow from the batches that are held. */
export function checkHeld(
  store: TeamStore,
  { log, root, isTeam }: { readonly log: string; readonly root: Uint8Array; readonly isTeam: boolean },
): boolean {
  let before = startLog(log, isTeam ? NO_ROOT : root)
  for (let at = 0; ;) {
    const batches = store.batches(log, at, 200)
    if (batches.length === 0) return isSame(before, store.log(log)?.head ?? before)
    for (const batch of batches) {
      if (batch.at !== at || !isSame(batch.before, before) || !isSame(headAfter(batch), batch.head)) return false
      before = batch.head
      at += 1
    }
  }
}
