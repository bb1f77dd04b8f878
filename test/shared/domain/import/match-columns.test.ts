import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { FIELD_RULES, TABLE_KINDS, type TableKind } from '../../../../shared/domain/import/fields.ts'
import { matchColumns, missingFields, type Mapping } from '../../../../shared/domain/import/match-columns.ts'
import type { SourceTable } from '../../../../shared/domain/import/table.ts'

function table(columns: readonly string[], ...rows: readonly (readonly string[])[]): SourceTable {
  return { columns, line: 1, rows: rows.map((cells, at) => ({ line: at + 2, cells })) }
}

function mapped(kind: TableKind, of: SourceTable, chosen?: Mapping): Record<string, string> {
  const result = matchColumns(kind, of, chosen)
  if (!result.ok) throw new Error(result.reason)
  return Object.fromEntries(
    Object.entries(result.mapping).filter((entry): entry is [string, string] => entry[1] !== null),
  )
}

describe('columns', () => {
  test('are found by the names that consoles give them', () => {
    expect(
      mapped('people', table(['Full name', 'E-Mail address', 'Organization role', 'Workspaces', 'Last reviewed'])),
    ).toEqual({
      'Full name': 'name',
      'E-Mail address': 'email',
      'Organization role': 'role',
      Workspaces: 'projects',
      'Last reviewed': 'lastReview',
    })
    expect(
      mapped(
        'keys',
        table(
          [
            'Secret key name',
            'API key ID',
            'Redacted key',
            'Workspace',
            'Created by',
            'Created at',
            'Last used',
            'EXPIRES_AT',
            'Status',
          ],
          ['prod', 'key_1', 'sk-proj-...abcd', 'Web', 'Jane Smith', '2025-01-01', 'Never', '', 'active'],
        ),
      ),
    ).toEqual({
      'Secret key name': 'name',
      'API key ID': 'keyId',
      'Redacted key': 'hint',
      Workspace: 'project',
      'Created by': 'owner',
      'Created at': 'created',
      'Last used': 'lastUsed',
      EXPIRES_AT: 'expires',
      Status: 'status',
    })
    expect(mapped('service-accounts', table(['Account', 'Purpose', 'Key ID', 'Rotation Due', 'Nonsense']))).toEqual({
      Account: 'account',
      Purpose: 'purpose',
      'Key ID': 'keyId',
      'Rotation Due': 'rotationDue',
    })
  })

  test('are identified by their content if the heading is ambiguous', () => {
    expect(mapped('people', table(['User', 'Role'], ['jane@acme.example', 'Owner']))).toEqual({
      User: 'email',
      Role: 'role',
    })
    expect(mapped('people', table(['User', 'Role'], ['Jane Smith', 'Owner']))).toEqual({ User: 'name', Role: 'role' })
    expect(mapped('keys', table(['Name', 'Key'], ['prod', 'sk-proj-...abcd']))).toMatchObject({ Key: 'hint' })
    expect(mapped('keys', table(['Name', 'Owner'], ['prod', 'jane@acme.example']))).toMatchObject({
      Owner: 'ownerEmail',
    })
    // One address in a role does not make it a column of addresses.
    expect(mapped('people', table(['Name', 'Role'], ['Jane', 'jane@acme.example']))).toEqual({
      Name: 'name',
      Role: 'role',
    })
  })

  test('are used as the operator maps them, and the rest is matched around them', () => {
    const people = table(['Name', 'Alias', 'Role'])
    expect(mapped('people', people, { Alias: 'name' })).toEqual({ Alias: 'name', Role: 'role' })
    expect(mapped('people', people, { Name: null })).toEqual({ Role: 'role' })
    expect(matchColumns('people', people, { Nick: 'name' })).toMatchObject({ ok: false })
    expect(matchColumns('people', people, { Alias: 'keyId' })).toMatchObject({ ok: false })
    expect(matchColumns('people', people, { Alias: 'name', Name: 'name' })).toMatchObject({ ok: false })
  })

  test('are named when they are missing', () => {
    expect(missingFields('people', { Name: 'name', X: null })).toContain('role')
    expect(missingFields('people', { Mail: 'email', Role: 'role' })).toBeNull()
    expect(missingFields('keys', { Name: 'name' })).toBeNull()
    expect(missingFields('service-accounts', { Purpose: 'purpose' })).toContain('account')
  })

  test('fill the same fields in any order', () => {
    const headings = [...new Set(TABLE_KINDS.flatMap((kind) => FIELD_RULES[kind].flatMap((rule) => rule.headings)))]
    const cell = fc.constantFrom(
      'Jane',
      'jane@acme.example',
      '2025-01-01',
      'sk-proj-...abcd',
      'key_1',
      '',
      '-',
      'Owner',
    )
    const drawn = fc
      .uniqueArray(fc.oneof(fc.constantFrom(...headings), fc.string({ maxLength: 5 })), { minLength: 1, maxLength: 8 })
      .chain((columns) =>
        fc.record({
          columns: fc.constant(columns),
          rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), { maxLength: 4 }),
          order: fc.shuffledSubarray(
            columns.map((_, at) => at),
            { minLength: columns.length },
          ),
          kind: fc.constantFrom(...TABLE_KINDS),
        }),
      )
    fc.assert(
      fc.property(drawn, ({ columns, rows, order, kind }) => {
        const pick = (cells: readonly string[]): string[] => order.map((at) => cells[at] ?? '')
        const before = mapped(kind, table(columns, ...rows))
        expect(mapped(kind, table(pick(columns), ...rows.map(pick)))).toEqual(before)
        const fields = Object.values(before)
        expect(new Set(fields).size).toBe(fields.length)
      }),
      { numRuns: 500 },
    )
  })
})
