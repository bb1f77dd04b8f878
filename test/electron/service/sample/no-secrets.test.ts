import { expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { findSecrets } from '../../../../shared/domain/secrets/find-secrets.ts'
import { newSampleService } from '../../../sample-profile.ts'

it('no text of the sample agency is taken for a secret, ids, hashes and endings of keys included', async () => {
  const { context } = await newSampleService()
  const { reader } = makeRegister(context)
  const tables = reader.column<string>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'",
  )
  let texts = 0
  const taken: unknown[] = []
  for (const table of tables) {
    for (const row of reader.all<Record<string, unknown>>(`SELECT * FROM "${table}"`)) {
      for (const [column, value] of Object.entries(row)) {
        if (typeof value !== 'string') continue
        texts += 1
        const found = findSecrets(value)
        if (found.length > 0) taken.push([table, column, value, found])
      }
    }
  }
  expect(taken).toEqual([])
  expect(texts).toBeGreaterThan(10_000)
})
