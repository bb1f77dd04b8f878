import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { keepKeyNotes } from '../../../../electron/register/apply/key-notes.ts'
import { keyIds, keyRows } from '../../../../electron/register/keys/keys.ts'
import { getReading, key, newConnection, newRegister } from '../registers.ts'

it('a decoy is in the list with the instant and the reason of its mark, and found by its flag', () => {
  const register = newRegister()
  const connection = newConnection(register, 'acme')
  const facts = [key('decoy', { project: null }), key('real', { project: null })]
  register.transact((writer) => {
    applyReading(writer, getReading(connection, [{ source: 'keys', facts }]))
    writer.run(
      `UPDATE logical_key SET decoy_since = 4000, decoy_reason = 'In the wiki'
       WHERE id = (SELECT logical_key_id FROM key WHERE external_id = 'decoy')`,
    )
  })
  const moment = { now: 5000, today: '2026-11-02' } as const
  const list = (query: object): readonly unknown[] => {
    const ids = keyIds(register.reader, { sort: { by: 'name', direction: 'asc' }, ...query }, moment)
    return keyRows(register.reader, ids, moment).map((row) => [row.externalId, row.decoySince, row.decoyReason])
  }
  expect(list({})).toEqual([
    ['decoy', 4000, 'In the wiki'],
    ['real', null, null],
  ])
  expect(list({ flag: 'decoy' })).toEqual([['decoy', 4000, 'In the wiki']])
})

it('a decoy and its successor, which a file describes differently, both stay decoys', () => {
  const register = newRegister()
  const connectionId = newConnection(register, 'acme')
  register.transact((writer) => {
    const facts = [key('first', { project: null }), key('next', { project: null })]
    applyReading(writer, getReading(connectionId, [{ source: 'keys', facts }]))
    writer.run('UPDATE key SET logical_key_id = (SELECT min(logical_key_id) FROM key)')
    writer.run(`UPDATE logical_key SET decoy_since = 4000, decoy_reason = 'In the wiki'`)
    const none = { contact: null, dueOn: null }
    const notes = [
      { key: 'first', purpose: 'Old wiki', ...none },
      { key: 'next', purpose: 'New wiki', ...none },
    ]
    keepKeyNotes(writer, { connectionId, notes, at: 5000 })
  })
  const query = { sort: { by: 'name', direction: 'asc' }, flag: 'decoy' } as const
  const moment = { now: 5000, today: '2026-11-02' } as const
  const rows = keyRows(register.reader, keyIds(register.reader, query, moment), moment)
  expect(rows.map(({ purpose, decoySince }) => [purpose, decoySince])).toEqual([
    ['Old wiki', 4000],
    ['New wiki', 4000],
  ])
})

it('keys without an owner and unused keys are listed without decoys', () => {
  const register = newRegister()
  const connection = newConnection(register, 'acme')
  const over = { project: null, ownerState: 'none', owner: null, createdAt: 0, lastUse: { state: 'never' } } as const
  register.transact((writer) => {
    applyReading(writer, getReading(connection, [{ source: 'keys', facts: [key('decoy', over), key('real', over)] }]))
    writer.run(
      `UPDATE logical_key SET decoy_since = 4000, decoy_reason = 'In the wiki'
       WHERE id = (SELECT logical_key_id FROM key WHERE external_id = 'decoy')`,
    )
  })
  const moment = { now: 365 * 86_400_000, today: '1971-01-01' } as const
  for (const flag of ['unowned', 'unused'] as const) {
    const ids = keyIds(register.reader, { sort: { by: 'name', direction: 'asc' }, flag: [flag] }, moment)
    expect(keyRows(register.reader, ids, moment).map((row) => row.externalId)).toEqual(['real'])
  }
})
