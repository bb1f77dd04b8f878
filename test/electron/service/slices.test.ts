import { isContractProcedure } from '@orpc/contract'
import { expect, it } from 'vitest'
import { z } from 'zod'

import { journalAll } from '../../../electron/register/db/journal.ts'
import type { Writer } from '../../../electron/register/db/handles.ts'
import { makeRegister } from '../../../electron/service/core/context.ts'
import type { Service } from '../../../electron/service/process/open.ts'
import { contract } from '../../../shared/contract/contract.ts'
import { newSampleService } from '../../sample-profile.ts'
import { type CountedRows, countRows } from '../register/watched-statements.ts'

/*
 * A list of which a slice is requested reads that slice: its rows, a few more, and, once after each change of the register, the
 * ids of the whole list in order. It is tried on the sample agency, with more of what that has few of.
 */

const SLICE = 3

/** The most rows of several columns that a slice reads, also of small tables. Every list is longer. */
const MOST = 5 * SLICE + 8

/** The most single values that it reads, beside the ids of the list. */
const FEW_VALUES = 9

/** Lists with more rows in SQLite for each of their rows. */
const MORE_ROWS: Readonly<Record<string, { readonly times: number; readonly why: string }>> = {
  'people.matches': { times: 3, why: 'a pair has two people, each with clients, addresses and employment' },
  'search.find': { times: 4, why: 'the best are chosen among as many of each kind' },
}

/** Operations that read more than a slice, and why; `once`: only after the register changed. */
const WHOLE: Readonly<Record<string, { readonly once: boolean; readonly why: string }>> = {
  'changes.list': { once: true, why: 'two states of the register are compared once, and the comparison is kept' },
  'findings.groups': { once: true, why: 'all open findings are grouped once, and the groups are kept' },
  'keyless.list': { once: true, why: 'how certain a trust is, and with it the order, follows from other rows' },
  'leavers.list': { once: true, why: 'the order depends on what access is left' },
  'recommendations.list': { once: true, why: 'recommendations are worked out together, and kept' },
  'usage.by': { once: false, why: 'adds up a month, to be ordered by any measure' },
  'usage.matrix': { once: false, why: 'adds up a month, to be ordered by cost' },
  'budgets.anomalies': { once: false, why: 'each day of each key and project is compared with the weeks before it' },
}

type Answer = Readonly<Record<string, unknown>> | readonly unknown[]
type Ask = (input: object) => Promise<Answer>

/** The operations of the contract whose input limits how many rows they answer with, and whether they have an offset. */
function sliced(): readonly { readonly name: string; readonly hasOffset: boolean }[] {
  return Object.entries(contract).flatMap(([area, own]) =>
    Object.entries(own).flatMap(([name, operation]) => {
      if (!isContractProcedure(operation)) return []
      const { inputSchema } = operation['~orpc']
      const fields = inputSchema instanceof z.ZodObject ? Object.keys(inputSchema.shape) : []
      return fields.includes('limit') ? [{ name: `${area}.${name}`, hasOffset: fields.includes('offset') }] : []
    }),
  )
}

const COPIES = 60

/** Adds rows to the lists of which the sample agency has few: copies of a row, each with another name. */
function addRows(writer: Writer): void {
  const copy = (table: string, named: Readonly<Record<string, string>>, where = 'true'): void => {
    const columns = writer.column<string>('SELECT name FROM pragma_table_info(?) WHERE pk = 0', [table])
    writer.run(
      `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${COPIES})
       INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')})
       SELECT ${columns.map((name) => named[name] ?? `o."${name}"`).join(', ')}
       FROM n CROSS JOIN (SELECT * FROM "${table}" WHERE ${where} LIMIT 1) o`,
    )
  }
  const external = { external_id: "o.external_id || ' ' || n" }
  const uid = { uid: "o.uid || ' ' || n" }
  copy(
    'principal',
    external,
    "kind = 'service-account' AND EXISTS (SELECT 1 FROM principal_version v WHERE v.principal_id = principal.id)",
  )
  const version = writer.column<string>(
    "SELECT name FROM pragma_table_info('principal_version') WHERE name NOT IN ('id', 'principal_id')",
  )
  writer.run(
    `INSERT INTO principal_version (principal_id, ${version.join(', ')}) SELECT p.id, ${version.map((name) => `v.${name}`).join(', ')}
     FROM principal p JOIN principal o ON p.connection_id = o.connection_id AND p.external_id LIKE o.external_id || ' %'
     JOIN principal_version v ON v.principal_id = o.id`,
  )
  copy('certificate_version', external, 'to_sync IS NULL')
  copy('federation_version', external, 'to_sync IS NULL')
  copy('limit_version', external, "to_sync IS NULL AND kind = 'rate'")
  writer.run(
    `INSERT INTO restriction_version (connection_id, external_id, kind, terms, source, from_sync)
     SELECT connection_id, 'r', 'models', '[]', 'restrictions', id FROM sync WHERE state = 'complete' LIMIT 1`,
  )
  copy('restriction_version', external)
  copy('usage_import', uid)
  copy('sync', uid, "connection_id = 1 AND state = 'complete'")
  writer.run(
    `INSERT INTO remediation (connection_id, action, subject_kind, subject_id, subject_name, state, added_at, added_by, uid)
     SELECT connection_id, 'key-delete', 'key', id, 'k', 'withdrawn', 0, 'Mara', 'u' FROM key WHERE standing = 1 LIMIT 1`,
  )
  copy('remediation', uid)
  writer.run(
    `INSERT INTO review (client_id, kind, name, state, opened_at, opened_by, due_on, policy, ended_at, uid)
     SELECT id, 'keys', 'Keys', 'withdrawn', 0, 'Mara', '2026-01-01', '{}', 0, 'u' FROM client LIMIT 1`,
  )
  copy('review', uid)
  writer.run(
    `INSERT OR IGNORE INTO employment (person_id, name, status, source, reported_at)
     SELECT id, name, 'departed', 'hr.csv', 0 FROM person`,
  )
  writer.run(
    `INSERT OR IGNORE INTO person_match (person_id, other_id, reason, state, found_at)
     SELECT a.id, b.id, 'same-name', 'open', 0 FROM person a JOIN person b ON b.id = a.id + 1 LIMIT ${COPIES}`,
  )
  const body = { kind: 'monthly', period: '2026-01', format: 'md', path: 'usage.md', rows: 1, sha256: 'ab' }
  journalAll(
    writer,
    Array.from({ length: COPIES }, () => ({
      at: 0,
      operator: 'Mara',
      action: 'report.exported',
      client: null,
      subject: 'Usage report',
      body,
    })),
  )
}

