import { isCount, isUuid } from './entry.ts'
import type { TeamLog } from './log.ts'
import type { Replica } from './replica.ts'

/** Adds the keys that the server has for this device to its ring. Throws `TeamLogError`. */
export async function readKeys({ crypto, author, keys }: Replica, log: TeamLog): Promise<void> {
  for (const { scope, generation, sealed } of await log.wraps(author.device)) {
    if (!isUuid(scope) || !isCount(generation, 0xffff_ffff)) continue
    const opened = crypto.unwrapKeys({ scope, generation }, author.device, author.keys.box, sealed)
    if (opened !== null) keys.add(scope, opened)
  }
}
