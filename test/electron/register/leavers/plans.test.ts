import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { idOfKey } from '../../../../electron/register/recommendations/list.ts'
import { recommendationRows } from '../../../../electron/register/recommendations/rows.ts'
import { findImpact } from '../../../../electron/register/impact/impact.ts'
import type { Reader } from '../../../../electron/register/db/handles.ts'
import { leaverRows } from '../../../../electron/register/leavers/counts.ts'
import { listLeavers } from '../../../../electron/register/leavers/leaver.ts'
import { leaverDetails } from '../../../../electron/register/leavers/detail.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { makeBigRegister } from '../../../bench/big-register.ts'
import { type Explained, explainingReader, nestedScans, scans } from '../explaining.ts'
import { KEY } from '../registers.ts'
import { adviceIds } from '../recommendations/advice-ids.ts'
import { depart } from './depart.ts'

/*
 * What a person holds is read by one statement for each kind of item, each by an index. More people, or a register a
 * hundred times as big, need no more statements.
 */

const NOW = Date.UTC(2026, 3, 1)
const MOMENT = { now: NOW, today: '2026-04-01' }
const SMALL = { organizations: 20, people: 400, keys: 1200, grants: 800, projects: 200 }
const BIG = { organizations: 10, people: 4000, keys: 12_000, grants: 100_000, projects: 1000 }

function made(size: typeof SMALL): Register {
  const register = makeBigRegister(join(mkdtempSync(join(tmpdir(), 'castellan-leavers-')), 'register'), KEY, size, NOW)
  register.transact((writer) => {
    for (let person = 1; person <= 40; person += 1) depart(writer, person)
  })
  return register
}

function listPlans(register: Register, ask: (reader: Reader) => unknown): Explained[] {
  const plans: Explained[] = []
  ask(explainingReader(register.reader, plans))
  return plans
}

const leavers = (reader: Reader, people?: readonly number[]) => listLeavers(reader, { people }, MOMENT)

const QUESTIONS: Readonly<Record<string, (reader: Reader) => unknown>> = {
  'the impact of removing a person': (r) => findImpact(r, { kind: 'person', id: 3 }, { now: NOW }),
  'the impact of removing a person in a client': (r) =>
    findImpact(r, { kind: 'person', id: 3 }, { now: NOW, client: 'client-1' }),
  'the impact of removing an account': (r) => findImpact(r, { kind: 'principal', id: 3 }, { now: NOW }),
  'the impact of removing a key': (r) => findImpact(r, { kind: 'key', id: 3 }, { now: NOW }),
  'the impact of removing a project': (r) => findImpact(r, { kind: 'project', id: 3 }, { now: NOW }),
  leavers: (r) => leavers(r),
  'rows of leavers': (r) => leaverRows(r, leavers(r), {}, MOMENT),
  'all that is left of a leaver': (r) => leaverDetails(r, leavers(r, [3]), {}, MOMENT),
  'recommendations for a person': (r) => adviceIds(r, { person: 3, sort: { by: 'sure', direction: 'asc' } }, NOW),
  'one recommendation about a member': (r) => idOfKey(r, 'member-unused-3', NOW),
  'one recommendation about a role': (r) => idOfKey(r, 'project-role-3', NOW),
  'one recommendation about a key': (r) => idOfKey(r, 'key-beside-rule-3', NOW),
  'rows of recommendations': (r) => recommendationRows(r, [3 * 32, 4 * 32 + 2 * 4], NOW),
}

let small: Register

beforeAll(() => {
  small = made(SMALL)
})
afterAll(() => small.close())

describe.each([
  ['without statistics', () => undefined],
  ['with statistics', () => small.transact((writer) => writer.run('ANALYZE'))],
])('%s', (_, prepare) => {
  beforeAll(prepare)

  it.each(Object.entries(QUESTIONS))('%s reads no table from end to end', (_, ask) => {
    const plans = listPlans(small, ask)
    expect(plans.length).toBeGreaterThan(0)
    expect(
      plans.flatMap((plan) =>
        scans(plan)
          .filter(ofTable)
          .map((scan) => [scan, plan.sql]),
      ),
    ).toEqual([])
  })

  it('recommendations read each table of facts once, whatever the number of people', () => {
    const plans = listPlans(small, (r) => adviceIds(r, { sort: { by: 'sure', direction: 'asc' } }, NOW))
    expect(
      plans.flatMap((plan) =>
        nestedScans(plan)
          .filter(ofTable)
          .map((scan) => [scan, plan.sql]),
      ),
    ).toEqual([])
  })
})

/** A statement's own common table expressions are as small as the data that it is about. */
function ofTable(scan: string): boolean {
  return !/^SCAN (?:gone|leaver|o|own|reach|place|office|way|seen|asked|holder|numbered|h|r|t|own_key|CONSTANT ROW)$/u.test(
    scan,
  )
}

it('a register of 100,000 grants needs as many statements as a small one, and has the same result for one leaver', () => {
  const big = made(BIG)
  for (const [name, ask] of Object.entries(QUESTIONS)) {
    expect([name, listPlans(big, ask).length]).toEqual([name, listPlans(small, ask).length])
  }
  const [detail] = leaverDetails(big.reader, leavers(big.reader, [3]), {}, MOMENT)
  expect(detail?.row.accounts).toBe(1)
  expect(detail?.items.length).toBe(
    (detail?.row.accounts ?? 0) + (detail?.row.keys ?? 0) + (detail?.row.roles ?? 0) + (detail?.row.sharedKeys ?? 0),
  )
  const ids = adviceIds(big.reader, { sort: { by: 'sure', direction: 'asc' } }, NOW)
  expect(ids.length).toBeGreaterThan(100)
  expect(recommendationRows(big.reader, ids.slice(-100), NOW)).toHaveLength(100)
  big.close()
})
