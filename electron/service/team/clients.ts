import { clientFigures, type ClientFigures, type UnheldClient } from '../../../shared/contract/team.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { openFigures } from '../../team/figures.ts'
import { TeamServerError } from '../../team/server.ts'
import { assertWritable, commit, type Context, getReader, noClient } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Inputs, Outputs } from './contract.ts'
import { exchangeTeam } from './exchange-team.ts'
import { openTeam } from './open-team.ts'

/** The clients that this device does not hold, with the figures that others wrote of them; the server can show earlier ones. */
export async function readUnheld(context: Context): Promise<Outputs['unheld']> {
  const { device } = await openTeam(context)
  const logs = device.store.logs().filter(({ kind, isHeld }) => kind === 'client' && !isHeld)
  const list = (known: ReadonlyMap<string, UnheldClient>): UnheldClient[] =>
    logs.map(({ log }) => known.get(log) ?? { uid: log, figures: null, writtenAt: null })
  if (logs.length === 0) return { clients: [], problem: null }
  try {
    const keys = new Map(logs.map(({ log, keys: held }) => [log, held]))
    const rows = await device.server.getFigures(logs.map(({ log }) => log))
    const known = rows.flatMap(({ log, sealed, at }) => {
      const text = openFigures(device.crypto, keys.get(log) ?? [], log, at, sealed)
      const figures = text === null ? null : parseFigures(text)
      return figures === null ? [] : [[log, { uid: log, figures, writtenAt: at }] as const]
    })
    return { clients: list(new Map(known)), problem: null }
  } catch (error) {
    if (!(error instanceof TeamServerError)) throw error
    return { clients: list(new Map()), problem: error.message }
  }
}

function parseFigures(text: string): ClientFigures | null {
  try {
    return clientFigures.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Has this device hold clients from here on, by slug or uid, and reads them. Throws `Refusal` NOT_FOUND for one that the member does not see. */
export async function holdClients(context: Context, input: Inputs['hold']): Promise<Outputs['hold']> {
  assertWritable(context)
  const team = await openTeam(context)
  const { clients, problem } = await readUnheld(context)
  const found = input.clients.map((named) => {
    const matching = clients.filter(({ uid, figures }) => uid === named || figures?.slug === named)
    if (matching.length > 1) {
      throw new Refusal(
        'CONFLICT',
        `Several clients have the slug ${JSON.stringify(named)}.`,
        'Name one by its uid: castellan team unheld.',
      )
    }
    return (
      matching[0]?.uid ?? (team.device.store.log(named)?.isHeld === true ? named : noClient(getReader(context), named))
    )
  })
  commit(context, ['app'], ({ note }) => {
    for (const uid of found) team.device.store.hold(uid)
    // The server names only what changed since the cursor.
    team.device.store.keepCursor(null)
    note({ action: 'team.held', client: null, subject: counted(found.length, 'client'), body: { clients: found } })
  })
  const { sentences } = problem === null ? await exchangeTeam(context, team) : { sentences: [problem] }
  return { sentence: [`${counted(found.length, 'client')} held on this device.`, ...sentences].join(' ') }
}
