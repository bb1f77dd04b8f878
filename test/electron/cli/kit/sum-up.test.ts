import { expect, it } from 'vitest'

import { sumUp } from '../../../../electron/cli/kit/sum-up.ts'

const row = (line: number, detail: string) => ({ line, action: 'refuse', subject: `row ${line}`, detail })

it('rows with one reason are listed three times and then counted, those with a reason of their own each', () => {
  const rows = [
    ...Array.from({ length: 54 }, (_, n) => row(n + 2, 'It belongs to another client.')),
    row(60, 'No name.'),
  ]
  const summed = sumUp(rows)
  expect(summed.map(({ line, more }) => [line, more])).toEqual([
    [2, 0],
    [3, 0],
    [4, 0],
    [5, 51],
    [60, 0],
  ])
  expect(sumUp(rows.slice(0, 4)).map(({ more }) => more)).toEqual([0, 0, 0, 0])
})
