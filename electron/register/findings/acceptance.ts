import type { Day } from '../../../shared/domain/day.ts'
import type { Writer } from '../handles.ts'

export interface Acceptance {
  readonly until: Day
  readonly reason: string
  readonly by: string
  readonly at: number
}

/** Writes down that somebody took a finding on; null takes that back. */
export function setAcceptance(writer: Writer, findingId: number, acceptance: Acceptance | null): void {
  writer.run(
    'UPDATE finding SET accepted_until = ?, accepted_reason = ?, accepted_by = ?, accepted_at = ? WHERE id = ?',
    [acceptance?.until ?? null, acceptance?.reason ?? null, acceptance?.by ?? null, acceptance?.at ?? null, findingId],
  )
}
