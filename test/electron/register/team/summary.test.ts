import { expect, it } from 'vitest'

import { OWN_FIGURES } from '../../../../electron/register/team/figures.ts'
import { AGENCY } from '../../../../electron/register/team/logs.ts'
import { LIST_CLOCKS_OF_REVIEW } from '../../../../electron/register/team/review-authors.ts'
import {
  countWaiting,
  CLOCKS,
  listClockMarks,
  listNoEffect,
  WITHOUT_EFFECT,
} from '../../../../electron/register/team/summary.ts'
import { addWaiting } from '../../../../electron/register/team/waiting.ts'
import { newRegister } from '../registers.ts'
import { addWaitingNote, decideIn, foundClientTeam } from './registers.ts'

const [OWN, OTHER] = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002']

/** A register with operations of one log that have no effect, by their devices and reasons. */
function registerWith(operations: readonly (readonly [string, string])[]) {
  const register = newRegister()
  register.transact((writer) => {
    for (const [place, [device, reason]] of operations.entries()) {
      writer.run(
        `INSERT INTO team_operation (log, place, uid, hash, device, member, operation, seen, no_effect)
         VALUES ('l', ?, ?, zeroblob(32), ?, 'm', '{}', -1, ?)`,
        [place * 512, `op ${place}`, device, reason],
      )
    }
  })
  return register
}

it('own operations without effect come first, however many others placed after them', () => {
  const junk = Array.from({ length: 60 }, () => [OTHER, 'not-an-operation'] as const)
  const { reader } = registerWith([[OWN, 'no-right'], [OWN, 'dropped'], ...junk, [OWN, 'precondition']])
  const found = listNoEffect(reader, OWN, 50).map(({ at, device }) => [at, device === OWN])
  // What its author gave up is not listed.
  expect(found).toEqual([[62, true], [0, true], ...Array.from({ length: 48 }, (_, n) => [61 - n, false])])
})

it('what has no effect, and what a wrong clock decided, is read in the order of its index', () => {
  const { reader } = registerWith([])
  const plan = (sql: string, params: object): string =>
    reader
      .all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params as never)
      .map(({ detail }) => detail)
      .join('; ')
  for (const sql of WITHOUT_EFFECT.flat())
    expect(plan(sql, { device: OWN, most: 50 })).toMatch(/^SCAN \w USING INDEX team_\w+_no_effect$/u)
  expect(plan(CLOCKS, { most: 50 })).toMatch(/^SCAN team_operation USING INDEX team_operation_clock$/u)
  expect(plan(LIST_CLOCKS_OF_REVIEW, ['r'] as never)).not.toContain('SCAN')
})

it('the figures of all clients read clients and connections once, and their syncs and reviews by an index', () => {
  const { reader } = registerWith([])
  const plan = reader.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${OWN_FIGURES}`)
  const whole = plan.flatMap(({ detail }) => (detail.startsWith('SCAN') ? [detail] : []))
  expect(whole).toEqual(['SCAN n USING INDEX connection_by_client', 'SCAN c'])
})

it('what waits is counted by log, and what its author is asked about is not', async () => {
  const { founder, own, client, exchangeAll } = await foundClientTeam()
  await exchangeAll()
  const agency = founder.store.logs().find(({ kind }) => kind === 'agency')!.log
  addWaitingNote(founder, client, 'One')
  addWaitingNote(founder, client, 'Two')
  own.transact((writer) => {
    addWaiting(writer, AGENCY, { kind: 'policy.changed', at: 1, subject: 'x', body: { v: 1, values: null } })
    writer.run("UPDATE team_waiting SET asked = 'decided-meanwhile' WHERE operation ->> '$.body.note' = 'Two'")
  })
  expect(countWaiting(own.reader)).toEqual(
    new Map([
      [agency, 1],
      [client, 1],
    ]),
  )
})

it('what a clock decided that was a day ahead is marked on every device, with both times', async () => {
  const { team, founder, anna, exchangeAll } = await foundClientTeam()
  await exchangeAll()
  team.world.now = 1_000_000
  const day = 86_400_000
  decideIn(
    anna,
    { kind: 'today.noted', client: 'acme', body: { entry: 'connection', note: 'Ahead' } },
    team.world.now + day,
  )
  await anna.exchange()
  await founder.exchange()
  const marks = [founder, anna].map(({ register }) => listClockMarks(register.reader, 9))
  for (const [mark] of marks) expect(mark).toMatchObject({ member: anna.member, placedAt: 1_000_000, clockMs: day })
  expect(marks[0]).toEqual(marks[1])
})
