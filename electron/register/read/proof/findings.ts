import { ACCEPTED_FINDING, IS_ACCEPTANCE } from '../../findings/acceptance.ts'
import { change, isOperation, type ProvedTable } from './table.ts'

interface AcceptanceRow {
  readonly id: number
  readonly finding: number | null
  readonly rule: string
}

/** Acceptances, by the number of the finding, which every row of the journal has. Older ones lack what the finding is about. */
export const acceptanceProof: ProvedTable = {
  table: 'acceptance',
  columns: [
    'connection',
    'rule',
    'subject_kind',
    'external_id',
    'first_seen_at',
    'until',
    'reason',
    'accepted_by',
    'accepted_at',
  ],
  rows: (reader) =>
    reader
      .all<AcceptanceRow>(
        `SELECT a.id, f.id AS finding, n.uid AS connection, a.rule, a.subject_kind, a.external_id, a.first_seen_at, a.until,
           a.reason, a.accepted_by, a.accepted_at
         FROM acceptance a JOIN connection n ON n.id = a.connection_id LEFT JOIN ${ACCEPTED_FINDING} ORDER BY a.id`,
      )
      .map(({ id, finding, ...values }) => ({
        id,
        key: String(finding),
        words: `acceptance ${id} of ${values.rule}`,
        values,
      })),
  effects: {
    'finding.accepted': (shown, row) => {
      const { finding, findingNamed, firstSeenAt, rule, until, reason } = row.body
      const { connectionUid, kind, externalId } = (findingNamed ?? {}) as Readonly<Record<string, unknown>>
      const place = { connection: connectionUid, subject_kind: kind, external_id: externalId ?? '' }
      change(shown, String(finding), {
        ...(isOperation(row) ? { ...place, first_seen_at: firstSeenAt } : {}),
        rule,
        until,
        reason,
        accepted_by: row.operator,
        accepted_at: row.at,
      })
    },
    'finding.reopened': (shown, { body }) => void shown.delete(String(body['finding'])),
  },
  copies: (reader) =>
    reader
      .all<{ readonly id: number }>(
        `SELECT f.id FROM finding f LEFT JOIN acceptance a ON ${IS_ACCEPTANCE}
         WHERE f.accepted_until IS NOT NULL AND a.until IS NOT f.accepted_until
         UNION SELECT f.id FROM acceptance a CROSS JOIN ${ACCEPTED_FINDING} WHERE f.accepted_until IS NOT a.until`,
      )
      .map(({ id }) => ({
        table: 'finding',
        row: id,
        says: `Finding ${id} does not match the acceptance in the audit log.`,
      })),
}
