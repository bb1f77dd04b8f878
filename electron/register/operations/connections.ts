import type { CONNECTION_OPERATIONS } from '../../../shared/decisions/connections.ts'
import { insertConnection, removeConnection, restoreConnection, updateConnection } from '../connections/connection.ts'
import { addCustodian, removeCustodian } from '../connections/custodians.ts'
import { setFilePath } from '../connections/local.ts'
import type { Writer } from '../db/handles.ts'
import { type Appliers, type Effect, findClient, NO_NUMBERS } from './applier.ts'

function findConnection(writer: Writer, uid: string): number | null {
  return writer.value<number>('SELECT id FROM connection WHERE uid = ?', [uid]) ?? null
}

/** Whether the operation that added a connection has lost its effect in a team, so that it may be placed again: other rows still refer to it. */
function isPutAway(writer: Writer, id: number, uid: string): boolean {
  const isEnded = writer.value('SELECT 1 FROM connection WHERE id = ? AND removed_at = created_at', [id]) !== undefined
  return isEnded && writer.value(IS_ADDED, [uid]) === undefined
}

const IS_ADDED = `SELECT 1 FROM journal j LEFT JOIN team_entry e ON e.journal_seq = j.seq LEFT JOIN team_pending p ON p.journal_seq = j.seq
  WHERE j.action = 'connection.added' AND j.body ->> 'connectionUid' = ? AND e.void_reason IS NULL AND p.void_reason IS NULL LIMIT 1`

/** Does something to the connection of an operation; a register that does not have it stays as it is. */
function change(
  writer: Writer,
  { connectionUid }: { readonly connectionUid: string },
  act: (connection: number) => void,
): Effect {
  const connection = findConnection(writer, connectionUid)
  if (connection === null) return NO_NUMBERS
  act(connection)
  return { connection }
}

export const connectionAppliers: Appliers<keyof typeof CONNECTION_OPERATIONS> = {
  'connection.added': (writer, operation) => {
    const { at, body } = operation
    const clientId = findClient(writer, operation)
    const known = findConnection(writer, body.connectionUid)
    if (known !== null) {
      if (!isPutAway(writer, known, body.connectionUid)) return NO_NUMBERS
      restoreConnection(writer, known, { ...body, at })
      return { connection: known }
    }
    const connection = insertConnection(writer, { ...body, clientId, at, uid: body.connectionUid })
    if (body.path !== undefined) setFilePath(writer, connection, body.path)
    return { connection }
  },
  'connection.changed': (writer, { body }) =>
    change(writer, body, (connection) => {
      updateConnection(writer, connection, body)
      if (body.path !== undefined) setFilePath(writer, connection, body.path)
    }),
  'credential.held': (writer, { at, body }) =>
    change(writer, body, (connection) => addCustodian(writer, { connection, device: body.device, since: at })),
  'credential.gone': (writer, { body }) =>
    change(writer, body, (connection) => removeCustodian(writer, connection, body.device)),
  'connection.removed': (writer, { at, body }) =>
    change(writer, body, (connection) => removeConnection(writer, connection, at)),
}
