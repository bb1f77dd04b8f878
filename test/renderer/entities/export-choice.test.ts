import { expect, it } from 'vitest'

import { exportName, isText, makePreview } from '../../../renderer/entities/export-choice.ts'

const now = new Date(2026, 10, 24, 12).getTime()

it('names a file by what it holds, of whom, and the day on the operator’s calendar', () => {
  expect(exportName({ format: 'md', client: 'acme-corp', sample: false, now })).toBe(
    'access-register-acme-corp-2026-11-24.md',
  )
  expect(exportName({ format: 'ics', client: undefined, sample: false, now })).toBe(
    'rotation-calendar-all-clients-2026-11-24.ics',
  )
})

it('labels what comes from the sample', () => {
  expect(exportName({ format: 'xlsx', client: undefined, sample: true, now })).toMatch(/^SAMPLE-/u)
})

it('shows a beginning of a long text and says how much is not shown', () => {
  const text = Array.from({ length: 1000 }, (_, line) => `line ${line}`).join('\n')
  const { shown, hidden } = makePreview(text)
  expect(shown.split('\n').length + hidden).toBe(1000)
  expect(text.startsWith(shown)).toBe(true)
  expect(makePreview('one')).toEqual({ shown: 'one', hidden: 0 })
})

it('has no preview of a workbook', () => {
  expect((['md', 'csv', 'json', 'xlsx', 'ics'] as const).filter((format) => !isText(format))).toEqual(['xlsx'])
})
