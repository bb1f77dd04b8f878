import { describe, expect, it } from 'vitest'

import {
  journalFrom,
  lastPack,
  openingRow,
  reviewTerms,
  rosterMembers,
} from '../../../../electron/register/read/evidence.ts'
import { journal, type JournalEntry } from '../../../../electron/register/db/journal.ts'
import { ROSTERS, type Roster } from '../../../../shared/report/evidence-rosters.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { type Explained, explainingReader, nestedScans, scans } from '../explaining.ts'
import { federation } from '../findings/parts.ts'
import { grant, key, newConnection, newRegister, project, getReading, user } from '../registers.ts'

const entry = (over: Partial<JournalEntry>): JournalEntry => ({
  at: 1,
  operator: 'Mara',
  action: 'evidence.packed',
  client: 'acme',
  subject: 'Roles',
  body: {},
  ...over,
})

describe('what evidence reads from the register', () => {
  it('is read by an index', () => {
    const { reader } = newRegister()
    const plans: Explained[] = []
    const explaining = explainingReader(reader, plans)
    openingRow(explaining, { id: 1, client: 'acme', at: 1 })
    lastPack(explaining, 'acme')
    reviewTerms(explaining, 1)
    for (const roster of Object.keys(ROSTERS) as Roster[]) {
      rosterMembers(explaining, roster, { review: 1, connection: 1, sync: 1 })
    }
    journalFrom(explaining, 5).return?.()
    expect(plans.flatMap(scans)).toEqual([])
    expect(plans.flatMap(nestedScans)).toEqual([])
  })

  it('includes the last completed pack of this client', () => {
    const register = newRegister()
    const note = (over: Partial<JournalEntry>): void => void register.transact((writer) => journal(writer, entry(over)))
    expect(lastPack(register.reader, 'acme')).toBeNull()
    note({ body: { name: 'one', manifest: 'aa' }, at: 5 })
    note({ body: { name: 'other', manifest: 'bb' }, client: 'borealis' })
    expect(lastPack(register.reader, 'acme')).toEqual({ name: 'one', manifest: 'aa', at: 5 })
    note({ body: { name: 'two', manifest: 'cc' } })
    note({ body: { name: 'two', manifest: 'cc' }, action: 'evidence.packed.failed' })
    expect(lastPack(register.reader, 'acme')).toMatchObject({ name: 'one' })
  })

  it('includes the opening of this review among several at one moment', () => {
    const register = newRegister()
    for (const review of [1, 2]) {
      register.transact((writer) => journal(writer, entry({ action: 'review.opened', at: 9, body: { review } })))
    }
    const { reader } = register
    expect(openingRow(reader, { id: 2, client: 'acme', at: 9 })).toBe(2)
    expect(openingRow(reader, { id: 3, client: 'acme', at: 9 })).toBeNull()
    expect(openingRow(reader, { id: 2, client: 'borealis', at: 9 })).toBeNull()
  })

  it('has the account of a federation rule by its name as of the sync', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const read = (name: string): number => {
      const reading = getReading(connection, [
        { source: 'service-accounts', facts: [user('ci', { kind: 'service-account', name, email: null })] },
        { source: 'federation-rules', facts: [federation()] },
      ])
      return register.transact((writer) => applyReading(writer, reading).syncId)
    }
    const sync = read('deploy')
    read('renamed')
    const [rule] = rosterMembers(register.reader, 'federation-rules', { review: 1, connection, sync })
    expect(rule?.role).toBe('workloads of the repository acme/web on the branch main (GitHub Actions) as deploy')
  })

  it('includes every roster as of a sync, whatever was read since', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const owner = { roleRaw: 'owner', level: 'owner' } as const
    const parts = [
      { source: 'projects' as const, facts: [project('old', { status: 'archived' }), project('proj_a')] },
      { source: 'users' as const, facts: [user('u1', owner), grant('u1', null, owner), user('u2')] },
      { source: 'project-keys' as const, project: 'proj_a', facts: [key('key_1')] },
      { source: 'admin-keys' as const, facts: [key('key_2', { kind: 'admin', project: null })] },
    ]
    const read = (of: typeof parts): number =>
      register.transact((writer) => applyReading(writer, getReading(connection, of)).syncId)
    const first = read(parts)
    const second = read(parts.map((part) => ({ ...part, facts: [] })))
    const idsAt = (sync: number): Readonly<Record<string, readonly string[]>> =>
      Object.fromEntries(
        (Object.keys(ROSTERS) as Roster[]).map((roster) => [
          roster,
          rosterMembers(register.reader, roster, { review: 1, connection, sync }).map(({ externalId }) => externalId),
        ]),
      )
    const none = Object.fromEntries(Object.keys(ROSTERS).map((roster) => [roster, []]))
    expect(idsAt(first)).toEqual({
      ...none,
      users: ['u1', 'u2'],
      administrators: ['u1'],
      keys: ['key_1'],
      'admin-keys': ['key_2'],
      'archived-projects': ['old'],
    })
    expect(idsAt(second)).toEqual(none)
  })
})
