import type { ReactElement } from 'react'

import { jobRoles } from '../../../shared/domain/plans/job-roles.ts'
import type { PlannedJob } from '../../../shared/domain/plans/plan.ts'
import { providerName, type ProviderId } from '../../../shared/domain/providers/providers.ts'
import { roleCapability } from '../../../shared/domain/providers/roles.ts'
import { roleLabel } from '../../../shared/domain/role.ts'

interface JobRolesProps {
  readonly providers: readonly ProviderId[]
  readonly job: PlannedJob
}

/** The roles of a job in the words of each provider of the plan, and what they may do. */
export function JobRoles({ providers, job }: JobRolesProps): ReactElement {
  return (
    <>
      {providers.map((provider) => (
        <div key={provider}>
          {jobRoles(provider, job).map(({ scope, raw }) => {
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
