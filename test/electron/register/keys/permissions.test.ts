import { expect, it } from 'vitest'

import { listConnections } from '../../../../electron/register/connections/connection.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { readCurrent } from '../../../../electron/register/apply/file-import.ts'
import { keyIds, keyRows } from '../../../../electron/register/keys/keys.ts'
import { readPart, reportConnections } from '../../../../electron/register/read/report.ts'
import { keyRecords } from '../../../../shared/report/register-records.ts'
import { getReading, key, newConnection, newRegister } from '../registers.ts'

it('the permissions of a key are in its row, in the records of a register, and in what an import compares a file with', () => {
  const register = newRegister()
  const connection = newConnection(register, 'acme')
  register.transact((writer) =>
    applyReading(
      writer,
      getReading(connection, [
        {
          source: 'keys',
          facts: [key('narrow', { project: null, permissions: 'models' }), key('wide', { project: null })],
        },
      ]),
    ),
  )
  const { reader } = register
  const moment = { now: 5000, today: '2026-11-02' } as const
  const ids = keyIds(reader, { sort: { by: 'name', direction: 'asc' } }, moment)
  const expected = [
    ['narrow', 'models'],
    ['wide', null],
  ]
  expect(keyRows(reader, ids, moment).map((row) => [row.externalId, row.permissions])).toEqual(expected)
  const [reported] = reportConnections(reader, {})
  expect(reported).toEqual(listConnections(reader, {})[0])
  if (reported === undefined) throw new Error('The connection has to be there.')
  const records = [...keyRecords(readPart(reader, reported, 'keys', moment))]
  expect(records.map(({ id, permissions }) => [id, permissions])).toEqual(expected)
  const facts = readCurrent(reader, connection).keys.map(({ fact }) => `${fact.externalId} ${fact.permissions ?? ''}`)
  expect(facts.toSorted()).toEqual(['narrow models', 'wide '])
})
