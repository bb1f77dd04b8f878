import { addCustodian } from '../../connections/custodians.ts'
import type { Reader } from '../../db/handles.ts'
import { change, type ProvedTable, type Recorded, type Values } from '../../rows/proved-table.ts'

interface CustodianRow {
  readonly id: number
  readonly connection: string
  readonly device: string
  readonly since: number
}

const toKey = (connection: unknown, device: unknown): string => `${String(connection)} ${String(device)}`
const toPlace = ({ body }: Recorded): string => toKey(body['connectionUid'], body['device'])

function findConnection(reader: Reader, { connection }: Values): number | undefined {
  return reader.value<number>('SELECT id FROM connection WHERE uid = ?', [String(connection)])
}

/** Devices of a team that have a credential of a connection, by the uids of both. */
export const custodianProof: ProvedTable = {
  table: 'custodian',
  columns: ['connection', 'device', 'since'],
  rows: (reader) =>
    reader
      .all<CustodianRow>(
        `SELECT d.id, n.uid AS connection, d.device, d.since FROM custodian d JOIN connection n ON n.id = d.connection_id ORDER BY d.id`,
      )
      .map(({ id, ...values }) => ({
        id,
        key: toKey(values.connection, values.device),
        words: `the device ${values.device} that has a credential of a connection`,
        values: { ...values },
      })),
  effects: {
    'credential.held': (shown, row) => {
      const { connectionUid: connection, device } = row.body
      change(shown, toPlace(row), { connection, device, since: row.at })
    },
    'credential.gone': (shown, row) => void shown.delete(toPlace(row)),
  },
  isHere: (reader, values) => findConnection(reader, values) !== undefined,
  belongsTo: ['connection.added'],
  mend: {
    remove: (writer, { id }) => void writer.run('DELETE FROM custodian WHERE id = ?', [id]),
    write: (writer, _row, values) => {
      const connection = findConnection(writer, values)
      if (connection === undefined) return
      addCustodian(writer, { connection, device: String(values['device']), since: Number(values['since']) })
    },
  },
}
