import { describe, expect, it } from 'vitest'

import { HR_EXPORTS } from './hr-exports.ts'
import { fieldLabel } from '../../../../shared/domain/import/fields.ts'
import { matchColumns } from '../../../../shared/domain/import/match-columns.ts'
import { PERSONNEL_FIELDS, PERSONNEL_RULES } from '../../../../shared/domain/import/personnel-fields.ts'
import { readPersonnelTable } from '../../../../shared/domain/import/read-personnel.ts'
import type { SourceTable } from '../../../../shared/domain/import/table.ts'

const table = (columns: readonly string[], ...rows: readonly (readonly string[])[]): SourceTable => ({
  columns,
  line: 1,
  rows: rows.map((cells, at) => ({ line: at + 2, cells })),
})

function mapped(columns: readonly string[], row: readonly string[] = []): Record<string, string | null> {
  const result = matchColumns('personnel', table(columns, row))
  return result.ok ? { ...result.mapping } : {}
}

describe('the columns of an HR file', () => {
  it('are found for every field by a heading of its own name, each heading once', () => {
    expect(PERSONNEL_RULES.map(({ field }) => field)).toEqual([...PERSONNEL_FIELDS])
    for (const { field, headings } of PERSONNEL_RULES) {
      expect(headings).toContain(field.toLowerCase())
      expect(headings.length).toBe(new Set(headings).size)
      expect(fieldLabel('personnel', field)).not.toBe('')
    }
  })

  it.each(Object.entries(HR_EXPORTS))('are those of the export of %s', (_, { columns, row, mapping }) => {
    expect(mapped(columns, row)).toEqual(mapping)
  })

  it.each(Object.entries(HR_EXPORTS))(
    'of the export of %s fill a person who has left',
    (_, { columns, row, entry }) => {
      const of = table(columns, row)
      const result = matchColumns('personnel', of)
      const moment = { now: Date.UTC(2026, 10, 25), today: '2026-11-25' }
      const { entries, refusals } = readPersonnelTable(of, result.ok ? result.mapping : {}, moment)
      expect(refusals).toEqual([])
      expect(entries).toMatchObject([{ status: 'departed', ...entry }])
    },
  )
})

describe('a row', () => {
  const read = (columns: readonly string[], ...rows: readonly (readonly string[])[]) => {
    const of = table(columns, ...rows)
    const result = matchColumns('personnel', of)
    return readPersonnelTable(of, result.ok ? result.mapping : {}, { now: Date.UTC(2026, 10, 25), today: '2026-11-25' })
  }

  it('gives the name in parts, several aliases, and nothing for text that is not an address', () => {
    const { entries } = read(
      ['First name', 'Last name', 'Email', 'Aliases'],
      ['Zoë', 'van Dijk', 'ZOE@acme.example', 'smtp:z@acme.example; zoe@acme.example, nonsense z@acme.example'],
    )
    expect(entries).toMatchObject([{ name: 'Zoë van Dijk', email: 'zoe@acme.example', aliases: ['z@acme.example'] }])
    expect(entries[0]?.status).toBeUndefined()
  })

  it('reads an empty status as employed, and rejects an unknown word', () => {
    const { entries, refusals } = read(['Email', 'Status'], ['a@x.example', ''], ['b@x.example', 'Perhaps'])
    expect(entries.map(({ status }) => status)).toEqual(['employed'])
    expect(refusals).toMatchObject([{ line: 3, column: 'Status', subject: 'b@x.example' }])
  })

  it('is rejected with a text that is too long', () => {
    const { refusals } = read(['Email', 'Job title'], ['a@x.example', 'x'.repeat(501)])
    expect(refusals).toMatchObject([{ line: 2, column: 'Job title' }])
  })
})
