import { expect, it } from 'vitest'

import { exportName, isText, makePreview } from '../../../renderer/entities/export-choice.ts'

const now = new Date(2026, 10, 24, 12).getTime()

it('a file is named by content, client and the day on the operator’s calendar', () => {
  expect(exportName({ format: 'md', client: 'acme-corp', sample: false, now })).toBe(
    'access-register-acme-corp-2026-11-24.md',
  )
  expect(exportName({ format: 'ics', client: undefined, sample: false, now })).toBe(
    'rotation-calendar-all-clients-2026-11-24.ics',
  )
})

it('the file of a sample has a label', () => {
  expect(exportName({ format: 'xlsx', client: undefined, sample: true, now })).toMatch(/^SAMPLE-/u)
})

it('a preview shows the first lines of a long text and the number of hidden lines', () => {
  const text = Array.from({ length: 1000 }, (_, line) => `line ${line}`).join('\n')
  const { shown, hidden } = makePreview(text)
  expect(shown.split('\n').length + hidden).toBe(1000)
  expect(text.startsWith(shown)).toBe(true)
  expect(makePreview('one')).toEqual({ shown: 'one', hidden: 0 })
})

it('a workbook has no preview', () => {
  expect((['md', 'csv', 'json', 'xlsx', 'ics'] as const).filter((format) => !isText(format))).toEqual(['xlsx'])
})
