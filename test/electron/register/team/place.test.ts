import { expect, it } from 'vitest'

import {
  forgetTeam,
  readIssuedInvites,
  readMemberName,
  readTeamPlace,
  type TeamPlace,
  writeIssuedInvites,
  writeTeamPlace,
} from '../../../../electron/register/team/place.ts'
import { newRegister } from '../registers.ts'
import { findProblems } from './contents.ts'
import { decideIn, foundClientTeam } from './registers.ts'

const uuid = (digit: string): string => `01890000-0000-7000-8000-00000000000${digit}`

it('a register keeps which team it belongs to and the invites it issued, and has neither at first', () => {
  const register = newRegister()
  const { reader } = register
  expect(readTeamPlace(reader)).toBeNull()
  expect(readMemberName(reader)).toBeNull()
  expect(readIssuedInvites(reader)).toEqual([])
  const place: TeamPlace = {
    team: uuid('1'),
    server: { host: 'db.agency.example', port: 5432, database: 'castellan', authority: null },
    login: 'castellan_a',
    device: uuid('3'),
    signKey: 'ab'.repeat(32),
    root: null,
    member: uuid('4'),
    name: 'Mara Lind',
    founding: { team: 'Agency', email: 'mara@agency.example' },
    invite: null,
    named: null,
  }
  const issued = [
    {
      uid: uuid('5'),
      login: 'castellan_b',
      member: uuid('6'),
      until: 1,
      name: 'Anna Berg',
      email: 'anna@agency.example',
    },
  ]
  register.transact((writer) => {
    writeTeamPlace(writer, place)
    writeIssuedInvites(writer, issued)
  })
  expect(readTeamPlace(reader)).toEqual(place)
  expect(readIssuedInvites(reader)).toEqual(issued)
  const placed = { ...place, root: 'cd'.repeat(32), founding: null }
  register.transact((writer) => writeTeamPlace(writer, placed))
  expect(readTeamPlace(reader)).toEqual(placed)
  expect(readMemberName(reader)).toBe('Mara Lind')
})

it('a register that leaves its team holds nothing of it, and keeps what was decided', async () => {
  const { founder, own, exchangeAll } = await foundClientTeam()
  await exchangeAll()
  decideIn(founder, { kind: 'client.changed', client: 'acme', body: { notes: 'Kept' } })
  own.transact(forgetTeam)
  const { reader } = own
  const tables = reader.column<string>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'team\\_%' ESCAPE '\\'",
  )
  expect(tables.length).toBeGreaterThan(8)
  for (const table of tables) expect([table, reader.value(`SELECT count(*) FROM ${table}`)]).toEqual([table, 0])
  expect(readTeamPlace(reader)).toBeNull()
  expect(reader.value('SELECT notes FROM client')).toBe('Kept')
  expect(findProblems(own)).toEqual([])
})
