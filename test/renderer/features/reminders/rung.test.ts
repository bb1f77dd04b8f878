import { expect, it } from 'vitest'

import { rungWords } from '../../../../renderer/features/reminders/rung.ts'

it('says a rung in words, more pressing the nearer it is', () => {
  expect(rungWords('before-30')).toEqual({ tone: 'info', text: '30 days before' })
  expect(rungWords('before-1')).toEqual({ tone: 'warn', text: '1 day before' })
  expect(rungWords('before-0')).toEqual({ tone: 'warn', text: 'On the day' })
  expect(rungWords('overdue-1')).toEqual({ tone: 'bad', text: 'Overdue, first reminder' })
  expect(rungWords('overdue-12')).toEqual({ tone: 'bad', text: 'Overdue, reminder 12' })
})

it('shows a rung that it does not know as it stands', () => {
  expect(rungWords('someday')).toEqual({ tone: 'quiet', text: 'someday' })
})
