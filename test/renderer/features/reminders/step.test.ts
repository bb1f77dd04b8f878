import { expect, it } from 'vitest'

import { stepWords } from '../../../../renderer/features/reminders/step.ts'

it('a reminder step is shown in words, more urgent the nearer it is', () => {
  expect(stepWords('before-30')).toEqual({ tone: 'info', text: '30 days before' })
  expect(stepWords('before-1')).toEqual({ tone: 'warn', text: '1 day before' })
  expect(stepWords('before-0')).toEqual({ tone: 'warn', text: 'On the day' })
  expect(stepWords('overdue-1')).toEqual({ tone: 'bad', text: 'Overdue, first reminder' })
  expect(stepWords('overdue-12')).toEqual({ tone: 'bad', text: 'Overdue, reminder 12' })
})

it('an unknown reminder step is shown unchanged', () => {
  expect(stepWords('someday')).toEqual({ tone: 'quiet', text: 'someday' })
})
