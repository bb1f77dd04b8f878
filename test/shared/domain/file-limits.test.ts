import { describe, expect, it } from 'vitest'

import { readCsv } from '../../../electron/service/files-in/read-csv.ts'
import { readScim } from '../../../electron/service/files-in/read-scim.ts'
import { FILE_LIMITS } from '../../../shared/domain/file-limits.ts'
import { limitsReference } from './file-limits.ts'

describe('the reference of limits', () => {
  it('matches the code; run this file with `--update` to write it again', async () => {
    await expect(limitsReference()).toMatchFileSnapshot('../../../docs/limits.md')
  })
})

describe('a CSV file', () => {
  const reason = (text: string): string => {
    const read = readCsv(text)
    return read.ok ? '' : read.reason
  }

  it('with too many rows is refused before its end', () => {
    expect(reason('a,b\n'.repeat(FILE_LIMITS.rows + 1))).toBe('The file has more than 500,000 rows; no more are read.')
    // Blank rows are rows as well: a file of them would fill the memory.
    expect(reason('\n'.repeat(FILE_LIMITS.rows + 2))).toBe('The file has more than 500,000 rows; no more are read.')
  })

  it('with too many cells is refused before its end', () => {
    const wide = `${','.repeat(FILE_LIMITS.columns - 1)}\n`
    expect(reason(wide.repeat(FILE_LIMITS.cells / FILE_LIMITS.columns + 1))).toBe(
      'The file has more than 20,000,000 cells; no more are read.',
    )
  })

  it('with too many columns, or a row that is too long, is refused', () => {
    expect(reason(`${'a,'.repeat(FILE_LIMITS.columns)}b\n1\n`)).toBe(
      'The header has 1001 columns; at most 1000 are read.',
    )
    expect(reason(`a,b\n${'x'.repeat(FILE_LIMITS.rowCharacters + 2)}\n`)).toContain(
      'one row is longer than 1,000,000 characters.',
    )
  })
})

describe('a SCIM list', () => {
  it('with too many users is refused', () => {
    expect(readScim(`[${'1,'.repeat(FILE_LIMITS.rows)}1]`)).toMatchObject({
      ok: false,
      reason: 'The list has more than 500,000 users; no more are read.',
    })
  })

  it('nested too deep for the machine is refused with a message', () => {
    const deep = 1_000_000
    expect(readScim(`${'['.repeat(deep)}${']'.repeat(deep)}`)).toMatchObject({ ok: expect.any(Boolean) as boolean })
  })
})
