import { getDay } from '../../../shared/domain/day.ts'
import type { Policy } from '../../../shared/domain/policy.ts'
import { type DueInput, computeDue } from '../../../shared/domain/rotation.ts'
import type { Params, Writer } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'

interface DueRow extends Omit<DueInput, 'createdOn' | 'expiresOn'> {
  readonly id: number
  readonly clientId: number
  readonly createdAt: number | null
  readonly expiresAt: number | null
  readonly keptDueOn: string | null
  readonly keptBasis: string
  readonly keptRotatedOn: string | null
}

/** How many keys are held together, since a connection may have a million. */
const KEYS_TOGETHER = 5000

const DUE_ROWS = `SELECT k.id, c.client_id AS clientId, k.kind, k.status, k.tool, k.environment,
    k.created_at AS createdAt, k.expires_at AS expiresAt, k.interval_days AS intervalDays, k.set_due_on AS dueOn,
    k.due_on AS keptDueOn, k.due_basis AS keptBasis, k.last_rotated_on AS keptRotatedOn,
    (SELECT max(r.rotated_on) FROM rotation r WHERE r.key_id = k.id AND r.undone_at IS NULL) AS lastRotatedOn
  FROM json_each(?) j CROSS JOIN key_row k ON k.id = j.value JOIN connection c ON c.id = k.connection_id`

/**
 * Recomputes due days for the current keys that a query names, and stores them on the key, so that listing due keys is
 * one indexed read. `policyOf` returns the policy of a client by its id.
 */
export function deriveDue(
  writer: Writer,
  getPolicy: (clientId: number) => Policy,
  idsQuery: string,
  params: Params,
): void {
  const ids = writer.column<number>(`SELECT id FROM key WHERE id IN (${idsQuery}) ORDER BY id`, params)
  const update = writer.prepare('UPDATE key SET due_on = ?, due_basis = ?, last_rotated_on = ? WHERE id = ?')
  for (let from = 0; from < ids.length; from += KEYS_TOGETHER) {
    for (const row of writer.all<DueRow>(DUE_ROWS, [idsParam(ids.slice(from, from + KEYS_TOGETHER))])) {
      const due = computeDue(
        { ...row, createdOn: dayOrNull(row.createdAt), expiresOn: dayOrNull(row.expiresAt) },
        getPolicy(row.clientId),
      )
      if (due.on !== row.keptDueOn || due.basis !== row.keptBasis || row.lastRotatedOn !== row.keptRotatedOn) {
        update([due.on, due.basis, row.lastRotatedOn, row.id])
      }
    }
  }
}

function dayOrNull(instant: number | null): string | null {
  return instant === null ? null : getDay(instant)
}
