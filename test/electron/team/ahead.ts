import { nameBlockingEntry } from '../../../electron/team/void-entry.ts'
import { newest } from '../../../shared/team/membership.ts'
import { StreamStopped } from '../../../shared/team/verdict.ts'
import { crypto, type Laptop, toNote } from './world.ts'

/** Decides something and places it, signed for a position of `team` that is some positions ahead; not where it has no key. */
export async function placeAhead(
  laptop: Pick<Laptop, 'replica' | 'log' | 'decide'>,
  client: string,
  ahead: number,
): Promise<void> {
  const { replica, log } = laptop
  laptop.decide(client, ...toNote('ahead'))
  try {
    const [entry] = replica.compose(client, 1)
    if (entry === undefined) return
    const teamSeq = newest(replica.membership()!) + ahead
    const { head } = replica.stream(client).place
    await log.push([crypto.signEntry(head, { ...entry, teamSeq }, replica.author.keys.sign.privateKey)])
  } catch (error) {
    if (!(error instanceof StreamStopped)) throw error
  }
}

/** Declares the entry void at which a stream stopped; nothing where none blocks it. Whether there was one. */
export async function declareVoid(laptop: Laptop, stream: string): Promise<boolean> {
  const body = await nameBlockingEntry(laptop.replica, laptop.log, stream)
  if (body === null) return false
  laptop.decideTeam('entry.voided', body)
  await laptop.exchange()
  return true
}
