import { createHash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'

import { expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import { listItemRuns } from '../../../../electron/register/rows/review-items.ts'
import { addWaiting } from '../../../../electron/register/team/waiting.ts'
import { contents, findProblems } from './contents.ts'
import { foundClientTeam } from './registers.ts'

const MOST = 2_000_000
const POLICY = '{"policy":{}}\n'

it('a review whose lines are not its items has none on any device, decides nothing however many are named, and can be cancelled', async () => {
  const { team, anna, client, own, exchangeAll } = await foundClientTeam()
  const ben = await team.join('ben')
  await team.grant(client, ben, 'operator')
  await exchangeAll()
  let at = 1
  /** What a changed program of Anna's places. */
  const place = (kind: string, body: object): void => {
    at += 1
    anna.register.transact((writer) =>
      addWaiting(writer, client, { kind, at, subject: 'Roles', body: { v: 1, ...body } }),
    )
  }
  const open = (n: number, items: number, text: string): string => {
    const reviewUid = createUid(n)
    place('review.opened', {
      reviewUid,
      kind: 'roles',
      dueOn: '2026-12-31',
      previousUid: null,
      flagged: 0,
      items,
      population: createHash('sha256').update(text).digest('hex'),
      pieces: [{ inline: zstdCompressSync(text).toString('base64') }],
    })
    return reviewUid
  }
  const decide = (reviewUid: string, n: number): void =>
    place('review.decided', {
      reviewUid,
      batchUid: createUid(n),
      positions: [[1, MOST]],
      decision: 'keep',
      self: [[1, MOST]],
    })
  const first = open(1, MOST, POLICY)
  for (let n = 10; n < 40; n += 1) decide(first, n)
  place('review.withdrawn', { reviewUid: first, why: 'Junk', items: 0, decided: 0 })
  open(2, 3, 'no line of a review')
  await exchangeAll()
  await ben.exchange()
  const his = ben.register
  for (const register of [own, his]) {
    expect(register.reader.all('SELECT state FROM review ORDER BY id')).toEqual([
      { state: 'withdrawn' },
      { state: 'open' },
    ])
    expect(register.reader.value('SELECT count(*) FROM review_item')).toBe(0)
    expect(register.reader.all('SELECT DISTINCT size, positions, self FROM review_batch')).toEqual([
      { size: MOST, positions: `[[1,${MOST}]]`, self: `[[1,${MOST}]]` },
    ])
    expect(findProblems(register)).toEqual([])
  }
  expect(contents(his)).toEqual(contents(own))
})

it('a batch about more items than a register has is about those that it has, without a list of each', () => {
  const batch = {
    id: 1,
    uid: 'b',
    review: 'r',
    begun_at: null,
    decided_at: 1,
    decided_by: 'm',
    decision: 'keep',
  } as const
  const rest = { change_to: null, why: null, until: null, size: MOST, undone_at: null } as const
  const runs = listItemRuns([{ ...batch, ...rest, positions: [[1, MOST]], self: [] }], [[1, 3]])
  expect(runs).toEqual([{ first: 1, last: 3, decided: expect.objectContaining({ batch: 1, self_review: 0 }) }])
})
