import { z } from 'zod'

import { id } from '../../../shared/contract/common.ts'
import type { PlanBindings } from '../../../shared/domain/plans/drift-reality.ts'
import { nameKey } from '../../../shared/domain/text/names.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'

const rename = z.object({ part: z.enum(['project', 'key']), planned: z.string(), subjectId: id, same: z.boolean() })

/** People's answers about how a plan matches reality. */
export function planBindings(reader: Reader, planId: number): PlanBindings {
  const organizations = reader.all<{ readonly organization: string; readonly connectionId: number }>(
    'SELECT organization, connection_id AS connectionId FROM plan_binding WHERE plan_id = ?',
    [planId],
  )
  const renames = readRows(
    reader,
    rename,
    'SELECT part, planned, subject_id AS subjectId, same FROM plan_same WHERE plan_id = ? ORDER BY part, planned, subject_id',
    [planId],
  )
  return {
    organizations: new Map(organizations.map((row) => [row.organization, row.connectionId])),
    renames,
  }
}

/** The uid of the connection that an organization of a plan is; null for none. */
export function readBoundUid(reader: Reader, planId: number, organization: string): string | null {
  return (
    reader.value<string>(
      'SELECT n.uid FROM plan_binding b JOIN connection n ON n.id = b.connection_id WHERE b.plan_id = ? AND b.organization = ?',
      [planId, nameKey(organization)],
    ) ?? null
  )
}
