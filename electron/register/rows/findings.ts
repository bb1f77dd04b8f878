import { ACCEPTANCES, nameFinding, type StoredAcceptance } from '../../../shared/decisions/findings.ts'
import { ACCEPTED_FINDING, findNamed, IS_ACCEPTANCE } from '../findings/acceptance.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { referToConnection } from './refer.ts'
import { tableOf } from './table-of.ts'

/** The number of the finding of an acceptance; null where no evaluation found it here. */
function findFinding(reader: Reader, row: StoredAcceptance): number | null {
  const { connection: connectionUid, subject_kind: kind, external_id: externalId, rule, cause } = row
  return findNamed(reader, { connectionUid, rule, kind, externalId, cause })
}

/** A finding has a copy of the day of its acceptance. */
function copyDay(writer: Writer, row: StoredAcceptance, until: string | null): void {
  writer.run('UPDATE finding SET accepted_until = ? WHERE id = ?', [until, findFinding(writer, row)])
}

export const acceptanceTable = tableOf({
  decisions: ACCEPTANCES,
  from: 'acceptance a JOIN connection n ON n.id = a.connection_id',
  columns: ['rule', 'subject_kind', 'external_id', 'cause', 'until', 'reason', 'accepted_by', 'accepted_at'],
  named: { connection: 'n.uid' },
  refer: referToConnection,
  group: (decision) => {
    const { connection, rule, subject_kind: kind, external_id: externalId, cause } = nameFinding(decision)
    return [
      'n.uid = ? AND a.rule = ? AND a.subject_kind = ? AND a.external_id = ? AND a.cause = ?',
      [connection, rule, kind, externalId, cause],
    ]
  },
  words: ({ rule }, id) => `acceptance ${id} of ${rule}`,
  number: (reader, row): Readonly<Record<string, number>> => {
    const finding = findFinding(reader, row)
    return finding === null ? {} : { finding }
  },
  belongsTo: ['connection.added'],
  remove: (writer, { id, row }) => {
    writer.run('DELETE FROM acceptance WHERE id = ?', [id])
    copyDay(writer, row, null)
  },
  follow: (writer, _, row) => copyDay(writer, row, row.until),
  copies: (reader) =>
    reader
      .all<{ readonly id: number }>(
        `SELECT f.id FROM finding f LEFT JOIN acceptance a ON ${IS_ACCEPTANCE}
         WHERE f.accepted_until IS NOT NULL AND f.resolved_at IS NULL AND a.until IS NOT f.accepted_until
         UNION SELECT f.id FROM acceptance a CROSS JOIN ${ACCEPTED_FINDING}
         WHERE f.resolved_at IS NULL AND f.accepted_until IS NOT a.until`,
      )
      .map(({ id }) => ({
        table: 'finding',
        row: id,
        says: `Finding ${id} does not match the acceptance in the audit log.`,
      })),
})
