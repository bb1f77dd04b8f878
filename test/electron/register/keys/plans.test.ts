import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { accessIds } from '../../../../electron/register/access/access.ts'
import type { Reader } from '../../../../electron/register/db/handles.ts'
import { keyIds } from '../../../../electron/register/keys/keys.ts'
import { keyUsers } from '../../../../electron/register/keys/users.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { makeBigRegister } from '../../../bench/big-register.ts'
import { type Explained, explainingReader, nestedScans, scans } from '../explaining.ts'
import { KEY } from '../registers.ts'

const NOW = Date.UTC(2026, 3, 1)
const MOMENT = { now: NOW, today: '2026-04-01' }
const SORT = { by: 'due', direction: 'asc' } as const

let register: Register

beforeAll(() => {
  register = makeBigRegister(
    join(mkdtempSync(join(tmpdir(), 'castellan-keys-')), 'register'),
    KEY,
    { organizations: 20, people: 400, keys: 1200, grants: 800, projects: 200 },
    NOW,
  )
})
afterAll(() => register.close())

function listPlans(ask: (reader: Reader) => unknown): Explained[] {
  const plans: Explained[] = []
  ask(explainingReader(register.reader, plans))
  return plans
}

/** Tables that a statement reads once for each row of another. */
const repeated = (plans: readonly Explained[]): readonly string[] =>
  plans.flatMap(nestedScans).filter((scan) => !/^SCAN (?:json_each|j)\b/u.test(scan))

describe('keys', () => {
  it('of several environments, states and kinds are still read in the order of the due index, and looked up by it', () => {
    const one = listPlans((r) => keyIds(r, { environment: 'production', rotation: 'overdue', sort: SORT }, MOMENT))
    const many = listPlans((r) =>
      keyIds(
        r,
        {
          environment: ['production', 'staging'],
          rotation: ['overdue', 'due'],
          kind: ['project', 'admin'],
          account: ['person', 'service-account'],
          sort: SORT,
        },
        MOMENT,
      ),
    )
    for (const plans of [one, many]) {
      const lists = plans.filter(({ sql }) => sql.includes('FROM key k INDEXED BY key_due'))
      expect(lists.length).toBeGreaterThan(0)
      expect(lists.flatMap(({ steps }) => steps.map(({ detail }) => detail)).join('\n')).toContain('key_due')
      expect(repeated(plans)).toEqual([])
    }
  })

  it('show who can use one without reading a table from end to end', () => {
    const [first = 0] = keyIds(register.reader, { sort: SORT }, MOMENT)
    const plans = listPlans((r) => keyUsers(r, first, 'owner', NOW))
    expect(plans.length).toBeGreaterThan(0)
    expect(plans.flatMap(scans).filter((scan) => !/^SCAN (?:json_each|j)\b/u.test(scan))).toEqual([])
  })
})

describe('grants that reach the keys of an environment', () => {
  it('collect those keys once, whatever the number of grants', () => {
    const plans = listPlans((r) =>
      accessIds(r, { environment: ['production', 'staging'], sort: { by: 'client', direction: 'asc' } }, NOW),
    )
    expect(plans.length).toBeGreaterThan(0)
    expect(repeated(plans)).toEqual([])
  })
})
