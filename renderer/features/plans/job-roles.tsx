import type { ReactElement } from 'react'

import { jobRoles } from '../../../shared/domain/plans/job-roles.ts'
import type { Plan, PlannedJob } from '../../../shared/domain/plans/plan.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { roleCapability } from '../../../shared/domain/providers/roles.ts'
import { roleLabel } from '../../../shared/domain/role.ts'

interface JobRolesProps {
  readonly plan: Plan
  readonly job: PlannedJob
}

/** The roles of a job in the words of each provider where it has access, and what they may do. */
export function JobRoles({ plan, job }: JobRolesProps): ReactElement {
  return (
    <>
      {jobRoles(plan, job).map(({ provider, roles }) => (
        <div key={provider}>
          {roles.map(({ scope, raw }) => {
            const can = roleCapability(provider, scope, raw)
            const role = scope === 'organization' ? providerName(provider) : 'In its projects'
            return (
              <div key={scope}>
                {`${role}: ${roleLabel(raw)}`}
                {can === null ? null : <span className="c-quiet">{`, ${can}`}</span>}
              </div>
            )
          })}
        </div>
      ))}
    </>
  )
}
