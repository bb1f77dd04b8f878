import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Register } from '../../../../electron/register/register.ts'
import type { Scope } from '../../../../electron/register/db/scope.ts'
import { setPolicyValues } from '../../../../electron/register/clients/policy.ts'
import { keyIds } from '../../../../electron/register/keys/keys.ts'
import { readCounts } from '../../../../electron/register/read/counts.ts'
import type { Counts } from '../../../../shared/contract/counts.ts'
import { makeBigRegister } from '../../../bench/big-register.ts'
import { type Explained, explainingReader, nestedScans, scans } from '../explaining.ts'
import { depart } from '../leavers/depart.ts'
import { KEY } from '../registers.ts'

const NOW = Date.UTC(2026, 3, 1)
const MOMENT = { now: NOW, today: '2026-04-01' }
const SIZE = { organizations: 6, people: 60, keys: 240, grants: 200, projects: 24 }

let register: Register

beforeAll(() => {
  register = makeBigRegister(join(mkdtempSync(join(tmpdir(), 'castellan-counts-')), 'register'), KEY, SIZE, NOW)
  register.transact((writer) => {
    for (let person = 1; person <= 5; person += 1) depart(writer, person)
  })
})

afterAll(() => register.close())

function explain(scope: Scope): { readonly counts: Counts; readonly plans: readonly Explained[] } {
  const plans: Explained[] = []
  const counts = readCounts(explainingReader(register.reader, plans), scope, MOMENT)
  return { counts, plans }
}

describe('the counts beside the areas', () => {
  it('count the keys that are due and the people who left', () => {
    const { counts } = explain({})
    expect(counts.rotation).toBeGreaterThan(0)
    expect(counts.leavers).toBeGreaterThan(0)
  })

  it('of one client are part of those of all', () => {
    const all = explain({}).counts
    const slugs = register.reader.column<string>('SELECT slug FROM client')
    const each = slugs.map((client) => explain({ client }).counts)
    expect(each.reduce((sum, { rotation }) => sum + rotation, 0)).toBe(all.rotation)
    expect(each.reduce((sum, { reviews }) => sum + reviews, 0)).toBe(all.reviews)
  })

  it('count as due what each client’s own lead time reaches, in lists too, and read only those days of the index', () => {
    const leads = new Map([
      [1, 60],
      [2, 3],
    ])
    register.transact((writer) => {
      for (const [client, lead] of leads) setPolicyValues(writer, client, { leadDays: [lead] })
    })
    const keys = register.reader.all<{ readonly client: number; readonly day: string }>(
      `SELECT n.client_id AS client, k.due_on AS day FROM key k JOIN connection n ON n.id = k.connection_id
       WHERE k.standing = 1 AND k.due_on IS NOT NULL`,
    )
    const isDue = ({ client, day }: (typeof keys)[number]): boolean =>
      (Date.parse(day) - NOW) / 86_400_000 <= (leads.get(client) ?? 30)
    const expected = keys.filter(isDue).length
    expect(expected).toBeLessThan(keys.length)
    const { counts, plans } = explain({})
    expect(counts.rotation).toBe(expected)
    const sort = { by: 'due', direction: 'asc' } as const
    const listed = (rotation: 'overdue' | 'due' | 'ok'): number =>
      keyIds(register.reader, { rotation, sort }, MOMENT).length
    expect(listed('overdue') + listed('due')).toBe(expected)
    expect(listed('ok')).toBe(keys.length - expected)
    const details = plans.flatMap(({ steps }) => steps.map(({ detail }) => detail))
    expect(details).toContainEqual(
      expect.stringMatching(/key_summary \(connection_id=\? AND due_on>\? AND due_on<\?\)/u),
    )
    register.transact((writer) => {
      for (const client of leads.keys()) setPolicyValues(writer, client, null)
    })
  })

  it('count a connection whose last sync failed, until one succeeds', () => {
    const sync = (state: string): void =>
      register.transact((writer) => {
        writer.run(
          `INSERT INTO sync (connection_id, origin, state, started_at, finished_at, operator)
           VALUES ((SELECT min(id) FROM connection), 'api', ?, ?, ?, 'Sam')`,
          [state, NOW, NOW],
        )
      })
    expect(explain({}).counts.connections).toBe(0)
    sync('failed')
    expect(explain({}).counts.connections).toBe(1)
    sync('complete')
    expect(explain({}).counts.connections).toBe(0)
  })

  it('come from the same few statements for one client and for all, none of which scans a table of facts', () => {
    const { plans } = explain({})
    const count = (of: readonly Explained[]): number => new Set(of.map(({ sql }) => sql)).size
    expect(count(plans)).toBe(count(explain({ client: 'client-1' }).plans))
    expect(plans.flatMap(nestedScans)).toEqual([])
    expect(
      plans.flatMap(scans).filter((scan) => /\b(?:key|finding|grant_version|principal_version)\b/u.test(scan)),
    ).toEqual([])
  })
})
