import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { emptyPlan } from '../../../shared/domain/plans/standard.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { planFromTemplate } from '../../../shared/domain/plans/templates.ts'
import { isolationDiagram, structureDiagrams } from '../../../shared/report/plan-mermaid.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { anyPlan, anyText } from '../domain/plans/any-plan.ts'
import { getLabels } from './mermaid.ts'

/** A text in the form in which a label shows it. */
function shown(text: string): string {
  return said(text).replaceAll(/\s+/gu, ' ').trim() || '–'
}

function getPlan(names: readonly string[]): Plan {
  const [organization = 'a', ...projects] = names
  const plan = emptyPlan('Acme')
  return {
    ...plan,
    organizations: [{ name: organization, provider: 'openai', reason: null, limit: null }],
    projects: projects.map((name) => ({
      name,
      organization,
      team: null,
      application: null,
      environments: [],
      limit: null,
      keys: [{ name, environment: null, purpose: '', rotationDays: null }],
    })),
  }
}

describe('the diagrams of a plan', () => {
  it('are read by mermaid with every name complete, whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 2, maxLength: 4 }), async (names) => {
        const [diagram] = structureDiagrams(getPlan(names))
        const labels = await getLabels(diagram?.mermaid ?? '')
        const [organization = '', ...projects] = names
        expect(labels).toEqual([
          shown(`${organization} Organization`),
          ...projects.flatMap((name) => [`Project: ${shown(name)}`, shown(name)]),
        ])
      }),
      { numRuns: 200 },
    )
  })

  it('are read by mermaid for any plan', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan(), async (plan) => {
        for (const { mermaid } of [...structureDiagrams(plan), isolationDiagram(plan)].filter((one) => one !== null)) {
          expect(await getLabels(mermaid)).not.toEqual([])
        }
      }),
      { numRuns: 50 },
    )
  })

  it('show the reasons for the organizations of an agency', async () => {
    const diagram = isolationDiagram(planFromTemplate('agency'))
    expect(await getLabels(diagram?.mermaid ?? '')).toEqual([
      'Agency',
      'Org: Client A',
      'Client A’s billing',
      'Org: Client B',
      'Client B’s billing',
      'Org: Internal',
      'Agency’s billing',
    ])
    expect(isolationDiagram(planFromTemplate('exercise'))).toBeNull()
  })

  it('leave keys out if hosts would not draw them, and projects if there are too many', () => {
    const many = Array.from({ length: 300 }, (_, at) => `p${at}`)
    expect(structureDiagrams(getPlan(['a', ...many]))[0]?.mermaid.split('\n')).toHaveLength(1 + 301 + 300)
    expect(structureDiagrams(getPlan(['a', ...many, ...many.map((name) => `${name}b`)]))).toEqual([])
  })
})
