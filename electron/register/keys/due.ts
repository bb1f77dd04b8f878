import { dayOf } from '../../../shared/domain/day.ts'
import type { KeyKind } from '../../../shared/domain/facts.ts'
import type { Policy } from '../../../shared/domain/policy.ts'
import { dueOf } from '../../../shared/domain/rotation.ts'
import type { Params, Writer } from '../db/handles.ts'

interface DueRow {
  readonly id: number
  readonly client_id: number
  readonly kind: KeyKind
  readonly status: string
  readonly tool: string | null
  readonly environment: string | null
  readonly created_at: number | null
  readonly expires_at: number | null
  readonly last_rotated_on: string | null
  readonly interval_days: number | null
  readonly set_due_on: string | null
  readonly due_on: string | null
  readonly due_basis: string
  readonly rotated: string | null
}

/**
 * Works out due days anew for the standing keys that a query names, and keeps them on the key, so that "what is due"
 * is one indexed read. `policyOf` gives the policy of a client by its id.
 */
export function deriveDue(
  writer: Writer,
  policyOf: (clientId: number) => Policy,
  idsQuery: string,
  params: Params,
): void {
  const rows = writer.all<DueRow>(
    `SELECT k.id, c.client_id, v.kind, v.status, k.tool, ifnull(l.environment, k.environment) AS environment, v.created_at, v.expires_at,
       k.last_rotated_on, l.interval_days, l.due_on AS set_due_on, k.due_on, k.due_basis,
       (SELECT max(r.rotated_on) FROM rotation r WHERE r.key_id = k.id AND r.undone_at IS NULL) AS rotated
     FROM key k JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
     JOIN logical_key l ON l.id = k.logical_key_id JOIN connection c ON c.id = k.connection_id
     WHERE k.id IN (${idsQuery})`,
    params,
  )
  const update = writer.prepare('UPDATE key SET due_on = ?, due_basis = ?, last_rotated_on = ? WHERE id = ?')
  for (const row of rows) {
    const due = dueOf(
      {
        kind: row.kind,
        status: row.status,
        tool: row.tool,
        environment: row.environment,
        createdOn: dayOrNull(row.created_at),
        lastRotatedOn: row.rotated,
        expiresOn: dayOrNull(row.expires_at),
        intervalDays: row.interval_days,
        dueOn: row.set_due_on,
      },
      policyOf(row.client_id),
    )
    if (due.on !== row.due_on || due.basis !== row.due_basis || row.rotated !== row.last_rotated_on) {
      update([due.on, due.basis, row.rotated, row.id])
    }
  }
}

function dayOrNull(instant: number | null): string | null {
  return instant === null ? null : dayOf(instant)
}
