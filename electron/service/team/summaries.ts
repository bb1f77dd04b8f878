import { clientFigures, type ClientFigures } from '../../../shared/contract/team.ts'
import { MOST_HELD_UNASKED } from '../../../shared/team/holds.ts'
import { listFigures } from '../../register/team/figures.ts'
import type { StoredSummary } from '../../team/log.ts'
import { composeSummary, mayWriteSummary, openSummary } from '../../team/summary.ts'
import { type Context, getReader, makeMoment } from '../core/context.ts'
import type { OpenTeam } from './open-team.ts'

/** How often the figures of a client are written at most. */
const EVERY_MS = 10 * 60_000
/** What one statement stores. */
const TOGETHER = 500

interface Shared {
  /** When the figures were last compared. */
  readonly at: number
  /** The text of each that this device wrote or found, by client. */
  readonly texts: ReadonlyMap<string, string>
}

const shared = new WeakMap<OpenTeam, Shared>()

/**
 * Writes the figures of the clients that this device holds, for the devices of owners and auditors that do not: those that changed, at most
 * every ten minutes. A team in which every device holds every client writes none. Throws `TeamLogError`.
 */
export async function shareSummaries(context: Context, team: OpenTeam): Promise<void> {
  const { replica, log } = team
  const membership = replica.membership()
  const most = context.mostHeldUnasked ?? MOST_HELD_UNASKED
  if (membership === null || membership.clients.size <= most) return
  const last = shared.get(team)
  const at = context.now()
  if (last !== undefined && at - last.at < EVERY_MS) return
  const figures = listFigures(getReader(context), makeMoment(context))
  const texts = new Map<string, string>()
  for (const [client, facts] of replica.listRead()) {
    const own = figures.get(client ?? '')
    if (client === undefined || facts === undefined || own === undefined) continue
    if (!mayWriteSummary(membership, client, replica.author.device)) continue
    const streams = [client, facts].map((stream) => replica.stream(stream))
    // A log that stopped is behind.
    if (streams.some(({ stopped }) => stopped !== null)) continue
    const entries = streams.reduce((sum, { place }) => sum + place.next, 0)
    texts.set(client, JSON.stringify({ ...own, entries } satisfies ClientFigures))
  }
  const before = last?.texts ?? (await readTexts(team, [...texts.keys()]))
  const summaries = [...texts].flatMap(([client, text]) =>
    before.get(client) === text ? [] : (composeSummary(replica, client, at, text) ?? []),
  )
  for (let from = 0; from < summaries.length; from += TOGETHER) {
    await log.putSummaries(summaries.slice(from, from + TOGETHER))
  }
  shared.set(team, { at, texts })
}

async function readTexts({ replica, log }: OpenTeam, clients: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = clients.length === 0 ? [] : await log.summaries(clients)
  return new Map(rows.map((row) => [row.stream, openSummary(replica, row) ?? '']))
}

/** The figures in a summary that the server has; null where it is not used. */
export function readFigures({ replica }: OpenTeam, summary: StoredSummary): ClientFigures | null {
  const text = openSummary(replica, summary)
  if (text === null) return null
  try {
    return clientFigures.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
