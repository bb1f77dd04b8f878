import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
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
