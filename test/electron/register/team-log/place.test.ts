import { expect, it } from 'vitest'

import {
  readIssuedInvites,
  readMemberName,
  readTeamPlace,
  type TeamPlace,
  writeIssuedInvites,
  writeTeamPlace,
} from '../../../../electron/register/team-log/place.ts'
import { newRegister } from '../registers.ts'

const uuid = (digit: string): string => `01890000-0000-7000-8000-00000000000${digit}`

it('a register keeps which team it belongs to and the invites it issued, and has neither at first', () => {
  const register = newRegister()
  const { reader } = register
  expect(readTeamPlace(reader)).toBeNull()
  expect(readMemberName(reader)).toBeNull()
  expect(readIssuedInvites(reader)).toEqual([])
  const place: TeamPlace = {
    team: uuid('1'),
    database: uuid('2'),
    server: { host: 'db.agency.example', port: 5432, database: 'castellan', authority: null },
    login: 'castellan_a',
    device: uuid('3'),
    signKey: 'ab'.repeat(32),
    root: null,
    founding: { team: 'Agency', name: 'Mara Lind', email: 'mara@agency.example', member: uuid('4') },
    invite: null,
    member: 'Mara Lind',
  }
  const issued = [{ uid: uuid('5'), login: 'castellan_b', member: uuid('6'), until: 1 }]
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
