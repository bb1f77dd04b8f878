import type { Day } from '../../../../shared/domain/day.ts'
import type { SubjectKind } from '../../../../shared/domain/facts.ts'
import { findHeld, type RiskDecision } from '../../../../shared/domain/findings/held-acceptance.ts'
import { addDecision } from '../../../../shared/domain/placed.ts'
import { toPlaced } from '../../db/journal.ts'
import {
  type Acceptance,
  ACCEPTED_FINDING,
  type FindingName,
  IS_ACCEPTANCE,
  setAcceptance,
} from '../../findings/acceptance.ts'
import { change, type ProvedTable, type Recorded, type Shown, type Values } from '../../rows/proved-table.ts'

interface AcceptanceRow {
  readonly id: number
  readonly connection: string
  readonly rule: string
  readonly subject_kind: SubjectKind
  readonly external_id: string
  readonly first_seen_at: number
}

/** The finding of an operation, by the columns of `acceptance`. */
function readFinding({ body }: Recorded): Values {
  const { findingNamed, firstSeenAt, rule } = body
  const { connectionUid: connection, kind, externalId } = (findingNamed ?? {}) as Readonly<Record<string, unknown>>
  return { connection, rule, subject_kind: kind, external_id: externalId ?? '', first_seen_at: firstSeenAt }
}

const toKey = ({ connection, rule, subject_kind: kind, external_id: externalId, first_seen_at: firstSeenAt }: Values) =>
  [connection, rule, kind, externalId, firstSeenAt].join(' ')

function toFinding(values: Values): FindingName {
  const { connection, rule, subject_kind: kind, external_id: externalId, first_seen_at: firstSeenAt } = values
  return { connectionUid: connection, rule, kind, externalId, firstSeenAt } as FindingName
}

interface ShownDecision extends RiskDecision {
  /** The columns of the acceptance; null where it was ended. */
  readonly values: Values | null
}

/**
 * Of each reading of a team's journal, the decisions about each finding that no later one replaces. They are kept beside the rows, since
 * the end of an acceptance leaves none, and holds against an acceptance whose author had not seen it.
 */
const unreplaced = new WeakMap<Shown, Map<string, readonly ShownDecision[]>>()

function findShown(shown: Shown, key: string, next: ShownDecision): ShownDecision {
  if (next.seen === null) return next
  const decisions = unreplaced.get(shown) ?? new Map<string, readonly ShownDecision[]>()
  unreplaced.set(shown, decisions)
  const left = addDecision(decisions.get(key) ?? [], next)
  decisions.set(key, left)
  return findHeld(left) ?? next
}

function decide(shown: Shown, row: Recorded, values: Values | null): void {
  const key = toKey(readFinding(row))
  const until = values === null ? null : (row.body['until'] as Day)
  const { values: held } = findShown(shown, key, { ...toPlaced(row), until, values })
  if (held === null) shown.delete(key)
  else change(shown, key, held)
}

/** Acceptances, by what their finding is about. */
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
        `SELECT a.id, n.uid AS connection, a.rule, a.subject_kind, a.external_id, a.first_seen_at, a.until,
           a.reason, a.accepted_by, a.accepted_at
         FROM acceptance a JOIN connection n ON n.id = a.connection_id ORDER BY a.id`,
      )
      .map(({ id, ...values }) => ({
        id,
        key: toKey({ ...values }),
        words: `acceptance ${id} of ${values.rule}`,
        values,
      })),
  effects: {
    'finding.accepted': (shown, row) => {
      const { until, reason } = row.body
      decide(shown, row, { ...readFinding(row), until, reason, accepted_by: row.operator, accepted_at: row.at })
    },
    'finding.reopened': (shown, row) => decide(shown, row, null),
  },
  isHere: (reader, { connection }) =>
    reader.value('SELECT 1 FROM connection WHERE uid = ?', [String(connection)]) !== undefined,
  belongsTo: ['connection.added'],
  mend: {
    remove: (writer, { values }) => void setAcceptance(writer, toFinding(values), null),
    write: (writer, _, values) => {
      const { until, reason, accepted_by: by, accepted_at: at } = values
      setAcceptance(writer, toFinding(values), { until, reason, by, at } as Acceptance)
    },
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
