import type { Day, Moment } from '../../../../shared/domain/day.ts'
import type { Reader } from '../../db/handles.ts'
import { scheduleOfClients } from './schedule.ts'

/** The days since which a review of roles and one of administrators are overdue; null where none is. */
export interface OverdueSince {
  readonly roles: Day | null
  readonly admins: Day | null
}

export function overdueSince(reader: Reader, clientId: number, moment: Moment): OverdueSince {
  const scheduled = scheduleOfClients(reader, [clientId], moment)
  const since = (kind: keyof OverdueSince): Day | null =>
    scheduled.find(({ row }) => row.kind === kind)?.missedSince ?? null
  return { roles: since('roles'), admins: since('admins') }
}
