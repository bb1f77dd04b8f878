import { describe, expect, it } from 'vitest'

import { once, printJson, printTable, makeSlices, type Listing } from '../../../../electron/cli/kit/listing.ts'
import { printReadyJson } from '../../../../electron/cli/kit/ready-json.ts'
import { fakeTerminal } from '../fake-terminal.ts'

interface Row {
  readonly name: string
  readonly keys: number
  readonly note: string | null
}

const LISTING: Listing<Row> = {
  fields: [
    { key: 'name', json: (row) => row.name, column: { title: 'Name' } },
    { key: 'keys', json: (row) => row.keys, column: { title: 'Keys', align: 'right' } },
    { key: 'note', json: (row) => row.note, column: { title: 'Note' } },
    { key: 'many', json: (row) => row.keys > 9 },
  ],
  empty: 'Nothing here.',
}

const ROWS: readonly Row[] = [
  { name: 'a\u202eb', keys: 12, note: null },
  { name: 'line\nbreak', keys: 3, note: '' },
]

describe('a listing', () => {
  it('is an array of flat objects in JSON, and the text is what the provider sent', async () => {
    const terminal = fakeTerminal()
    await printJson(terminal, LISTING, once(ROWS))
    expect(JSON.parse(terminal.printed())).toEqual([
      { name: 'a\u202eb', keys: 12, note: null, many: true },
      { name: 'line\nbreak', keys: 3, note: '', many: false },
    ])
    expect(terminal.printed()).not.toContain('\u202e')
  })

  it('is an empty array in JSON and a sentence in a table when there is nothing', async () => {
    const json = fakeTerminal()
    await printJson(json, LISTING, once<Row>([]))
    expect(json.printed()).toBe('[]\n')
    const table = fakeTerminal()
    await printTable(table, LISTING, once<Row>([]))
    expect(table.printed()).toBe('Nothing here.\n')
  })

  it('is a table with a dash for a missing value', async () => {
    const terminal = fakeTerminal()
    await printTable(terminal, LISTING, once(ROWS))
    expect(terminal.printed()).toBe('Name        Keys  Note\na<U+202E>b    12  -\nline␊break     3  -\n')
  })

  it('reads every slice once, in order', async () => {
    const asked: number[] = []
    const slices = makeSlices(async ({ offset, limit }) => {
      asked.push(offset)
      return { rows: Array.from({ length: 1205 }, (_, index) => index).slice(offset, offset + limit), total: 1205 }
    }, 500)
    const all: number[] = []
    for await (const slice of slices) all.push(...slice)
    expect(asked).toEqual([0, 500, 1000])
    expect(all).toHaveLength(1205)
    expect(all.at(-1)).toBe(1204)
  })

  it('joins slices that are JSON already', async () => {
    const bytes = (text: string): Uint8Array => Buffer.from(text)
    async function* slices(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
      for (const text of texts) yield bytes(text)
    }
    const two = fakeTerminal()
    await printReadyJson(two, slices('{"a":1},\n{"a":2}', '{"a":3}', ''))
    expect(JSON.parse(two.printed())).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
    const none = fakeTerminal()
    await printReadyJson(none, slices(''))
    expect(none.printed()).toBe('[]\n')
  })
})
