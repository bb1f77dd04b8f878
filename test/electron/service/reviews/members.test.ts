import { expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { settleReviews } from '../../../../electron/register/team/take-review.ts'
import { createSalt } from '../../../../electron/team/compose-entry.ts'
import { findProblems } from '../../register/team/contents.ts'
import { belong, foundRegisterTeam } from '../../register/team/registers.ts'
import { crypto, nextUuid } from '../../team/world.ts'
import { refused, seeded } from '../seeded.ts'
import { newService } from '../services.ts'

/** The seeded connection was not added by a decision of the team. */
const isOfReview = (problem: object): boolean => !('table' in problem && problem.table === 'connection')

/** A seeded profile and an empty one that are devices of two members of a team, and share the client acme. */
async function setUp() {
  const { service: own } = await seeded()
  const other = await newService()
  const [ownRegister, otherRegister] = [makeRegister(own.context), makeRegister(other.context)]
  const left = [ownRegister, otherRegister]
  const { team } = await foundRegisterTeam(() => left.shift()!)
  const anna = await team.join('anna')
  const { reader } = ownRegister
  const client = await team.openClient(reader.value<string>("SELECT uid FROM client WHERE slug = 'acme'"))
  await team.grant(client, anna, 'lead')
  const added = { name: 'Acme', kind: 'client', colour: '#117733', domains: [], notes: '' }
  const op = { salt: createSalt(crypto), at: 0, day: '2026-04-01', basis: -1, subject: 'Acme', slug: 'acme' }
  const body = { v: 1, clientUid: client, ...added }
  team.founder.replica.wait(client, { uid: nextUuid(), op: { ...op, kind: 'client.added', body } })
  const connectionUid = reader.value<string>(
    "SELECT n.uid FROM connection n JOIN client c ON c.id = n.client_id WHERE c.slug = 'acme'",
  )
  const described = { provider: 'openai', platform: null, organizationId: null, label: 'Acme', baseUrl: null }
  team.founder.decide(client, 'connection.added', { v: 1, connectionUid, ...described, access: 'read-only' })
  const exchangeAll = async (): Promise<void> => {
    for (const one of [team.founder, anna, team.founder]) expect((await one.exchange()).stopped).toEqual([])
  }
  await exchangeAll()
  belong(ownRegister, team, team.founder, 'Founder')
  belong(otherRegister, team, anna, 'anna')
  return { own, other, ownRegister, otherRegister, exchangeAll }
}

it('a review is signed by the member at one device and acknowledged by the member at another, and by no typed name', async () => {
  const { own, other, ownRegister, otherRegister, exchangeAll } = await setUp()
  const why = 'The test reads no provider.'
  const { reviewId, items } = await own.api.reviews.open({ kind: 'roles', client: 'acme', override: why })
  await exchangeAll()

  // The other device has not read the accounts yet, and shows the items once it has.
  const [there] = (await other.api.reviews.list({})).rows
  expect(there).toMatchObject({ state: 'open', items: 0, openedBy: 'Founder' })
  otherRegister.transact((writer) => {
    for (const account of ['u1', 'u2', 'b1']) {
      writer.run("INSERT INTO principal (connection_id, external_id, kind) VALUES (1, ?, 'user')", [account])
    }
    writer.run("INSERT INTO project (connection_id, external_id) VALUES (1, 'proj_a')")
    settleReviews(writer, new Set())
  })
  expect(items).toBeGreaterThan(0)
  expect((await other.api.reviews.list({})).rows).toMatchObject([{ items }])

  const { batch } = await other.api.reviews.decide({ reviewId: there!.reviewId, items: {}, decision: 'keep', why })
  await exchangeAll()
  expect(await refused(own.api.reviews.undo({ reviewId, batch: 1 }))).toMatchObject({
    code: 'CONFLICT',
    message: 'Another member made these decisions.',
  })
  expect(batch).toBe(1)
  expect(await refused(own.api.reviews.sign({ reviewId, as: 'Priya' }))).toMatchObject({
    code: 'INVALID',
    message: 'In a team, the member at this device signs and acknowledges: Founder.',
  })
  await own.api.reviews.sign({ reviewId, as: ' founder ' })
  const { team, row } = await own.api.reviews.get({ reviewId })
  // The server of this test has the year 1970, so each clock is ahead of it; what waits is not placed yet.
  const clocks = team?.clocks.map(({ kind, by }) => [kind, by])
  expect({ team: { ...team, clocks }, by: row.signed?.by }).toEqual({
    team: {
      member: 'Founder',
      isSigner: true,
      waiting: 1,
      clocks: [
        ['review.opened', 'Founder'],
        ['review.decided', 'anna'],
      ],
    },
    by: 'Founder',
  })
  expect(await refused(own.api.reviews.acknowledge({ reviewId, as: 'Founder' }))).toMatchObject({
    code: 'CONFLICT',
    message: 'Founder signed the review.',
  })
  await exchangeAll()
  await other.api.reviews.acknowledge({ reviewId: there!.reviewId, as: 'anna' })
  await exchangeAll()
  for (const { api } of [own, other]) {
    expect((await api.reviews.list({})).rows).toMatchObject([
      { state: 'acknowledged', signed: { by: 'Founder' }, acknowledged: { by: 'anna' }, decided: items },
    ])
  }
  expect((await own.api.reviews.get({ reviewId })).team?.waiting).toBe(0)
  for (const register of [ownRegister, otherRegister]) expect(findProblems(register).filter(isOfReview)).toEqual([])
})
