import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { UnheldClient } from '../../../shared/contract/team.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { listSeenClients } from '../../../shared/team/holds.ts'
import type { Membership } from '../../../shared/team/membership.ts'
import { readAsked, writeAsked } from '../../register/team/asked.ts'
import { TeamLogError } from '../../team/log.ts'
import { readKeys } from '../../team/read-keys.ts'
import { clientId } from '../../register/clients/slug.ts'
import { commit, type Context, findClientId, getReader, noClient } from '../core/context.ts'
import { readUid } from '../core/operations.ts'
import { Refusal } from '../kit/refusal.ts'
import { exchangeTeam } from './exchange-team.ts'
import { expectMembership } from './membership.ts'
import { openTeam, type OpenTeam } from './open-team.ts'
import { readFigures } from './summaries.ts'

/** The clients that the member at this device may see and the device does not hold, by uid, in the order in which the team opened them. */
export function listUnheldUids({ replica }: OpenTeam): readonly string[] {
  const read = new Set(replica.listRead().flat())
  return listSeenClients(replica.membership(), replica.author.device).flatMap(([client]) =>
    read.has(client) ? [] : [client],
  )
}

interface Asked {
  readonly at: number
  readonly clients: readonly UnheldClient[]
}

/** What the server last showed; nothing of a client that is not held is kept on this device. */
const shown = new WeakMap<OpenTeam, Asked>()
const FRESH_MS = 60_000

/** The clients that this device does not hold, with the figures that others wrote of them. They are a cache of the server, and can be old. */
export async function readUnheld(context: Context): Promise<Outputs['team']['unheld']> {
  return listUnheld(context, await openTeam(context))
}

async function listUnheld(context: Context, team: OpenTeam): Promise<Outputs['team']['unheld']> {
  const uids = listUnheldUids(team)
  const last = shown.get(team)
  const known = new Map(last?.clients.map((client) => [client.uid, client]))
  const list = (): UnheldClient[] => uids.map((uid) => known.get(uid) ?? { uid, figures: null, writtenAt: null })
  const isFresh = last !== undefined && context.now() - last.at < FRESH_MS && uids.every((uid) => known.has(uid))
  if (uids.length === 0 || isFresh) return { clients: list(), problem: null }
  try {
    // One answer has one row for each, of 4 KiB at most.
    const rows = await team.log.summaries(uids)
    // A process that has not exchanged yet has no keys.
    if (rows.some((row) => readFigures(team, row) === null)) await readKeys(team.replica, team.log)
    for (const row of rows) {
      const figures = readFigures(team, row)
      if (figures !== null) known.set(row.stream, { uid: row.stream, figures, writtenAt: row.at })
    }
  } catch (error) {
    if (!(error instanceof TeamLogError)) throw error
    return { clients: list(), problem: error.message }
  }
  const clients = list()
  shown.set(team, { at: context.now(), clients })
  return { clients, problem: null }
}

/**
 * Has this device hold clients from here on, by slug or uid, and reads them. What was read stays. Throws `Refusal` NOT_FOUND for a client
 * that the member does not see.
 */
export async function holdClients(context: Context, input: Inputs['team']['hold']): Promise<Outputs['team']['hold']> {
  const team = await openTeam(context)
  const membership = expectMembership(team)
  const unheld = new Set(listUnheldUids(team))
  const named: string[] = []
  for (const client of new Set(input.clients)) named.push(await findClientUid(context, team, membership, client))
  const added = named.filter((uid) => unheld.has(uid))
  if (added.length > 0) {
    commit(context, ['app'], ({ writer, note }) => {
      writeAsked(writer, new Set([...readAsked(writer), ...added]))
      note({ action: 'team.held', client: null, subject: membership.name, body: { clients: added } })
    })
  }
  try {
    const { sentences } = await exchangeTeam(context, team, true)
    return { held: added.length, sentences }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // They are read once the server answers.
    return { held: added.length, sentences: [`${error.message} ${error.hint}`.trim()] }
  }
}

/**
 * The uid of a client of the team by uid or slug; of one that this device does not hold, by the slug that others have for it. Throws
 * `Refusal` NOT_FOUND, and CONFLICT for a slug that two clients have.
 */
export async function findClientUid(
  context: Context,
  team: OpenTeam,
  { clients }: Membership,
  named: string,
): Promise<string> {
  if (clients.has(named)) return named
  if (clientId(getReader(context), named) !== null) {
    return readUid(getReader(context), 'client', findClientId(context, named))
  }
  const unheld = listUnheldUids(team).length === 0 ? [] : (await listUnheld(context, team)).clients
  const found = unheld.filter(({ figures }) => figures?.slug === named)
  const [first] = found
  if (first === undefined) return noClient(getReader(context), named)
  if (found.length > 1) {
    throw new Refusal(
      'CONFLICT',
      `The slug ${JSON.stringify(named)} is that of ${counted(found.length, 'client')} that this device does not hold.`,
      'Name one by its uid: castellan team unheld.',
    )
  }
  return first.uid
}
