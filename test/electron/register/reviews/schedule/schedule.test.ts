import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../../electron/register/apply/apply.ts'
import type { Register } from '../../../../../electron/register/register.ts'
import { schedule } from '../../../../../electron/register/reviews/schedule/schedule.ts'
import type { Day } from '../../../../../shared/domain/day.ts'
import { grant, key, newConnection, newRegister, getReading, user } from '../../registers.ts'

/** Noon, so that the test machine's time zone does not change the day. */
const at = (day: Day): number => Date.parse(`${day}T12:00:00Z`)

interface Employment {
  readonly status: 'employed' | 'leave' | 'departed'
  readonly endsOn?: Day
  readonly reportedOn: Day
}

/** Acme with one user who owns a key, and the HR data about the user. */
function employing({ status, endsOn, reportedOn }: Employment): Register {
  const register = newRegister()
  const connectionId = newConnection(register)
  register.transact((writer) => {
    const owned = key('key_1', {
      ownerState: 'known',
      owner: { externalId: 'ann', kind: 'user', name: 'Ann', email: 'ann@acme.example' },
    })
    const parts = [
      { source: 'users', facts: [user('ann')] },
      { source: 'project-keys', project: 'proj_a', facts: [owned] },
    ] as const
    applyReading(writer, getReading(connectionId, parts, at('2026-01-05')))
    writer.run(
      `INSERT INTO employment (person_id, name, status, ends_on, source, reported_at, departure_reported_at)
       SELECT id, name, ?, ?, 'people.csv', ?, ? FROM person`,
      [status, endsOn ?? null, at(reportedOn), status === 'departed' ? at(reportedOn) : null],
    )
  })
  return register
}

const departed = (register: Register, today: Day) => {
  const found = schedule(register.reader, {}, { now: at(today), today }).find(({ row }) => row.kind === 'departed')
  return [found?.row.dueOn, found?.row.overdue]
}

describe('a review of people who have left is due', () => {
  it.each<readonly [string, Employment, Day, readonly [Day | null, boolean]]>([
    ['not while they are employed', { status: 'employed', reportedOn: '2026-03-01' }, '2026-03-02', [null, false]],
    ['not while they are on leave', { status: 'leave', reportedOn: '2026-03-01' }, '2026-03-02', [null, false]],
    [
      'on the day on which it is reported',
      { status: 'departed', reportedOn: '2026-03-01' },
      '2026-03-01',
      ['2026-03-01', false],
    ],
    ['and overdue the day after', { status: 'departed', reportedOn: '2026-03-01' }, '2026-03-02', ['2026-03-01', true]],
    [
      'not on their last day',
      { status: 'employed', endsOn: '2026-03-10', reportedOn: '2026-03-01' },
      '2026-03-10',
      [null, false],
    ],
    [
      'the day after their last day',
      { status: 'employed', endsOn: '2026-03-10', reportedOn: '2026-03-01' },
      '2026-03-11',
      ['2026-03-11', false],
    ],
    [
      'when it is reported, where the last day was earlier',
      { status: 'employed', endsOn: '2026-02-10', reportedOn: '2026-03-01' },
      '2026-03-01',
      ['2026-03-01', false],
    ],
    [
      'when it is reported, although the last day is in the future',
      { status: 'departed', endsOn: '2026-03-10', reportedOn: '2026-03-01' },
      '2026-03-01',
      ['2026-03-01', false],
    ],
  ])('%s', (_, employment, today, expected) => {
    expect(departed(employing(employment), today)).toEqual(expected)
  })

  it('as long as an account or a usable key exists', () => {
    const register = employing({ status: 'departed', reportedOn: '2026-03-01' })
    const tell = (status: string, users: readonly string[]): void => {
      register.transact((writer) => {
        const owned = key('key_1', {
          status,
          ownerState: 'known',
          owner: { externalId: 'ann', kind: 'user', name: 'Ann', email: 'ann@acme.example' },
        })
        const parts = [
          { source: 'users', facts: users.map((id) => user(id)) },
          { source: 'project-keys', project: 'proj_a', facts: [owned] },
        ] as const
        applyReading(writer, getReading(1, parts, at('2026-03-02')))
      })
    }
    tell('active', [])
    expect(departed(register, '2026-03-02')).toEqual(['2026-03-01', true])
    tell('archived', [])
    expect(departed(register, '2026-03-02')).toEqual([null, false])
    tell('archived', ['ann'])
    expect(departed(register, '2026-03-02')).toEqual(['2026-03-01', true])
  })
})

it('counts from the first complete or partial sync, and not before', () => {
  const register = newRegister()
  const connectionId = newConnection(register)
  const dues = (): unknown[] =>
    schedule(register.reader, { client: 'acme' }, { now: at('2026-06-01'), today: '2026-06-01' }).map(
      ({ row }) => row.dueOn,
    )
  expect(dues()).toEqual([null, null, null, null, null])
  const read = (day: Day, state: 'failed' | 'complete'): void => {
    register.transact((writer) =>
      applyReading(writer, getReading(connectionId, [{ source: 'users', state, facts: [user('ann')] }], at(day))),
    )
  }
  read('2026-01-01', 'failed')
  expect(dues()).toEqual([null, null, null, null, null])
  read('2026-01-31', 'complete')
  read('2026-05-01', 'complete')
  expect(dues().filter((day) => day !== null)).toEqual(['2026-02-28', '2026-02-28', '2026-04-30', '2026-04-30'])
})

it('counts from the oldest last review of current people, until a review of its kind was signed', () => {
  const register = newRegister()
  const connectionId = newConnection(register)
  register.transact((writer) => {
    const owner = user('ann', { roleRaw: 'owner', level: 'owner' })
    const facts = [owner, grant('ann', null, { roleRaw: 'owner', level: 'owner' }), user('ben'), user('cem')]
    applyReading(writer, getReading(connectionId, [{ source: 'users', facts }], at('2026-01-31')))
    const set = writer.prepare('UPDATE principal SET last_reviewed_on = ? WHERE external_id = ?')
    set(['2025-11-30', 'ann'])
    set(['2025-01-01', 'ben'])
  })
  const dues = (): Record<string, unknown> =>
    Object.fromEntries(
      schedule(register.reader, {}, { now: at('2026-02-01'), today: '2026-02-01' }).map(({ row }) => [
        row.kind,
        [row.dueOn, row.overdue],
      ]),
    )
  expect(dues()).toMatchObject({
    admins: ['2025-12-30', true],
    roles: ['2025-04-01', true],
    membership: ['2025-04-01', true],
    keys: ['2026-02-28', false],
  })
})
