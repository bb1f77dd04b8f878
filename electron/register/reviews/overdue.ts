import type { Day, Moment } from '../../../shared/domain/day.ts'
import type { Reader } from '../handles.ts'
import { scheduleOfClients } from './schedule.ts'

/** Since which day a review of roles, and one of administrators, is missing; null where none is overdue. */
export interface OverdueSince {
  readonly roles: Day | null
  readonly admins: Day | null
}

export function overdueSince(reader: Reader, clientId: number, moment: Moment): OverdueSince {
  const overdue = scheduleOfClients(reader, [clientId], moment).filter(({ row }) => row.overdue)
  const since = (kind: keyof OverdueSince): Day | null => overdue.find(({ row }) => row.kind === kind)?.since ?? null
  return { roles: since('roles'), admins: since('admins') }
}
