import type { ClientFigures } from '../../../shared/contract/team.ts'
import { listFigures } from '../../register/team/figures.ts'
import { MOST_HELD_UNASKED } from '../../team/exchange.ts'
import { sealFigures } from '../../team/figures.ts'
import { type Context, getReader, makeMoment } from '../core/context.ts'
import type { OpenTeam } from './open-team.ts'

/** How often the figures of a client are written at most. */
const EVERY_MS = 10 * 60_000

const shared = new WeakMap<OpenTeam, { readonly at: number; readonly texts: ReadonlyMap<string, string> }>()

/**
 * Writes the figures of the clients that this device holds, for the devices of owners and auditors that do not: those that changed, at most every
 * ten minutes. Throws `TeamServerError`.
 */
export async function shareFigures(context: Context, team: OpenTeam): Promise<void> {
  const { store, server, crypto } = team.device
  const last = shared.get(team)
  const at = context.now()
  // Every device holds every client of a small team.
  const clients = store.logs().filter(({ kind }) => kind === 'client')
  if (clients.length <= (team.device.mostHeld ?? MOST_HELD_UNASKED)) return
  if (last !== undefined && at - last.at < EVERY_MS) return
  const figures = listFigures(getReader(context), makeMoment(context))
  const texts = new Map<string, string>()
  const due = clients.flatMap((log) => {
    const own = figures.get(log.log)
    // A log that stopped is behind.
    if (!log.isHeld || log.stop !== null || own === undefined) return []
    const text = JSON.stringify({ ...own, entries: log.next } satisfies ClientFigures)
    texts.set(log.log, text)
    const key = log.keys.at(-1)
    if (key === undefined || last?.texts.get(log.log) === text) return []
    return [{ log: log.log, at, sealed: sealFigures(crypto, key, log.log, at, text) }]
  })
  if (due.length > 0) await server.putFigures(due)
  shared.set(team, { at, texts })
}
