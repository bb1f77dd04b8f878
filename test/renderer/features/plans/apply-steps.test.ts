import { expect, it } from 'vitest'

import {
  confirmLabel,
  describeSelection,
  findAdded,
  isSelected,
} from '../../../../renderer/features/plans/apply-dialog.tsx'
import type { PlanStep } from '../../../../shared/contract/plan-apply.ts'

function step(key: string, change: Partial<PlanStep> = {}): PlanStep {
  return {
    key,
    connection: { id: 1, label: 'Acme on OpenAI', provider: 'openai', organizationId: null },
    action: 'project-create',
    subject: { kind: 'connection', id: 1, name: 'Acme on OpenAI' },
    values: {},
    says: `Create ${key}.`,
    takesAway: false,
    waits: null,
    remediationId: null,
    ...change,
  }
}

it('what takes something away is not selected at first, and a toggled step keeps its choice when it is compared again', () => {
  const removal = step('b', { takesAway: true })
  const none = new Set<string>()
  expect([step('a'), removal].map((each) => isSelected(each, none))).toEqual([true, false])
  const toggled = new Set(['a', 'b'])
  expect([step('a'), removal, step('new')].map((each) => isSelected(each, toggled))).toEqual([false, true, true])
})

it('the button adds what is not in remediation yet, and otherwise previews', () => {
  const listed = step('a', { remediationId: 7 })
  expect(confirmLabel([listed, step('b'), step('c')])).toBe('Add 2 changes')
  expect(confirmLabel([listed])).toBe('Preview 1 change')
})

it('the selection is described by what can be done now, what must wait, and what is in remediation', () => {
  expect(describeSelection([step('a'), step('b')])).toBe('2 changes: 2 can be done now')
  expect(describeSelection([step('a'), step('b', { waits: 'After a.' }), step('c', { remediationId: 7 })])).toBe(
    '3 changes: 2 can be done now, 1 must wait for others, 1 in remediation already',
  )
  expect(describeSelection([step('b', { waits: 'After a.' })])).toBe('1 change: 1 must wait for others')
  expect(describeSelection([])).toBe('0 changes')
})

it('only changes that remediation did not have before are undone', () => {
  expect(findAdded([7, 8, 9], [step('a', { remediationId: 8 }), step('b')])).toEqual([7, 9])
})
