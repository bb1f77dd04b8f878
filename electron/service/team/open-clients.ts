import { getClient, listClientUids, listOwnUids } from '../../register/clients/client.ts'
import { listAdded } from '../../register/connections/connection.ts'
import { createUid, isUidOf } from '../../register/db/uid.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { Pending } from '../../../shared/team/store.ts'
import { createSalt } from '../../team/compose-entry.ts'
import { openClient } from '../../team/open-client.ts'
import { addJournaled } from '../../register/team/pending.ts'
import { toOpText } from '../../../shared/team/op-text.ts'
import { commit, type Context, getReader, getToday, makeRegister } from '../core/context.ts'
import { toShareRefusal } from '../core/operations.ts'
import { Refusal } from '../kit/refusal.ts'
import { expectMembership, isOwner } from './membership.ts'
import type { OpenTeam } from './open-team.ts'
import type { Parts } from './parts.ts'
import { waitDue } from './wait.ts'

/**
 * Opens streams for the clients of this register that have none in the team: on an owner's device all, one that was added before the
 * profile belonged to a team as it is now with its connections, before all that waits for it, so that other registers have them too; on
 * that of another member those that were added here. One that fails leaves the others. Returns for how many. Throws as `Parts.run` does.
 */
export async function openClients(context: Context, team: OpenTeam, parts: Parts): Promise<number> {
  let opened = 0
  for (const client of listClientUids(getReader(context))) {
    if (team.replica.membership()?.clients.has(client.uid) === true) continue
    if (!isOwner(team) && !isAddedHere(team, client.uid)) continue
    // Its opening waits already.
    if (expectMembership(team).clients.has(client.uid)) continue
    if ((await parts.run(() => openOne(context, team, client))) === true) opened += 1
  }
  return opened
}

type OwnClient = ReturnType<typeof listClientUids>[number]

/** Whether the opening of a client waits now, with all that belongs to it. Throws `TeamLogError`, and `Refusal` for a client that no entry can have. */
async function openOne(context: Context, team: OpenTeam, { uid, slug }: OwnClient): Promise<boolean> {
  const asItIs = listAsItIs(context, team, uid, slug)
  // Before keys of it are made and stored.
  checkTexts(slug, asItIs)
  const body = await openClient(team.replica, team.log, uid, createUid(context.now()))
  if (body === null) return false
  // Together: what is missing after a cut would never be made, since the client is opened then.
  return makeRegister(context).transact(() => {
    if (waitDue(context, team, [{ kind: 'client.opened', subject: slug, body }]).length === 0) return false
    if (isOwner(team)) keepNames(context, team, uid, slug)
    const { added, archived } = asItIs
    team.replica.waitFirst(uid, added)
    if (archived !== null) commit(context, [], ({ writer }) => addJournaled(writer, uid, archived, slug))
    return true
  })
}

function checkTexts(slug: string, { added, archived }: AsItIs): void {
  try {
    for (const { op } of [...added, ...(archived === null ? [] : [archived])]) toOpText(op)
  } catch (error) {
    const refusal = toShareRefusal(error)
    throw refusal instanceof Refusal
      ? new Refusal('INVALID', `${slug}: ${refusal.message}`, 'Shorten its domains or notes.', { about: slug })
      : refusal
  }
}

/** More operations do not wait for a client that the team has not opened. */
const MOST_SEARCHED = 10_000

/** Whether the client's own operation waits to be placed. */
function isAddedHere({ replica }: OpenTeam, clientUid: string): boolean {
  return replica.waiting(clientUid, MOST_SEARCHED).some(({ op }) => op.kind === 'client.added')
}

/** As many as one operation names. */
const MOST_KEPT = 5000

/** Records in the team that what a client has from before it is the client's: its uids do not show that. */
function keepNames(context: Context, team: OpenTeam, clientUid: string, slug: string): void {
  const older = listOwnUids(getReader(context), clientUid).filter((uid) => !isUidOf(clientUid, uid))
  for (let at = 0; at < older.length; at += MOST_KEPT) {
    const body = { clientUid, uids: older.slice(at, at + MOST_KEPT) }
    waitDue(context, team, [{ kind: 'names.kept', subject: slug, body }])
  }
}

/** A client with its connections as operations, as this register has them. */
interface AsItIs {
  readonly added: readonly Pending[]
  /** Has its row of the journal. */
  readonly archived: Pending | null
}

const NOTHING: AsItIs = { added: [], archived: null }

/** What other registers get a client by that was added before the profile belonged to the team; nothing where its own operation waits. */
function listAsItIs(context: Context, { crypto, replica }: OpenTeam, clientUid: string, slug: string): AsItIs {
  const reader = getReader(context)
  const waiting = replica.waiting(clientUid, MOST_SEARCHED).map(({ op }) => op)
  if (waiting.some(({ kind }) => kind === 'client.added')) return NOTHING
  const found = getClient(reader, slug)
  if (found === null) return NOTHING
  const at = context.now()
  const toPending = (op: Pick<Op, 'kind' | 'subject' | 'slug' | 'body'>): Pending => ({
    uid: createUid(at),
    op: { salt: createSalt(crypto), at, day: getToday(context), basis: -1, ...op },
  })
  const { name, kind, colour, domains, notes, archivedAt } = found
  // Those that were added since the team was founded wait themselves.
  const waits = new Set(
    waiting.flatMap(({ kind: of, body }) => (of === 'connection.added' ? [body['connectionUid']] : [])),
  )
  const added = [
    toPending({
      kind: 'client.added',
      subject: name,
      slug,
      body: { v: 1, clientUid, name, kind, colour, domains: [...domains], notes },
    }),
    ...listAdded(reader, clientUid)
      .filter(({ connectionUid }) => !waits.has(connectionUid))
      .map((connection) =>
        toPending({ kind: 'connection.added', subject: connection.label, body: { v: 1, ...connection } }),
      ),
  ]
  if (archivedAt === null || waiting.some(({ kind: of }) => of === 'client.archived')) return { added, archived: null }
  // Of the time at which it was, with its row of the journal: it is archived here already.
  const archived = toPending({ kind: 'client.archived', subject: name, body: { v: 1 } })
  return { added, archived: { ...archived, op: { ...archived.op, at: archivedAt } } }
}
