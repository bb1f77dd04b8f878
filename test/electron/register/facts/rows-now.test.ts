import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { getReading, key, newConnection, newRegister, type Part, project, user } from '../registers.ts'

/** Ann, the old project and the second key are renamed at the second sync, and removed at the third. */
function makeRegister(): Register {
  const register = newRegister()
  const connection = newConnection(register, 'acme')
  const apply = (parts: readonly Part[]): void =>
    void register.transact((writer) => applyReading(writer, getReading(connection, parts)))

  apply([
    { source: 'projects', facts: [project('web', { name: 'Web' }), project('old', { name: 'Old' })] },
    { source: 'users', facts: [user('ann', { name: 'Ann' }), user('bob', { name: '', email: 'bob@acme.test' })] },
    {
      source: 'project-keys',
      project: 'web',
      facts: [key('k1', { name: 'prod-web', project: 'web' }), key('k2', { name: 'first', project: 'web' })],
    },
  ])
  apply([
    { source: 'projects', facts: [project('web', { name: 'Web' }), project('old', { name: 'Older' })] },
    {
      source: 'users',
      facts: [user('ann', { name: 'Anna' }), user('bob', { name: '', email: 'bob@acme.test' })],
    },
    {
      source: 'project-keys',
      project: 'web',
      facts: [key('k1', { name: 'prod-web', project: 'web' }), key('k2', { name: 'second', project: 'web' })],
    },
  ])
  apply([
    { source: 'projects', facts: [project('web', { name: 'Web' })] },
    { source: 'users', facts: [user('bob', { name: '', email: 'bob@acme.test' })] },
    { source: 'project-keys', project: 'web', facts: [key('k1', { name: 'prod-web', project: 'web' })] },
  ])
  return register
}

const listNames = (register: Register, view: string, column = 'name'): unknown =>
  register.reader
    .all<{ readonly id: string; readonly named: string }>(
      `SELECT external_id AS id, ${column} AS named FROM ${view} ORDER BY external_id, ${column}`,
    )
    .map((row) => `${row.id} ${row.named}`)

describe('after three syncs', () => {
  it('the rows of now have what the last list has, the last rows also what was removed, and the history every name', () => {
    const register = makeRegister()
    const named = (view: string, column?: string): unknown => listNames(register, view, column)
    expect(named('project_row')).toEqual(['web Web'])
    expect(named('project_last_row')).toEqual(['old Older', 'web Web'])
    expect(named('project_history')).toEqual(['old Old', 'old Older', 'web Web'])
    expect(named('account_row', 'display_name')).toEqual(['bob bob@acme.test'])
    expect(named('account_last_row', 'display_name')).toEqual(['ann Anna', 'bob bob@acme.test'])
    expect(named('account_history', 'display_name')).toEqual(['ann Ann', 'ann Anna', 'bob bob@acme.test'])
    expect(named('key_row')).toEqual(['k1 prod-web'])
    expect(named('reported_key_row')).toEqual(['k1 prod-web'])
    expect(named('due_key_row')).toEqual(['k1 prod-web'])
    expect(named('key_last_row')).toEqual(['k1 prod-web', 'k2 second'])
    expect(named('key_history')).toEqual(['k1 prod-web', 'k2 first', 'k2 second'])
  })

  it('another row names what was removed by its id at the provider', () => {
    const register = makeRegister()
    const named = (view: string, column?: string): unknown => listNames(register, view, column)
    expect(named('project_ref')).toEqual(['old old', 'web Web'])
    expect(named('project_ref', `status = 'active'`)).toEqual(['old 0', 'web 1'])
    expect(named('account_ref', 'display_name')).toEqual(['ann ann', 'bob bob@acme.test'])
    expect(named('account_ref', 'email')).toEqual(['ann null', 'bob bob@acme.test'])
    expect(named('key_ref')).toEqual(['k1 prod-web', 'k2 null'])
  })

  it('what a person set for a key counts before what its name contains', () => {
    const register = makeRegister()
    const named = (view: string, column?: string): unknown => listNames(register, view, column)
    expect(named('key_row', 'environment')).toEqual(['k1 production'])
    expect(named('key_row', 'service')).toEqual(['k1 production'])
    register.transact((writer) =>
      writer.run(`UPDATE logical_key SET environment = 'staging', purpose = 'search' WHERE name = 'prod-web'`),
    )
    expect(named('key_row', 'environment')).toEqual(['k1 staging'])
    expect(named('key_row', 'service')).toEqual(['k1 staging · search'])
    expect(named('reported_key_row', 'named_environment')).toEqual(['k1 production'])
  })
})
