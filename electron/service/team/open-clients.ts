import { getClient, listClientUids } from '../../register/clients/client.ts'
import { listAdded } from '../../register/connections/connection.ts'
import { createUid } from '../../register/db/uid.ts'
import { createSalt } from '../../team/compose-entry.ts'
import { openClient } from '../../team/open-client.ts'
import { addJournaled } from '../../register/team/pending.ts'
import { commit, type Context, getReader, getToday } from '../core/context.ts'
import type { OpenTeam } from './open-team.ts'
import { waitDue } from './wait.ts'

/**
 * Opens streams for the clients of this register that have none in the team. One that was added before the profile belonged to a
 * team is added as it is now with its connections, so that other registers have them too. Returns for how many. Throws `TeamLogError`.
 */
export async function openClients(context: Context, team: OpenTeam): Promise<number> {
  const { replica, log } = team
  let opened = 0
  for (const { uid, slug } of listClientUids(getReader(context))) {
    if (replica.membership()?.clients.has(uid) === true) continue
    const body = await openClient(replica, log, uid, createUid(context.now()))
    if (body === null) continue
    if (waitDue(context, team, [{ kind: 'client.opened', subject: slug, body }]).length === 0) continue
    addAsItIs(context, team, uid, slug)
    opened += 1
  }
  return opened
}

function addAsItIs(context: Context, { crypto, replica }: OpenTeam, clientUid: string, slug: string): void {
  if (replica.waiting(clientUid, 1).some(({ op }) => op.kind === 'client.added')) return
  const found = getClient(getReader(context), slug)
  if (found === null) return
  const { name, kind, colour, domains, notes, archivedAt } = found
  const at = context.now()
  const made = { salt: createSalt(crypto), at, day: getToday(context), basis: -1, subject: name }
  const body = { v: 1, clientUid, name, kind, colour, domains, notes }
  replica.wait(clientUid, { uid: createUid(at), op: { ...made, kind: 'client.added', slug, body } })
  for (const connection of listAdded(getReader(context), clientUid)) {
    const added = { ...made, salt: createSalt(crypto), subject: connection.label, kind: 'connection.added' }
    replica.wait(clientUid, { uid: createUid(at), op: { ...added, body: { v: 1, ...connection } } })
  }
  if (archivedAt !== null) {
    // Of the time at which it was, with its row of the journal: it is archived here already.
    const archived = { ...made, at: archivedAt, salt: createSalt(crypto), kind: 'client.archived', body: { v: 1 } }
    commit(context, [], ({ writer }) => addJournaled(writer, clientUid, { uid: createUid(at), op: archived }, slug))
  }
}
