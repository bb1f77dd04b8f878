import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { FLOW_ORIGINS, parseFlow, toFlowText } from '../../../renderer/entities/remediation-flow.tsx'
import { MAX_AT_ONCE } from '../../../shared/contract/remediation.ts'
import { anyString } from '../../any-string.ts'

it('every step of a flow is read back from its address', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1, maxLength: MAX_AT_ONCE })
  fc.assert(
    fc.property(fc.constantFrom(...FLOW_ORIGINS, 'changes' as const, 'results' as const), ids, (step, some) => {
      expect(parseFlow(toFlowText({ step, ids: some }))).toEqual({ step, ids: some })
    }),
  )
})

it('a flow has at most as many changes as a preview takes', () => {
  const ids = Array.from({ length: 150 }, (_, n) => n + 1)
  expect(parseFlow(toFlowText({ step: 'changes', ids }))?.ids).toHaveLength(MAX_AT_ONCE)
})

it('any other text does not name a flow', () => {
  for (const text of [
    undefined,
    '',
    'person',
    'person:',
    'person:0',
    'person:x',
    'client:1',
    'person:1-',
    ' person:1',
  ]) {
    expect(parseFlow(text)).toBeNull()
  }
  fc.assert(fc.property(anyString({ maxLength: 40 }), (text) => void parseFlow(text)))
})
