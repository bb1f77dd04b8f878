import type { Day } from '../../../shared/domain/day.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'

export interface Acceptance {
  readonly until: Day
  readonly reason: string
  readonly by: string
  readonly at: number
}

/** Records the acceptance of findings; null revokes it. */
export function setAcceptance(writer: Writer, findingIds: readonly number[], acceptance: Acceptance | null): void {
  writer.run(
    `UPDATE finding SET accepted_until = ?, accepted_reason = ?, accepted_by = ?, accepted_at = ?
     WHERE id IN (SELECT value FROM json_each(?))`,
    [
      acceptance?.until ?? null,
      acceptance?.reason ?? null,
      acceptance?.by ?? null,
      acceptance?.at ?? null,
      idsParam(findingIds),
    ],
  )
}

/** The open findings that were accepted at an instant. */
export function acceptedAt(reader: Reader, at: number): number[] {
  return reader.column<number>('SELECT id FROM finding WHERE resolved_at IS NULL AND accepted_at = ? ORDER BY id', [at])
}
