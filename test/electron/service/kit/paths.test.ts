import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { isContractProcedure } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { verifyPack } from '../../../../electron/service/evidence/verify-pack.ts'
import { pathFields } from '../../../../electron/service/kit/paths-in.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { refused, seeded, type Seeded } from '../seeded.ts'

/** Every field of an input that is a path, read from the contract. */
const FIELDS = Object.entries(contract).flatMap(([area, operations]) =>
  Object.entries(operations).flatMap(([name, operation]) => {
    const schema: unknown = isContractProcedure(operation) ? operation['~orpc'].inputSchema : null
    return pathFields(schema).map((field) => ({ operation: `${area}.${name}`, field }))
  }),
)

/** The other input of each operation. */
const GIVEN: Readonly<Record<string, object>> = {
  'connection.add': { client: 'acme', provider: 'file', label: 'Azure' },
  'connection.check': { client: 'acme', provider: 'file' },
  'connection.update': { id: 1 },
  'evidence.pack': { reviewId: 1 },
  'evidence.summary': { reviewId: 1, format: 'html' },
  'evidence.verify': {},
  'files.exportCalendar': {},
  'files.exportPicture': { title: 'Spend', format: 'svg', content: '<?xml version="1.0"?>\n<svg >' },
  'files.exportTable': { title: 'Keys', format: 'csv', header: ['Key'], rows: [['prod-web']] },
  'files.exportRegister': { format: 'md' },
  'app.saveDiagnostics': {},
  'app.saveRecoveryKit': { confirm: 'SHOW' },
  'offboarding.certificate': { client: 'acme' },
  'plan.export': { planId: 1, format: 'yaml' },
  'reports.export': { kind: 'monthly', period: '2026-03', source: 'billed', format: 'csv' },
  'updates.verify': {},
  'usage.import': { client: 'acme' },
  'usageFolders.add': { client: 'acme' },
}

/** Paths that no file system accepts. */
const folder = mkdtempSync(join(tmpdir(), 'castellan-paths-'))
const BAD: readonly (readonly [what: string, path: string])[] = [
  ['a NUL character', join(folder, 'a\0b.csv')],
  ['nothing but a NUL character', '\0'],
  ['a name of 300 letters', join(folder, `${'n'.repeat(300)}.csv`)],
  ['a name of 200 letters of two bytes', join(folder, `${'é'.repeat(200)}.csv`)],
  ['5,000 letters in short names', join(folder, ...Array.from({ length: 100 }, () => 'n'.repeat(49)), 'a.csv')],
  ['a million letters', join(folder, 'n'.repeat(1_000_000))],
]

let all: Seeded

async function call(operation: string, input: object): Promise<unknown> {
  const [area = '', name = ''] = operation.split('.')
  const areas = all.api as unknown as Record<string, Record<string, (input: object) => Promise<unknown>>>
  const answer = await areas[area]![name]!(input)
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer
    ? Array.fromAsync(answer as AsyncIterable<unknown>)
    : answer
}

it('every field of the contract that is named like a path is checked as one', () => {
  expect(FIELDS.map(({ operation }) => operation).toSorted()).toEqual(Object.keys(GIVEN).toSorted())
  const named = Object.entries(contract).flatMap(([area, operations]) =>
    Object.entries(operations).flatMap(([name, operation]) => {
      const schema: unknown = isContractProcedure(operation) ? operation['~orpc'].inputSchema : null
      const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
      return fields.filter((field) => /path|dir|file$/iu.test(field)).map((field) => `${area}.${name} ${field}`)
    }),
  )
  expect(named.toSorted()).toEqual(FIELDS.map(({ operation, field }) => `${operation} ${field}`).toSorted())
})

describe.each(FIELDS)('$operation', ({ operation, field }) => {
  it.each(BAD)('is refused for %s, with what is wrong, in which field and what to do', async (_what, path) => {
    all = await seeded()
    const refusal = await refused(call(operation, { ...GIVEN[operation], [field]: path }))
    expect(refusal).toMatchObject({ code: 'INVALID', data: { field, hint: expect.stringMatching(/\.$/u) as string } })
    expect(refusal.message).toMatch(/\.$/u)
    // The folder's own letters are random, and can look like a code.
    expect(refusal.message.replace(folder, '')).not.toMatch(/\0|E[A-Z]{4,}|argument/u)
    expect(refusal.message.length).toBeLessThan(700)
  })
})

it.each(BAD)('a pack is refused for %s also where no profile is open', async (_what, path) => {
  await expect(verifyPack(path)).rejects.toMatchObject({ code: 'INVALID', about: 'path' })
})
