import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { keylessIds, keylessProgress, keylessRows, readKeyless } from '../../../../electron/register/keyless/keyless.ts'
import type { Register } from '../../../../electron/register/register.ts'
import type { KeylessFilter, KeylessRow } from '../../../../shared/contract/keyless.ts'
import { KEYLESS } from '../../../../shared/nouns/keyless.ts'
import { CERTAINTIES } from '../../../../shared/domain/certainty.ts'
import { type Explained, explainingReader, nestedScans, scans } from '../explaining.ts'
import { federation } from '../findings/parts.ts'
import { getReading, grant, key, newConnection, newRegister, project, user } from '../registers.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 26, 12)
const MOMENT = { now: NOW, today: '2026-11-26' }
const DIRECTIONS = ['asc', 'desc'] as const

const NAMES = ['ci', 'CI', 'é-lambda', 'web', 'Zeta gha', 'alpha-worker', 'aws', 'résumé', 'b-10 job', 'b-9 job']
const account = { externalId: 'ci', kind: 'service-account', name: 'shop', email: null } as const
const person = { externalId: 'ann', kind: 'user', name: 'Ann', email: null } as const

/** A register with keys of three clients, and every row of the plan. */
function filled(): { readonly register: Register; readonly rows: readonly KeylessRow[] } {
  const register = newRegister()
  for (const [n, slug] of ['zeta', 'acme', 'Beta'].entries()) {
    const connection = newConnection(register, slug.toLowerCase(), n === 2 ? 'anthropic' : 'openai')
    register.transact((w) => {
      w.run('UPDATE client SET name = ? WHERE slug = ?', [slug, slug.toLowerCase()])
      applyReading(
        w,
        getReading(
          connection,
          [
            { source: 'projects', facts: [project('p1', { name: 'nightly' }), project('p2')] },
            {
              source: 'service-accounts',
              facts: [
                user('ci', { kind: 'service-account', name: 'shop', email: null, roleRaw: null, level: null }),
                grant('ci', 'p1', { roleRaw: 'member', level: 'member' }),
              ],
            },
            {
              source: 'project-keys',
              project: 'p1',
              facts: NAMES.flatMap((name, at) =>
                [account, person].map((owner) =>
                  key(`${name}-${owner.externalId}`, {
                    name,
                    project: at % 3 === 0 ? 'p1' : 'p2',
                    ownerState: 'known',
                    owner,
                    createdAt: at % 4 === 0 ? null : NOW - (at % 5) * DAY,
                    expiresAt: at % 4 === 1 ? NOW + at * DAY : null,
                  }),
                ),
              ),
            },
            { source: 'federation-rules', facts: n === 0 ? [federation({ account: 'ci' })] : [] },
          ],
          NOW - n * DAY,
        ),
      )
    })
  }
  const ids = register.reader.column<number>('SELECT id FROM key ORDER BY id')
  return { register, rows: keylessRows(register.reader, ids, MOMENT) }
}

/** The list by its rows alone, each compared with each other. */
function expected(
  rows: readonly KeylessRow[],
  filter: KeylessFilter,
  by: string,
  direction: 'asc' | 'desc',
): readonly number[] {
  const names = new Intl.Collator('en')
  const among = (wished: unknown, value: unknown): boolean =>
    wished === undefined || wished === value || (Array.isArray(wished) && wished.includes(value))
  const compared: Record<string, (a: KeylessRow, b: KeylessRow) => number> = {
    'last-day': (a, b) => Date.parse(a.lastDay) - Date.parse(b.lastDay),
    certainty: (a, b) => CERTAINTIES.indexOf(a.certainty) - CERTAINTIES.indexOf(b.certainty),
    client: (a, b) => names.compare(a.client.name, b.client.name),
    name: (a, b) => names.compare(a.name, b.name) || a.keyId - b.keyId,
  }
  const compare = (how: string, a: KeylessRow, b: KeylessRow): number => compared[how]?.(a, b) ?? 0
  return rows
    .filter(
      (row) =>
        among(filter.client, row.client.slug) &&
        among(filter.connection, row.connection.id) &&
        among(filter.state, row.state) &&
        among(filter.certainty, row.certainty) &&
        among(filter.platform, row.platform) &&
        `${row.name}\n${row.project?.name}\n${row.account?.name}`
          .toLowerCase()
          .includes(filter.search?.toLowerCase() ?? ''),
    )
    .toSorted(
      (a, b) =>
        (direction === 'desc' ? -1 : 1) * compare(by, a, b) || compare('last-day', a, b) || compare('name', a, b),
    )
    .map(({ keyId }) => keyId)
}

