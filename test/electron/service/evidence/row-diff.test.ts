import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { eachLine } from '../../../../electron/service/evidence/lines.ts'
import {
  computeDigest,
  newDigests,
  type RowDigests,
  rowDifferences,
} from '../../../../electron/service/evidence/row-diff.ts'

function computeDigests(rows: readonly string[]): RowDigests {
  const digests = newDigests()
  for (const row of rows) digests.add(computeDigest(row))
  return digests
}

const toRows = (should: readonly string[], is: readonly string[]): readonly string[] =>
  rowDifferences(computeDigests(should), computeDigests(is)).map(({ row, kind }) => `${kind} ${row}`)

describe('the difference of rows', () => {
  it('is empty between equal files, and not empty between others', () => {
    const someRows = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })
    fc.assert(
      fc.property(someRows, someRows, (should, is) => {
        expect(toRows(should, is).length === 0).toBe(JSON.stringify(should) === JSON.stringify(is))
      }),
    )
  })

  it('names what was changed, inserted, removed, moved and cut off', () => {
    const rows = ['a', 'b', 'c', 'd', 'e']
    expect(toRows(rows, ['a', 'b', 'X', 'd', 'e'])).toEqual(['changed 3'])
    expect(toRows(rows, ['a', 'b', 'c', 'X', 'd', 'e'])).toEqual(['added 4'])
    expect(toRows(rows, ['a', 'c', 'd', 'e'])).toEqual(['missing 2'])
    expect(toRows(rows, ['a', 'e', 'c', 'd', 'b'])).toEqual(['moved 2', 'moved 5'])
    expect(toRows(rows, ['a', 'b', 'c'])).toEqual(['missing 4', 'missing 5'])
    expect(toRows(rows, [])).toHaveLength(5)
    expect(toRows([], rows)).toHaveLength(5)
  })

  it('names at most a hundred rows', () => {
    const many = Array.from({ length: 5000 }, (_, n) => String(n))
    expect(
      toRows(
        many,
        many.map((row) => `${row}!`),
      ),
    ).toHaveLength(100)
  })
})

describe('lines', () => {
  it('are the same however the file is cut into pieces, and joined they are the file', async () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 6 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(pieces, async (texts) => {
        const seen: string[] = []
        async function* all() {
          for (const text of texts) yield Buffer.from(text)
        }
        await eachLine(all(), (line) => seen.push(Buffer.from(line).toString()))
        expect(seen.join('')).toBe(texts.join(''))
        expect(seen).toEqual(texts.join('').match(/[^\n]*\n|[^\n]+$/gu) ?? [])
      }),
    )
  })
})
