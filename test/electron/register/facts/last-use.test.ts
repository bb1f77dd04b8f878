import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { listMemberships } from '../../../../electron/register/people/memberships.ts'
import { personIds, personRows } from '../../../../electron/register/people/people.ts'
import { itemIds, itemRows } from '../../../../electron/register/reviews/items.ts'
import { openReview } from '../reviews/open-review.ts'
import { owner } from '../findings/parts.ts'
import { getReading, newConnection, newRegister } from '../registers.ts'

const AT = Date.UTC(2026, 10, 1, 12)
const TODAY = '2026-11-01'

it('the last use of an account is not the one that its provider reports in part', () => {
  const register = newRegister()
  // Anthropic reports when people last used Claude Code, and nothing else of what they do.
  const inPart = newConnection(register, 'acme', 'anthropic')
  const inFull = newConnection(register, 'acme', 'openai')
  const [early, late] = [AT - 2000, AT - 1000]
  const items = register.transact((writer) => {
    const read = (id: number, ...facts: readonly ReturnType<typeof owner>[]) =>
      applyReading(writer, getReading(id, [{ source: 'users', facts: facts.flat() }], AT))
    read(
      inPart,
      owner('ann', 'ann@acme.example', late),
      owner('bob', 'bob@acme.example', late),
      owner('cy', 'cy@acme.example', early),
    )
    read(inFull, owner('ann', 'ann@acme.example', early), owner('cy', 'cy@acme.example', late))
    const reviewId = openReview(writer, { clientId: 1, kind: 'admins', at: AT, today: TODAY })
    return itemRows(writer, itemIds(writer, reviewId, { sort: { by: 'position', direction: 'asc' } }), AT)
  })
  expect(items.map(({ name, facts }) => [name, facts.connection.provider, facts.lastUse])).toEqual([
    ['ann', 'anthropic', { state: 'not-reported' }],
    ['bob', 'anthropic', { state: 'not-reported' }],
    ['cy', 'anthropic', { state: 'not-reported' }],
    ['ann', 'openai', { state: 'known', at: early }],
    ['cy', 'openai', { state: 'known', at: late }],
  ])
  const { reader } = register
  const ids = personIds(reader, { sort: { by: 'last-used', direction: 'desc' } }, { now: AT, today: TODAY })
  const rows = personRows(reader, ids, {}, { now: AT, today: TODAY })
  expect(rows.map(({ name, lastUsedAt, knownUseAt }) => [name, lastUsedAt, knownUseAt])).toEqual([
    // A newer use is known than the last one that is reported: it is not the last one.
    ['ann', null, late],
    ['bob', null, late],
    ['cy', late, null],
  ])
  expect(
    listMemberships(reader, ids[0] ?? 0, {}).map(({ lastUsedAt, knownUseAt }) => [lastUsedAt, knownUseAt]),
  ).toEqual([
    [null, late],
    [early, null],
  ])
})
