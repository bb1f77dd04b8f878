import { expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import { planModel, planRows, planVersions, readVersionUid } from '../../../../electron/register/plans/plans.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { keepAskedBack, listAskedBack } from '../../../../electron/register/team/asked.ts'
import { describeVersion } from '../../../../shared/domain/plans/version-words.ts'
import { emptyPlan } from '../../../../shared/domain/plans/standard.ts'
import { contents, findProblems } from './contents.ts'
import { decideIn, foundClientTeam, type Laptop } from './registers.ts'

let made = 0
const nextUid = (): string => createUid((made += 1))

async function setUp() {
  const world = await foundClientTeam()
  await world.exchangeAll()
  return world
}

const toVersion = (name: string) => ({
  versionUid: nextUid(),
  errors: 0,
  warnings: 0,
  says: 'Changed',
  model: emptyPlan(name),
})

function create(laptop: Laptop, title: string): string {
  const planUid = nextUid()
  decideIn(laptop, { kind: 'plan.created', client: 'acme', body: { planUid, title, ...toVersion(title) } })
  return planUid
}

const numberOf = ({ reader }: Register, planUid: string): number =>
  reader.value<number>('SELECT id FROM plan WHERE uid = ?', [planUid]) ?? 0

function save(laptop: Laptop, planUid: string, name: string, parentUid: string): string {
  const version = toVersion(name)
  decideIn(laptop, { kind: 'plan.saved', client: 'acme', body: { planUid, parentUid, ...version } })
  return version.versionUid
}

function expectAlike(...registers: readonly Register[]): void {
  for (const register of registers) expect(findProblems(register)).toEqual([])
  for (const register of registers) expect(contents(register)).toEqual(contents(registers[0]!))
}

it('of two versions that were saved at the same time the first is the newest, and the other a draft beside it', async () => {
  const { founder, anna, own, hers, exchangeAll } = await setUp()
  const planUid = create(founder, 'Target')
  await exchangeAll()
  const first = readVersionUid(own.reader, numberOf(own, planUid), 1)
  save(founder, planUid, 'Own', first)
  const draft = save(anna, planUid, 'Hers', first)
  save(anna, planUid, 'Hers, changed', draft)
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
  save(anna, planUid, 'Both', newest)
  await exchangeAll()
  expect(planRows(own.reader, {}).map(({ version, company }) => [version, company])).toEqual([[5, 'Both']])
  expectAlike(own, hers)
})

it('of two plans with one title the second gets another, and of two that were activated the author of the later one is asked', async () => {
  const { founder, own, hers, exchangeAll, team, anna, client } = await setUp()
  const his = create(founder, 'Target')
  const second = create(anna, 'target')
  decideIn(anna, { kind: 'plan.activated', client: 'acme', body: { planUid: second } })
  decideIn(founder, { kind: 'plan.activated', client: 'acme', body: { planUid: his } })
  await exchangeAll()
  const active = ({ reader }: Register): unknown => reader.value('SELECT title FROM plan WHERE in_force = 1')
  expect([own, hers].map(active)).toEqual(['Target', 'Target'])
  const [asked] = listAskedBack(hers.reader)
  expect(asked).toMatchObject({
    reason: 'decided-meanwhile',
    op: { kind: 'plan.activated' },
    otherMember: founder.member,
  })
  hers.transact((writer) => keepAskedBack(writer, asked!.uid, 2))
  await exchangeAll()
  for (const register of [own, hers]) {
    expect(register.reader.all('SELECT title, in_force FROM plan ORDER BY title')).toEqual([
      { title: 'Target', in_force: 0 },
      { title: 'target 2', in_force: 1 },
    ])
  }
  // What is active is not removed, and a plan that its author had no right to make is in no table.
  decideIn(founder, { kind: 'plan.removed', client: 'acme', body: { planUid: his } })
  decideIn(anna, { kind: 'plan.deactivated', client: 'acme', body: { planUid: his } })
  decideIn(anna, { kind: 'plan.removed', client: 'acme', body: { planUid: second } })
  await team.grant(client, anna, 'reviewer')
  create(anna, 'Not allowed')
  await exchangeAll()
  expect(hers.reader.value("SELECT count(*) FROM plan WHERE title = 'Not allowed'")).toBe(0)
  expectAlike(own, hers)
})
