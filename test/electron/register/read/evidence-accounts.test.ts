import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { serviceAccountIds, serviceAccountRows } from '../../../../electron/register/access/service-accounts.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { accountsAsOf } from '../../../../electron/register/read/evidence-accounts.ts'
import type { RosterAccount } from '../../../../shared/report/account-roster.ts'
import { type Explained, explainingReader, nestedScans, scans } from '../explaining.ts'
import { federation } from '../findings/parts.ts'
import { getReading, key, newConnection, newRegister, user } from '../registers.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const DAY = 86_400_000

/** One service account: its keys by the days until they expire (null: never), and its rules by whether they are active. */
const accounts = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    keys: fc.array(fc.option(fc.integer({ min: -2, max: 40 })), { maxLength: 3 }),
    rules: fc.array(fc.boolean(), { maxLength: 2 }),
  }),
  { selector: ({ id }) => id, maxLength: 3 },
)

type Accounts = typeof accounts extends fc.Arbitrary<infer T> ? T : never

function partsOf(drawn: Accounts) {
  return [
    {
      source: 'service-accounts' as const,
      facts: drawn.map(({ id }) =>
        user(id, { kind: 'service-account', name: `Account ${id}`, email: null, roleRaw: null, level: null }),
      ),
    },
    {
      source: 'keys' as const,
      facts: drawn.flatMap(({ id, keys }) =>
        keys.map((ends, n) =>
          key(`key_${id}_${n}`, {
            name: `prod-shop-${id}${n}`,
            project: null,
            createdAt: NOW - (n + 1) * DAY,
            expiresAt: ends === null ? null : NOW + ends * DAY,
            ownerState: 'known',
            owner: { externalId: id, kind: 'service-account', name: null, email: null },
          }),
        ),
      ),
    },
    {
      source: 'federation-rules' as const,
      facts: drawn.flatMap(({ id, rules }) =>
        rules.map((active, n) =>
          federation({
            externalId: `rule_${id}_${n}`,
            account: id,
            status: active ? 'active' : 'disabled',
            lifetimeSeconds: (n + 1) * 600,
          }),
        ),
      ),
    },
  ]
}

const FIELDS = [
  'externalId',
  'name',
  'contacts',
  'purposes',
  'credential',
  'keys',
  'endless',
  'keyEndsAt',
  'rotatedAt',
  'tokenSeconds',
  'dependants',
] as const

function plain(account: RosterAccount): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    FIELDS.map((field) => {
      const value = account[field]
      return [field, Array.isArray(value) ? value.toSorted() : value]
    }),
  )
}

describe('the service accounts of an evidence pack', () => {
  it('are those of the roster when their sync was the newest, whatever was read since', () => {
    fc.assert(
      fc.property(fc.array(accounts, { minLength: 1, maxLength: 3 }), (readings) => {
        const register = newRegister()
        const connection = newConnection(register)
        const states = readings.map((drawn) => {
          const reading = { ...getReading(connection, partsOf(drawn)), startedAt: NOW, finishedAt: NOW }
          const { syncId } = register.transact((writer) => applyReading(writer, reading))
          const ids = serviceAccountIds(register.reader, { sort: { by: 'name', direction: 'asc' } }, NOW)
          return { syncId, rows: serviceAccountRows(register.reader, ids, NOW) }
        })
        for (const { syncId, rows } of states) {
          const then = accountsAsOf(register.reader, { review: 1, connection, sync: syncId })
          expect(then.map(plain)).toEqual(rows.map(plain))
          expect(then.every(({ reviewed }) => !reviewed)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('are read by an index', () => {
    const plans: Explained[] = []
    accountsAsOf(explainingReader(newRegister().reader, plans), { review: 1, connection: 1, sync: 1 })
    expect(plans.flatMap(scans)).toEqual([])
    expect(plans.flatMap(nestedScans)).toEqual([])
  })
})
