import { expect, it } from 'vitest'

import { exportName, isText, makePreview, PREVIEW_FIRST } from '../../../renderer/entities/export-choice.ts'

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

it('a preview shows the first lines of what was asked for it, and whether they are the whole text', () => {
  const text = (lines: number): string => Array.from({ length: lines }, (_, line) => `line ${line}\n`).join('')
  expect(makePreview(text(PREVIEW_FIRST))).toEqual({ shown: text(PREVIEW_FIRST - 1), isWhole: false })
  expect(makePreview(text(PREVIEW_FIRST - 1))).toEqual({ shown: text(PREVIEW_FIRST - 1), isWhole: true })
  expect(makePreview('one')).toEqual({ shown: 'one', isWhole: true })
})

it('a workbook has no preview', () => {
  expect((['md', 'csv', 'json', 'xlsx', 'ics'] as const).filter((format) => !isText(format))).toEqual(['xlsx'])
})
