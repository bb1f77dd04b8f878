import type { EmploymentView } from '../../../shared/contract/people.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { isDeparted } from '../../../shared/domain/people/employment.ts'
import type { StoredEmployment } from '../../register/people/employment.ts'

/** Employment as the contract has it. */
export function employmentView(employment: StoredEmployment, today: Day): EmploymentView {
  return { ...employment, departed: isDeparted(employment, today) }
}
