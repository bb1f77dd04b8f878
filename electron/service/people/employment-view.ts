import type { EmploymentView } from '../../../shared/contract/people.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { isDeparted } from '../../../shared/domain/people/employment.ts'
import type { StoredEmployment } from '../../register/people/employment.ts'

export function employmentView({ mark, ...employment }: StoredEmployment, today: Day): EmploymentView {
  const shown = mark === null ? null : { on: mark.on, reason: mark.reason, by: mark.by, at: mark.at }
  return { ...employment, departed: isDeparted(employment, today), mark: shown }
}
