import { getClient, listClientUids, listOwnUids } from '../../register/clients/client.ts'
import { listAdded } from '../../register/connections/connection.ts'
import { createUid, isUidOf } from '../../register/db/uid.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { Pending } from '../../../shared/team/store.ts'
import { createSalt } from '../../team/compose-entry.ts'
import { openClient } from '../../team/open-client.ts'
import { addJournaled } from '../../register/team/pending.ts'
import { commit, type Context, getReader, getToday } from '../core/context.ts'
import { isOwner } from './membership.ts'
import type { OpenTeam } from './open-team.ts'
import { waitDue } from './wait.ts'

/**
 * Opens streams for the clients of this register that have none in the team: on an owner's device all, one that was added before the
 * profile belonged to a team as it is now with its connections, before all that waits for it, so that other registers have them too; on
 * that of another member those that were added here. Returns for how many. Throws `TeamLogError`.
 */
export async function openClients(context: Context, team: OpenTeam): Promise<number> {
  const { replica, log } = team
  let opened = 0
  for (const { uid, slug } of listClientUids(getReader(context))) {
    if (replica.membership()?.clients.has(uid) === true) continue
    if (!isOwner(team) && !isAddedHere(team, uid)) continue
    const body = await openClient(replica, log, uid, createUid(context.now()))
    if (body === null) continue
    if (waitDue(context, team, [{ kind: 'client.opened', subject: slug, body }]).length === 0) continue
    if (isOwner(team)) keepNames(context, team, uid, slug)
    addAsItIs(context, team, uid, slug)
    opened += 1
  }
  return opened
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

function addAsItIs(context: Context, { crypto, replica }: OpenTeam, clientUid: string, slug: string): void {
  const reader = getReader(context)
  const waiting = replica.waiting(clientUid, MOST_SEARCHED).map(({ op }) => op)
  if (waiting.some(({ kind }) => kind === 'client.added')) return
  const found = getClient(reader, slug)
  if (found === null) return
  const at = context.now()
  const toPending = (op: Pick<Op, 'kind' | 'subject' | 'slug' | 'body'>): Pending => ({
    uid: createUid(at),
    op: { salt: createSalt(crypto), at, day: getToday(context), basis: -1, ...op },
  })
  const { name, kind, colour, domains, notes, archivedAt } = found
  // Those that were added since the team was founded wait themselves.
  const added = new Set(
    waiting.flatMap(({ kind: of, body }) => (of === 'connection.added' ? [body['connectionUid']] : [])),
  )
  replica.waitFirst(clientUid, [
    toPending({
      kind: 'client.added',
      subject: name,
      slug,
      body: { v: 1, clientUid, name, kind, colour, domains: [...domains], notes },
    }),
    ...listAdded(reader, clientUid)
      .filter(({ connectionUid }) => !added.has(connectionUid))
      .map((connection) =>
        toPending({ kind: 'connection.added', subject: connection.label, body: { v: 1, ...connection } }),
      ),
  ])
  if (archivedAt === null || waiting.some(({ kind: of }) => of === 'client.archived')) return
  // Of the time at which it was, with its row of the journal: it is archived here already.
  const archived = toPending({ kind: 'client.archived', subject: name, body: { v: 1 } })
  const op = { ...archived.op, at: archivedAt }
  commit(context, [], ({ writer }) => addJournaled(writer, clientUid, { ...archived, op }, slug))
}
