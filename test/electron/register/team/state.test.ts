import { createHash } from 'node:crypto'

import { expect, it } from 'vitest'

import { readState } from '../../../../electron/register/team/state.ts'
import type { Register } from '../../../../electron/register/register.ts'
import type { ExchangedKind } from '../../../../shared/team/rights.ts'
import { makeBody } from '../../../shared/team/bodies.ts'
import { newRegister } from '../registers.ts'

const LOG = '0199c0de-0000-7000-8000-000000000001'
const headOf = (text: string): Buffer => createHash('sha256').update(text).digest()

function openLog(): Register {
  const register = newRegister()
  register.transact((writer) =>
    writer.run("INSERT INTO team_log (log, kind, next, head, is_held) VALUES (?, 'client', 0, zeroblob(32), 1)", [LOG]),
  )
  return register
}

/** Places a batch of one operation at a position, as a device stores it. */
function place(register: Register, at: number, kind: ExchangedKind, reason: string | null = null, branch = ''): void {
  const head = headOf(`${branch}${at}`)
  register.transact((writer) => {
    writer.run(
      `INSERT INTO team_batch (log, at, before, device, member, class, box, signature, head, placed_by, placed_at)
       VALUES (?, ?, zeroblob(32), 'd', 'anna', 'ordinary', x'00', x'00', ?, 'anna', 0)`,
      [LOG, at, head],
    )
    const op = { uid: `${branch}${at}`, kind, at: 5, day: '2026-12-01', on: null, subject: 'x', body: makeBody(kind) }
    writer.run(
      `INSERT INTO team_operation (log, place, uid, hash, device, member, operation, seen, no_effect)
       VALUES (?, ?, ?, ?, 'd', 'anna', ?, -1, ?)`,
      [LOG, at * 512, op.uid, headOf(op.uid), JSON.stringify(op), reason],
    )
    writer.run('UPDATE team_log SET next = ?, head = ? WHERE log = ?', [at + 1, head, LOG])
  })
}

const hash = ({ reader }: Register): string | undefined => readState(reader, LOG)?.hash

it('the state of a log is null before this register has it', () => {
  expect(readState(newRegister().reader, LOG)).toBe(null)
})

it('the state that is continued is that of a register which reads the log at one time', () => {
  const [often, once] = [openLog(), openLog()]
  const kinds = ['client.added', 'policy.changed', 'budget.set', 'report.set', 'budget.cleared'] as const
  const seen = new Set<string | undefined>()
  kinds.forEach((kind, at) => {
    for (const register of [often, once]) place(register, at, kind)
    seen.add(hash(often))
  })
  expect(seen.size).toBe(kinds.length)
  expect(hash(once)).toBe(hash(often))
})

it('what has no effect is not in the state, and what waits is not either', () => {
  const [one, other] = [openLog(), openLog()]
  place(one, 0, 'client.added')
  place(one, 1, 'budget.set', 'no-right')
  place(other, 0, 'client.added')
  place(other, 1, 'report.set', 'no-right')
  other.transact((writer) =>
    writer.run("INSERT INTO team_waiting (log, uid, operation, seen) VALUES (?, 'w', '{}', -1)", [LOG]),
  )
  expect(hash(one)).toBe(hash(other))
})

it('the state is folded again where a history was left for another one', () => {
  const [register, fresh] = [openLog(), openLog()]
  place(register, 0, 'client.added')
  place(register, 1, 'budget.set')
  const left = hash(register)
  register.transact((writer) => {
    writer.run('DELETE FROM team_operation WHERE log = ? AND place >= 512', [LOG])
    writer.run('DELETE FROM team_batch WHERE log = ? AND at >= 1', [LOG])
  })
  place(register, 1, 'report.set', null, 'other ')
  place(fresh, 0, 'client.added')
  place(fresh, 1, 'report.set', null, 'other ')
  expect(hash(register)).not.toBe(left)
  expect(hash(register)).toBe(hash(fresh))
})
