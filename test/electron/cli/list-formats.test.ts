import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'

import { putSample } from '../../sample-profile.ts'
import { newCastellan } from './castellan.ts'
import { commandTree, listArguments } from './commands.ts'

const castellan = newCastellan()

beforeAll(async () => {
  await putSample(castellan.profile)
})

const given = listArguments({ file: import.meta.filename, folder: import.meta.dirname })

/** Commands that only read, and print rows. */
const LISTS = (await commandTree()).filter(({ path }) =>
  / list$|^(?:due|today|changes)$| (?:schedule|history|coverage|trend|count|compare|matrix|due)$/u.test(path),
)

const parseCsv = (text: string): string[][] => parse(text)

async function run(path: string, ...more: readonly string[]) {
  const argv = given(path).argv.map((word) => (word === 'acme' ? 'acme-corp' : word))
  return castellan.run(...path.split(' '), ...argv, ...more)
}

async function readRows(path: string, ...more: readonly string[]) {
  const ran = await run(path, '--json', ...more)
  return REFUSED.has(path) ? [] : ran.json()
}

/** Lists whose Markdown is a document. */
const DOCUMENTS: ReadonlySet<string> = new Set(['changes', 'leaver list'])

/** Lists of a thing that the sample does not have. */
const REFUSED: ReadonlySet<string> = new Set(['review item list', 'team member list'])

/** Lists that are asked to fail on what they have. */
const FOUND: ReadonlySet<string> = new Set(['finding list', 'anomaly list'])

describe('every list', () => {
  it('is among those of this test', () => {
    expect(LISTS.length).toBeGreaterThan(40)
  })

  it.each(LISTS)('$path takes --format and --columns', ({ command }) => {
    const format = command.options.find(({ long }) => long === '--format')
    expect(format?.argChoices).toEqual(expect.arrayContaining(['table', 'json', 'csv', 'md']))
    expect(command.options.find(({ long }) => long === '--columns')?.short).toBe('-o')
  })

  it.each(LISTS)('$path has the same rows as JSON, CSV and Markdown, and no other line', async ({ path }) => {
    const rows = await readRows(path)
    const [head = [], ...cells] = parseCsv((await run(path, '--format', 'csv')).out)
    expect(head).toEqual(expect.arrayContaining(Object.keys(rows[0] ?? {})))
    expect(cells).toHaveLength(rows.length)
    const lines = (await run(path, '--format', 'md')).out.trimEnd().split('\n')
    const isTable = lines.every((line) => line.startsWith('|')) && lines.length === rows.length + 2
    // Two lists have a document of their own in Markdown, and a list of nothing that exists is refused in every format.
    expect({ path, isTable }).toEqual({ path, isTable: !DOCUMENTS.has(path) && !REFUSED.has(path) })
  })

  it.each(LISTS)('$path prints the columns that are named, in their order, in every format', async ({ path }) => {
    const [first = { none: null }] = await readRows(path)
    const named = Object.keys(first).toReversed().slice(0, 2)
    const columns = Object.keys(first).includes('none') ? [] : ['-o', named.join(',')]
    const [again = first] = await readRows(path, ...columns)
    expect(again).toEqual(Object.fromEntries(named.map((key) => [key, first[key]])))
    const head = parseCsv((await run(path, '--format', 'csv', ...columns)).out)[0] ?? []
    expect(columns.length === 0 ? named : head).toEqual(named)
    const { code } = await run(path, ...columns)
    // On the first of a month no budget has been spent, so that --fail-on names none.
    const isSpent = (await readRows(path)).some(({ source, percent }) => source === 'agreed' && Number(percent) >= 1)
    const isFound = FOUND.has(path) || (path === 'budget list' && isSpent)
    expect({ path, code }).toEqual({ path, code: REFUSED.has(path) ? 1 : isFound ? 4 : 0 })
  })

  it('refuses an unknown column before it opens anything, and names those there are', async () => {
    const { code, err } = await castellan.run('key', 'list', '-o', 'nmae')
    expect(code).toBe(2)
    expect(err).toContain('keyId, name, hint')
  })
})
