import { expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { readAccounts, seedTeam } from '../evidence/team-packs.ts'
import { findProblems } from '../../register/team/contents.ts'
import { refused } from '../seeded.ts'
import { FOUNDER } from '../team/memory-servers.ts'

/** The seeded connection was not added by a decision of the team. */
const isOfReview = (problem: object): boolean => !('table' in problem && problem.table === 'connection')

it('a review is signed by the member at one device and acknowledged by the member at another, and by no typed name', async () => {
  const { service: own, anna: other } = await seedTeam()
  const exchangeAll = async (): Promise<void> => {
    for (const { api } of [own, other, own]) await api.team.exchange()
  }
  const why = 'The test reads no provider.'
  const { reviewId, items } = await own.api.reviews.open({ kind: 'roles', client: 'acme', override: why })
  await exchangeAll()

  // The other device has not read the accounts yet, and shows the items once it has.
  const [there] = (await other.api.reviews.list({})).rows
  expect(there).toMatchObject({ state: 'open', items: 0, openedBy: FOUNDER.name })
  readAccounts(other)
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
    message: 'In a team, the member at this device signs and acknowledges: Mara Lind.',
  })
  await own.api.reviews.sign({ reviewId, as: ' mara lind ' })
  const { team, row } = await own.api.reviews.get({ reviewId })
  // The server has the founder's clock, which is months behind Anna's; what waits is not placed yet.
  const clocks = team?.clocks.map(({ kind, by }) => [kind, by])
  expect({ team: { ...team, clocks }, by: row.signed?.by }).toEqual({
    team: {
      member: FOUNDER.name,
      isSigner: true,
      waiting: 1,
      clocks: [['review.decided', 'Anna']],
    },
    by: FOUNDER.name,
  })
  expect(await refused(own.api.reviews.acknowledge({ reviewId, as: FOUNDER.name }))).toMatchObject({
    code: 'CONFLICT',
    message: 'Mara Lind signed the review.',
  })
  await exchangeAll()
  await other.api.reviews.acknowledge({ reviewId: there!.reviewId, as: 'Anna' })
  await exchangeAll()
  for (const { api } of [own, other]) {
    expect((await api.reviews.list({})).rows).toMatchObject([
      { state: 'acknowledged', signed: { by: FOUNDER.name }, acknowledged: { by: 'Anna' }, decided: items },
    ])
  }
  expect((await own.api.reviews.get({ reviewId })).team?.waiting).toBe(0)
  for (const { context } of [own, other]) expect(findProblems(makeRegister(context)).filter(isOfReview)).toEqual([])
})
