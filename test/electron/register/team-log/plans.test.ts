import { expect, it } from 'vitest'

import { createUidOf } from '../../../../electron/register/db/uid.ts'
import { planModel, planRows, planVersions, readVersionUid } from '../../../../electron/register/plans/plans.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { describeVersion } from '../../../../shared/domain/plans/version-words.ts'
import { emptyPlan } from '../../../../shared/domain/plans/standard.ts'
import { contents, findProblems } from './contents.ts'
import { decideIn, foundClientTeam } from './registers.ts'

let [made, owner] = [0, '']
const nextUid = (): string => createUidOf(owner, (made += 1))

async function setUp() {
  const world = await foundClientTeam()
  const { client, exchangeAll } = world
  owner = client
  await exchangeAll()
  return world
}

const toVersion = (name: string) => ({
  versionUid: nextUid(),
  errors: 0,
  warnings: 0,
  says: 'Changed',
  model: emptyPlan(name),
})

function create(register: Register, by: string, title: string): string {
  const planUid = nextUid()
  decideIn(register, by, { kind: 'plan.created', client: 'acme', body: { planUid, title, ...toVersion(title) } })
  return planUid
}

const numberOf = ({ reader }: Register, planUid: string): number =>
  reader.value<number>('SELECT id FROM plan WHERE uid = ?', [planUid]) ?? 0

function save(register: Register, by: string, planUid: string, name: string, parentUid: string): string {
  const version = toVersion(name)
  decideIn(register, by, { kind: 'plan.saved', client: 'acme', body: { planUid, parentUid, ...version } })
  return version.versionUid
}

function expectAlike(...registers: readonly Register[]): void {
  for (const register of registers) expect(findProblems(register)).toEqual([])
  for (const register of registers) expect(contents(register)).toEqual(contents(registers[0]!))
}

it('of two versions that were saved at the same time the first is the newest, and the other a draft beside it', async () => {
  const { own, hers, exchangeAll } = await setUp()
  const planUid = create(own, 'Founder', 'Target')
  await exchangeAll()
  const first = readVersionUid(own.reader, numberOf(own, planUid), 1)
  save(own, 'Founder', planUid, 'Own', first)
  const draft = save(hers, 'anna', planUid, 'Hers', first)
  save(hers, 'anna', planUid, 'Hers, changed', draft)
  expect(planVersions(hers.reader, numberOf(hers, planUid)).map(({ version, draft: is }) => [version, is])).toEqual([
    [3, false],
    [2, false],
    [1, false],
  ])
  await exchangeAll()
  for (const register of [own, hers]) {
    const plan = numberOf(register, planUid)
    expect(planVersions(register.reader, plan).map((each) => [each.version, each.by, describeVersion(each)])).toEqual([
      [4, 'anna', 'Changed. A draft made on version 3, since another version was saved first'],
      [3, 'anna', 'Changed. A draft made on version 1, since another version was saved first'],
      [2, 'Founder', 'Changed'],
      [1, 'Founder', 'Changed'],
    ])
    expect(planRows(register.reader, {}).map(({ version, company }) => [version, company])).toEqual([[2, 'Own']])
    expect(planModel(register.reader, plan, 4)?.name).toBe('Hers, changed')
  }
  // A person merges them: that version has the newest one as its parent.
  const newest = readVersionUid(hers.reader, numberOf(hers, planUid), 2)
  save(hers, 'anna', planUid, 'Both', newest)
  await exchangeAll()
  expect(planRows(own.reader, {}).map(({ version, company }) => [version, company])).toEqual([[5, 'Both']])
  expectAlike(own, hers)
})

it('of two plans with one title the second gets another, and of two that were activated the later is active', async () => {
  const { own, hers, exchangeAll, team, anna, client } = await setUp()
  const his = create(own, 'Founder', 'Target')
  const second = create(hers, 'anna', 'target')
  decideIn(hers, 'anna', { kind: 'plan.activated', client: 'acme', body: { planUid: second } })
  decideIn(own, 'Founder', { kind: 'plan.activated', client: 'acme', body: { planUid: his } })
  await exchangeAll()
  for (const register of [own, hers]) {
    expect(register.reader.all('SELECT title, in_force FROM plan ORDER BY title')).toEqual([
      { title: 'Target', in_force: 0 },
      { title: 'target 2', in_force: 1 },
    ])
  }
  // What is active is not removed, and a plan that its author had no right to make is in no table.
  decideIn(own, 'Founder', { kind: 'plan.removed', client: 'acme', body: { planUid: his } })
  decideIn(hers, 'anna', { kind: 'plan.deactivated', client: 'acme', body: { planUid: his } })
  decideIn(hers, 'anna', { kind: 'plan.removed', client: 'acme', body: { planUid: second } })
  await team.grant(client, anna, 'reviewer')
  create(hers, 'anna', 'Not allowed')
  await exchangeAll()
  expect(hers.reader.value("SELECT count(*) FROM plan WHERE title = 'Not allowed'")).toBe(0)
  expectAlike(own, hers)
})
