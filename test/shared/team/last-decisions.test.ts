import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { hasPosition, type Runs, toRuns } from '../../../shared/domain/reviews/positions.ts'
import { createLastDecisions } from '../../../shared/team/last-decisions.ts'

const ITEMS = 12
const runs = fc
  .uniqueArray(fc.integer({ min: 1, max: ITEMS }), { minLength: 1 })
  .map((positions): Runs => toRuns(positions))

it('each item has the last batch that decided it and was not reverted', () => {
  const steps = fc.array(fc.record({ positions: runs, undone: fc.option(fc.nat({ max: 20 })) }), { maxLength: 25 })
  fc.assert(
    fc.property(steps, (list) => {
      const last = createLastDecisions()
      const batches = new Map<string, { readonly positions: Runs; isUndone: boolean }>()
      list.forEach(({ positions, undone }, index) => {
        const batch = batches.get(String(undone))
        if (batch === undefined) {
          batches.set(String(index), { positions, isUndone: false })
          last.set(positions, String(index))
        } else if (!batch.isUndone) {
          batch.isUndone = true
          last.remove(String(undone), { batches })
        }
        for (let position = 1; position <= ITEMS; position += 1) {
          const found = [...batches].findLast(([, one]) => !one.isUndone && hasPosition(one.positions, position))
          expect(last.list([position])).toEqual(found === undefined ? [] : [found[0]])
        }
      })
    }),
  )
})
