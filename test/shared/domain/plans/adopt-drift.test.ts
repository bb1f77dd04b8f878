import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { adoptPlan } from '../../../../shared/domain/plans/adopt.ts'
import { listSteps } from '../../../../shared/domain/plans/apply.ts'
import { computeDrift } from '../../../../shared/domain/plans/drift.ts'
import { DEFAULT_POLICY } from '../../../../shared/domain/policy.ts'
import { NO_BINDINGS, realities } from './realities.ts'

describe('a plan that is adopted', () => {
  it('has no differences, whatever reality is', () => {
    fc.assert(
      fc.property(realities, (reality) => {
        const plan = adoptPlan({ name: 'Acme', reality, policy: DEFAULT_POLICY })
        const drift = computeDrift(plan, reality, NO_BINDINGS)
        expect(drift.differences.map(({ says }) => says)).toEqual([])
        expect(listSteps(drift)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
