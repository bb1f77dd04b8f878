import { expect, it } from 'vitest'

import { OWN_FIGURES } from '../../../../electron/register/team-log/figures.ts'
import {
  countWaiting,
  LIST_CLOCKS,
  LIST_READINGS,
  LIST_VOID,
  listVoidEntries,
} from '../../../../electron/register/team-log/summary.ts'
import { PLACED_AT } from '../../../../electron/register/team-log/placed.ts'
import { LIST_CLOCKS_OF_REVIEW } from '../../../../electron/register/team-log/review-authors.ts'
import { AGENCY_STREAM, nameFacts } from '../../../../electron/register/team-log/streams.ts'
import { newRegister } from '../registers.ts'

const [OWN, OTHER] = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002']

/** A register with void entries of one stream, by their devices and reasons. */
function registerWith(entries: readonly (readonly [string, string])[]) {
  const register = newRegister()
  register.transact((writer) => {
    writer.run("INSERT INTO team_stream (stream, head, next, floor) VALUES ('s', zeroblob(32), ?, 0)", [entries.length])
    for (const [seq, [device, reason]] of entries.entries()) {
      writer.run(
        `INSERT INTO team_entry (stream, seq, op, device, device_seq, generation, opset, team_seq, op_hash, signature, sealed,
           is_counted, void_reason) VALUES ('s', ?, ?, ?, ?, 1, 1, 0, zeroblob(32), zeroblob(64), x'', 0, ?)`,
        [seq, `op ${seq}`, device, seq, reason],
      )
    }
  })
  return register
}

it('own entries without effect come first, however many others placed after them', () => {
  const junk = Array.from({ length: 60 }, () => [OTHER, 'unreadable'] as const)
  const { reader } = registerWith([[OWN, 'not-allowed'], [OWN, 'fence'], ...junk, [OWN, 'not-signed'], [OWN, 'exists']])
  const found = listVoidEntries(reader, OWN, 50).map(({ entry, own }) => [entry.seq, own])
  // One that the device did not sign is not its own, and a fence decides nothing on purpose.
  expect(found).toEqual([
    [63, true],
    [0, true],
    [62, false],
    ...Array.from({ length: 47 }, (_, at) => [61 - at, false]),
  ])
})

it.each(Object.entries(LIST_VOID))('entries without effect are read in the order of their index: %s', (_, sql) => {
  const { reader } = registerWith([])
  const plan = reader.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, { device: OWN, most: 50 })
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('INDEX team_entry_void')])
})

it('readings are read in the order of their index', () => {
  const { reader } = registerWith([])
  const plan = reader.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${LIST_READINGS}`, { most: 50 })
  expect(plan.map(({ detail }) => detail).join(' ')).toContain('INDEX team_entry_reading')
})

it('entries that a wrong clock decided are read in the order of their index', () => {
  const { reader } = registerWith([])
  const plan = reader.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${LIST_CLOCKS}`, { most: 50 })
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('INDEX team_entry_clock')])
})

it('what a wrong clock decided about a review is read by the review', () => {
  const { reader } = registerWith([])
  const plan = reader.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${LIST_CLOCKS_OF_REVIEW}`, ['r'])
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringContaining('INDEX team_entry_clock_of_review'),
    expect.stringContaining('SEARCH j USING INTEGER PRIMARY KEY'),
  ])
})

it('the time at which an entry was placed is read by its position', () => {
  const { reader } = registerWith([])
  const plan = reader.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${PLACED_AT}`, ['s', 0])
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('(stream=? AND seq=?)')])
})

it('the figures of all clients read clients and connections once, and their syncs and reviews by an index', () => {
  const { reader } = registerWith([])
  const plan = reader.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${OWN_FIGURES}`)
  const whole = plan.flatMap(({ detail }) => (detail.startsWith('SCAN') ? [detail] : []))
  expect(whole).toEqual(['SCAN n USING INDEX connection_by_client', 'SCAN c'])
})

it('what waits is counted by stream, the agency’s under its uid', () => {
  const register = registerWith([])
  register.transact((writer) => {
    for (const [op, stream] of ['c', AGENCY_STREAM, 'c', nameFacts('c'), nameFacts('d')].entries()) {
      writer.run('INSERT INTO team_pending (stream, op, operation) VALUES (?, ?, ?)', [stream, `op ${op}`, '{}'])
    }
  })
  expect([...countWaiting(register.reader, 'uid')]).toEqual([
    ['uid', 1],
    ['c', 3],
    ['d', 1],
  ])
})
