import { expect, it } from 'vitest'

import { tableName } from '../../../renderer/entities/export-table.ts'

it('the file of an exported list is named after the list, the client, the day and the sample', () => {
  const now = Date.UTC(2026, 10, 24, 12)
  const named = { format: 'csv', client: undefined, sample: false, now } as const
  expect(tableName({ ...named, title: 'Keys' })).toBe('keys-all-clients-2026-11-24.csv')
  expect(tableName({ ...named, title: 'Findings by rule', client: 'acme-corp', format: 'md' })).toBe(
    'findings-by-rule-acme-corp-2026-11-24.md',
  )
  expect(tableName({ ...named, title: '../../etc', sample: true })).toBe('SAMPLE-etc-all-clients-2026-11-24.csv')
  expect(tableName({ ...named, title: '鍵' })).toBe('list-all-clients-2026-11-24.csv')
})