describe('the order of the keyless plan', () => {
  it('is that of its rows by every column and direction, with every filter', () => {
    const { register, rows } = filled()
    expect(new Set(rows.map(({ state, certainty }) => `${state} ${certainty}`)).size).toBeGreaterThanOrEqual(3)
    expect(new Set(rows.map(({ lastDay }) => lastDay)).size).toBeGreaterThan(4)
    expect(rows.length).toBeLessThan(3 * 2 * NAMES.length)
    const filters: KeylessFilter[] = [
      {},
      { client: 'acme' },
      { connection: 2 },
      { connection: 99 },
      { state: 'beside' },
      { state: [] },
      { certainty: ['certain', 'opinion'] },
      { platform: ['aws', 'github'] },
      { search: 'NIGHT' },
      { search: 'Shop', state: ['static'], certainty: 'likely' },
    ]
    for (const filter of filters) {
      for (const by of KEYLESS.sorts) {
        for (const direction of DIRECTIONS) {
          const ids = keylessIds(register.reader, { ...filter, sort: { by, direction } }, MOMENT)
          expect([filter, by, direction, ids]).toEqual([filter, by, direction, expected(rows, filter, by, direction)])
          if (filter.search !== undefined) continue
          // The same from a plan that was read before.
          const { plan } = readKeyless(register.reader, { client: filter.client }, MOMENT)
          expect(keylessIds(register.reader, { ...filter, plan, sort: { by, direction } }, MOMENT)).toEqual(ids)
        }
      }
    }
  })

  it('is counted by client as its rows are', () => {
    const { register, rows } = filled()
    const progress = keylessProgress(register.reader, {}, MOMENT)
    expect(readKeyless(register.reader, {}, MOMENT).progress).toEqual(progress)
    expect(progress.map(({ client }) => client.name)).toEqual(['acme', 'Beta', 'zeta'])
    for (const { client, ...counts } of progress) {
      const own = rows.filter((row) => row.client.slug === client.slug)
      const beside = own.filter(({ state }) => state === 'beside').length
      expect(counts).toEqual({ static: own.length - beside, beside, retired: 0 })
    }
  })

  it('is read from the index of a connection in the order of ids, and a slice from its own keys', () => {
    const { register } = filled()
    const plans: Explained[] = []
    const reader = explainingReader(register.reader, plans)
    const ids = keylessIds(reader, { client: 'acme', sort: { by: 'name', direction: 'asc' } }, MOMENT)
    const details = plans.flatMap(({ steps }) => steps.map(({ detail }) => detail))
    expect(details).toContainEqual(
      expect.stringContaining('SEARCH x USING COVERING INDEX key_summary (connection_id=?'),
    )
    expect(details).toContainEqual('SEARCH k USING INTEGER PRIMARY KEY (rowid=?)')
    const [order] = plans.filter(({ sql }) => sql.includes('ORDER BY k.id'))
    expect(order?.steps.filter(({ parent, detail }) => parent === 0 && detail.includes('B-TREE'))).toEqual([])
    keylessRows(reader, ids.slice(0, 3), MOMENT)
    expect(plans.flatMap(scans)).toEqual([])
    expect(plans.flatMap(nestedScans)).toEqual([])
  })
})
