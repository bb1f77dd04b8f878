import { expect, it } from 'vitest'

import { toCsv } from '../../../renderer/ui/spreadsheet-text.ts'

it('CSV quotes texts, keeps numbers, and defuses formulas', () => {
  expect(
    toCsv([
      ['Period', '=1+1', 'say "hi"'],
      ['2026-11-01', 1.5, -2],
    ]),
  ).toBe(`"Period","'=1+1","say ""hi"""\n"2026-11-01",1.5,-2\n`)
})
