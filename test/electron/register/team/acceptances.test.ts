import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { newBriefRegister } from '../registers.ts'
import { contents, findProblems } from './contents.ts'
import {
  addClient,
  addConnection,
  decideIn,
  expectWhole,
  foundRegisterTeam,
  type Laptop,
  readOnly,
} from './registers.ts'
import { findDays, readDays } from './risk-acceptances.ts'

const [SOON, LATER, LAST] = ['2027-01-01', '2027-03-01', '2027-06-01'] as const

type Name = 'Founder' | 'anna' | 'ben'
const NAMES: readonly Name[] = ['Founder', 'anna', 'ben']

/** Three members of one client with one connection. */
async function setUp() {
  const team = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const laptops = { Founder: team.founder, anna: await team.join('anna'), ben: await team.join('ben') }
  const client = await team.openClient()
  const connection = createUid(1)
  const device = (name: Name): Laptop => laptops[name]
  addClient(team.founder, client, 'acme')
  addConnection(team.founder, 'acme', connection)
  for (const name of ['anna', 'ben'] as const) await team.grant(client, laptops[name], 'lead')
  for (const name of NAMES) await laptops[name].exchange()
  let at = 0
  return {
    team,
    client,
    device,
    /** Accepts the risk of a finding until a day; null ends the acceptance. A finding is another one by its cause. */
    decide: (name: Name, finding: number, until: string | null): void => {
      const about = { rule: 'stale-key', connection: 'Acme', cause: String(finding) }
      const findingNamed = {
        connectionUid: connection,
        rule: 'stale-key',
        kind: 'connection' as const,
        externalId: null,
      }
      at += 1
      const kind = until === null ? ('finding.reopened' as const) : ('finding.accepted' as const)
      const given = until === null ? {} : { says: 'x', until, reason: `${name} ${at}` }
      const body = { ...about, findingNamed, ...given }
      decideIn(device(name), { kind, client: 'acme', body }, at)
    },
    exchangeAll: async (): Promise<void> => {
      for (const name of [...NAMES, 'Founder', 'anna'] as const)
        expectWhole(await laptops[name].exchange(), laptops[name])
    },
    /** What each register has of a finding. */
    held: (finding: number): readonly unknown[] =>
      NAMES.map((name) =>
        device(name).register.reader.value(`SELECT until || ' ' || accepted_by FROM acceptance WHERE cause = ?`, [
          String(finding),
        ]),
      ),
  }
}

const alike = (what: string | undefined): readonly unknown[] => NAMES.map(() => what)

it('of acceptances whose authors had not seen each other the shorter holds on every device, and one whose author had seen the other replaces it', async () => {
  const { team, client, decide, device, held, exchangeAll } = await setUp()
  const orders = [
    ['anna', 'ben'],
    ['ben', 'anna'],
  ] as const
  for (const [n, order] of orders.entries()) {
    decide('anna', n, LATER)
    decide('ben', n, SOON)
    for (const name of order) await device(name).exchange()
    await exchangeAll()
    expect(held(n)).toEqual(alike(`${SOON} ben`))
  }
  // What waits counts with what is placed, before it is placed itself.
  decide('anna', 2, SOON)
  decide('ben', 2, LATER)
  await device('anna').exchange()
  await readOnly(device('ben'))
  expect(held(2)).toEqual([undefined, `${SOON} anna`, `${SOON} anna`])
  await exchangeAll()
  expect(held(2)).toEqual(alike(`${SOON} anna`))
  // With both in sight, a member decides on a later day.
  decide('ben', 2, LAST)
  await exchangeAll()
  expect(held(2)).toEqual(alike(`${LAST} ben`))
  // Of one member the later decision holds, and of two with one day the one that is placed later.
  decide('anna', 3, SOON)
  decide('anna', 3, LATER)
  decide('ben', 3, LATER)
  await device('ben').exchange()
  await exchangeAll()
  expect(held(3)).toEqual(alike(`${LATER} anna`))
  // The author of the third had seen the first only: the second, which neither of the others had seen, goes on to bound it.
  decide('anna', 4, SOON)
  decide('ben', 4, LATER)
  await device('anna').exchange()
  decide('anna', 4, LAST)
  await device('ben').exchange()
  await exchangeAll()
  expect(held(4)).toEqual(alike(`${LATER} ben`))
  // One that has no effect, since its author lost the role, bounds none.
  decide('anna', 5, LATER)
  decide('ben', 5, SOON)
  await device('anna').exchange()
  await team.grant(client, device('ben'), 'reviewer')
  await exchangeAll()
  expect(held(5)).toEqual(alike(`${LATER} anna`))
  for (const name of NAMES) expect(findProblems(device(name).register)).toEqual([])
})

it('the end of an acceptance holds against an acceptance whose author had not seen it, in either order, and not against one whose author had', async () => {
  const { decide, device, held, exchangeAll } = await setUp()
  const orders = [
    ['anna', 'ben'],
    ['ben', 'anna'],
  ] as const
  for (const [n, order] of orders.entries()) {
    decide('Founder', n, SOON)
    await exchangeAll()
    decide('anna', n, null)
    decide('ben', n, LATER)
    for (const name of order) await device(name).exchange()
    await exchangeAll()
    expect(held(n)).toEqual(alike(undefined))
    decide('ben', n, LATER)
    await exchangeAll()
    expect(held(n)).toEqual(alike(`${LATER} ben`))
  }
  // A member ends the shorter of two whose authors had not seen each other: neither holds, since the end had seen both.
  decide('anna', 2, SOON)
  decide('ben', 2, LATER)
  await exchangeAll()
  decide('anna', 2, null)
  await exchangeAll()
  expect(held(2)).toEqual(alike(undefined))
  // The same before its author had seen the longer one: nothing is accepted that a member ended.
  decide('anna', 3, SOON)
  decide('ben', 3, LATER)
  decide('anna', 3, null)
  await exchangeAll()
  expect(held(3)).toEqual(alike(undefined))
  for (const name of NAMES) expect(findProblems(device(name).register)).toEqual([])
})

it('in any order of decisions and exchanges, each register has the day that follows from what it holds and what waits there', async () => {
  const { client, decide, device, exchangeAll } = await setUp()
  const name = fc.constantFrom(...NAMES)
  const until = fc.constantFrom(SOON, LATER, LAST, null)
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constant('decide'), name, fc.nat(1), until) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('exchange'), name, fc.nat(1), fc.constant(null)) },
  )
  const expectDays = (): void => {
    for (const laptop of NAMES.map(device)) {
      const days = findDays(laptop, client)
      expect(readDays(laptop.register, days.keys())).toEqual(days)
    }
  }
  let findings = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      findings += 2
      for (const [what, by, n, day] of steps) {
        if (what === 'decide') decide(by, findings + n, day)
        else await device(by).exchange()
        expectDays()
      }
      await exchangeAll()
      expectDays()
    }),
    { numRuns: 8, seed: 16, endOnFailure: true },
  )
  const [first, ...others] = NAMES.map((each) => device(each).register)
  for (const other of others) expect(contents(other)).toEqual(contents(first!))
  for (const register of [first!, ...others]) expect(findProblems(register)).toEqual([])
})