/** What each operation needs beside its slice. */
async function listInputs({ api }: Service): Promise<Readonly<Record<string, object>>> {
  const { reviewId } = await api.reviews.open({ client: 'northfold', kind: 'roles', override: 'For this test.' })
  const month = { month: '2026-11', source: 'billed' } as const
  return {
    'connection.history': { id: 1 },
    'changes.list': { since: { at: 0 } },
    'search.find': { query: 'prod' },
    'findings.groups': { by: 'rule' },
    'reviews.items': { reviewId },
    'usage.by': { ...month, by: 'key' },
    'usage.matrix': { ...month, of: 'key-model' },
  }
}

async function count(ask: () => Promise<Answer>): Promise<CountedRows> {
  const counting = countRows()
  try {
    await ask()
  } finally {
    counting.close()
  }
  return counting.counted
}

/** How many rows an answer has, in an array, under `rows` (of `dueJson`, a number) or under another name. */
function getLength(answer: Answer): number {
  const rows = Array.isArray(answer) ? answer : Object.values(answer).find(Array.isArray)
  return rows?.length ?? (answer as { readonly rows: number }).rows
}

it('a slice of any list reads no whole list, except for a reason', async () => {
  const service = await newSampleService()
  makeRegister(service.context).transact(addRows)
  const inputs = await listInputs(service)
  const lists = sliced()
  expect(lists.length).toBeGreaterThan(28)
  const names = new Set(lists.map(({ name }) => name))
  expect([...Object.keys(MORE_ROWS), ...Object.keys(WHOLE)].filter((name) => !names.has(name))).toEqual([])
  const found: Record<string, unknown> = {}
  const short: string[] = []
  const few: string[] = []
  for (const { name, hasOffset } of lists) {
    const [area = '', operation = ''] = name.split('.')
    const own = (service.api as unknown as Readonly<Record<string, Readonly<Record<string, Ask>>>>)[area]?.[operation]
    const ask = async (over: object): Promise<Answer> => {
      if (own === undefined) throw new Error(`${name} is not an operation.`)
      return own({ ...inputs[name], ...over })
    }
    const first = await count(() => ask({ limit: SLICE }))
    const next = await count(() => ask({ limit: SLICE, ...(hasOffset ? { offset: SLICE } : {}) }))
    const most = MOST * (MORE_ROWS[name]?.times ?? 1)
    const answer = await ask({ limit: MOST + 1 })
    const total = 'total' in answer && typeof answer.total === 'number' ? answer.total : 0
    const isWhole = (of: CountedRows, ids: number): boolean => of.rows > most || of.values > ids + FEW_VALUES
    if (isWhole(next, 0)) found[name] = { once: false, first, next }
    else if (isWhole(first, total)) found[name] = { once: true, first, next }
    if (!(name in WHOLE) && getLength(answer) <= MOST) short.push(name)
    if (name in MORE_ROWS && Math.max(first.rows, next.rows) <= MOST) few.push(name)
  }
  expect(found).toEqual(
    Object.fromEntries(Object.entries(WHOLE).map(([name, { once }]) => [name, expect.objectContaining({ once })])),
  )
  expect({ short, few }).toEqual({ short: [], few: [] })
})
