import { CONNECTIONS, CUSTODIANS } from '../../../shared/decisions/connections.ts'
import { forgetCredential, setFilePath } from '../connections/local.ts'
import { tallyConnection } from '../facts/tallies.ts'
import type { Writer } from '../db/handles.ts'
import { findConnection, isVoid, referToClient, referToConnection } from './refer.ts'
import { tableOf } from './table-of.ts'

/** The facts of a provider's organization when its connection was added; syncs report it later. */
const FIRST_FACTS = `UPDATE connection SET platform = ifnull(platform, ?), organization_id = ifnull(organization_id, ?) WHERE id = ?`

/** Counts again after the end of a connection, or its return; of one that ended, this machine knows no credential any more. */
function followEnd(writer: Writer, id: number): void {
  forgetCredential(writer, id)
  tallyConnection(writer, id)
}

/** Reports of syncs about the provider's platform and organization are in the readings. */
export const connectionTable = tableOf({
  decisions: CONNECTIONS,
  part: 'all but what the provider reports of it',
  from: 'connection n JOIN client c ON c.id = n.client_id',
  columns: ['uid', 'provider', 'label', 'base_url', 'access', 'created_at', 'removed_at'],
  named: { client: 'c.slug' },
  refer: referToClient,
  group: ({ body: { connectionUid } }) => ['n.uid = ?', [connectionUid]],
  words: (_, id) => `connection ${id}`,
  number: 'connection',
  remove: (writer, { id, row }) => {
    writer.run('UPDATE connection SET removed_at = ? WHERE id = ?', [row.created_at, id])
    followEnd(writer, id)
  },
  isPutAway: ({ uid, created_at: createdAt, removed_at: removedAt }, reader) =>
    removedAt === createdAt &&
    isVoid(reader, { kind: 'connection.added', by: "j.body ->> 'connectionUid'", name: uid }),
  follow: (writer, id, { removed_at: removedAt }, before) => {
    if (before !== null && before.removed_at !== removedAt) followEnd(writer, id)
  },
  keepLocal: (writer, id, { body }) => {
    if ('platform' in body) writer.run(FIRST_FACTS, [body.platform, body.organizationId, id])
    if ('path' in body && body.path !== undefined) setFilePath(writer, id, body.path)
  },
})

export const custodianTable = tableOf({
  decisions: CUSTODIANS,
  from: 'custodian d JOIN connection n ON n.id = d.connection_id',
  columns: ['device', 'since'],
  named: { connection: 'n.uid' },
  refer: referToConnection,
  group: ({ body: { connectionUid, device } }) => ['n.uid = ? AND d.device = ?', [connectionUid, device]],
  words: ({ device }) => `the device ${device} that has a credential of a connection`,
  number: (reader, row) => {
    const id = findConnection(reader, row.connection)
    return id === null ? {} : { connection: id }
  },
  belongsTo: ['connection.added'],
})
