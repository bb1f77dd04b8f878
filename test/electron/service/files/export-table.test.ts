import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { anyString } from '../../../any-string.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const newPath = (name: string): string => join(mkdtempSync(join(tmpdir(), 'castellan-table-')), name)

const KEYS = {
  title: 'Keys',
  header: ['Key', 'Owner'],
  rows: [
    ['=1+1', 'Ana | <img>'],
    ['prod-web', ''],
  ],
}

describe('the rows of a list', () => {
  it('are exported as CSV without formulas, recorded in the audit log, and replace no file unasked', async () => {
    const { api, context } = await newService()
    const path = newPath('keys.csv')
    const written = await api.files.exportTable({ ...KEYS, format: 'csv', path })
    expect(written).toMatchObject({ path, rows: 2 })
    expect(readFileSync(path, 'utf8')).toBe(`"Key","Owner"\n"'=1+1","Ana | <img>"\n"prod-web",""\n`)
    const [row] = makeRegister(context).reader.all<{ readonly subject: string; readonly body: string }>(
      "SELECT subject, body FROM journal WHERE action = 'table.exported'",
    )
    expect([row?.subject, JSON.parse(row?.body ?? '{}')]).toEqual(['Keys', expect.objectContaining({ rows: 2, path })])
    writeFileSync(path, 'mine')
    expect(await refused(api.files.exportTable({ ...KEYS, format: 'csv', path }))).toMatchObject({ code: 'INVALID' })
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })

  it('are exported as a Markdown table under the names of the list and the client', async () => {
    const { api } = await newService()
    await api.client.add({ name: 'Acme *Corp*' })
    const path = newPath('keys.md')
    await api.files.exportTable({ ...KEYS, client: 'acme-corp', format: 'md', path })
    expect(readFileSync(path, 'utf8').split('\n')).toEqual([
      '## Keys',
      '',
      String.raw`Acme \*Corp\*, 2 rows.`,
      '',
      '| Key | Owner |',
      '| --- | --- |',
      expect.stringMatching(/^\| =1\+1 \| Ana \\\| \\<img>? ?/u),
      '| prod-web |  |',
      '',
    ])
  })

  it('keep their cells whatever these contain', async () => {
    const { api } = await newService()
    const path = newPath('any.csv')
    const cell = anyString()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), async (rows) => {
        await api.files.exportTable({ title: 'Any', header: ['A', 'B'], rows, format: 'csv', path, force: true })
        const read = parse(readFileSync(path, 'utf8'))
        expect(read).toHaveLength(rows.length + 1)
        for (const line of read) {
          expect(line).toHaveLength(2)
          for (const text of line) expect(text).not.toMatch(/^[\s\p{C}\p{Z}]*[=+@-]/u)
        }
        const table = `${path}.md`
        await api.files.exportTable({ title: 'Any', header: ['A', 'B'], rows, format: 'md', path: table, force: true })
        expect(readFileSync(table, 'utf8').trimEnd().split('\n')).toHaveLength(rows.length + 6)
      }),
      { numRuns: 40 },
    )
  })

  it('are refused when a row has other columns than the header, and for a client that is not there', async () => {
    const { api } = await newService()
    const path = newPath('a.csv')
    const rows = [['a', 'b'], ['c']]
    expect(await refused(api.files.exportTable({ ...KEYS, rows, format: 'csv', path }))).toMatchObject({
      code: 'INVALID',
      message: 'A row has 1 cell, and the header 2.',
    })
    expect(await refused(api.files.exportTable({ ...KEYS, client: 'nobody', format: 'csv', path }))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
