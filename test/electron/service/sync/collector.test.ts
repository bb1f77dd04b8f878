import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { newCollector } from '../../../../electron/service/sync/perform-sync.ts'
import type { SourceOutcome } from '../../../../shared/domain/source.ts'
import { growth, LINEAR } from '../../../growth.ts'

const STATES = ['failed', 'cancelled', 'denied', 'unavailable', 'complete'] as const

function outcome(project: number, state: SourceOutcome['state'], fetched: number): SourceOutcome {
  return { source: 'project-keys', project: `p${project}`, state, expected: null, fetched, excluded: [], reason: null }
}

it('the progress of a source is the sum of the rows of its projects and the worst of their states', () => {
  const parts = fc.array(fc.tuple(fc.constantFrom(...STATES), fc.array(fc.nat(50), { maxLength: 4 })), { minLength: 1 })
  fc.assert(
    fc.property(parts, (projects) => {
      const collector = newCollector(() => undefined)
      const { sink } = collector
      for (const [n] of projects.entries()) sink.begin('project-keys', `p${n}`)
      const rows: number[] = []
      for (const [n, [state, pages]] of projects.entries()) {
        let fetched = 0
        for (const page of pages) {
          fetched += page
          sink.facts('project-keys', `p${n}`, [], fetched, null)
        }
        rows.push(fetched)
        expect(collector.progress()).toMatchObject([
          { state: 'reading', fetched: rows.reduce((sum, each) => sum + each, 0) },
        ])
        sink.end(outcome(n, state, fetched))
      }
      const states = projects.map(([state]) => state)
      expect(collector.progress()).toMatchObject([{ state: STATES.find((state) => states.includes(state)) }])
    }),
  )
})

it('gathering from many projects takes no longer for each of them', async () => {
  const gather = (projects: number): void => {
    const { sink } = newCollector(() => undefined)
    for (let n = 0; n < projects; n++) {
      sink.begin('project-keys', `p${n}`)
      sink.facts('project-keys', `p${n}`, [], 1, null)
      sink.end(outcome(n, 'complete', 1))
    }
  }
  // Few enough for the caches of a processor, also while other processes use them.
  expect(await growth(gather, 500)).toBeLessThan(LINEAR)
})
