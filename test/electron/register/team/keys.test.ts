import { describe, expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import { keyNames } from '../../../../electron/register/keys/rotation.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { applyKeys, KEY_READINGS, nameKey } from './any-key-decision.ts'
import { contents, findProblems } from './contents.ts'
import { addConnection, decideIn, foundClientTeam } from './registers.ts'

async function setUp() {
  const world = await foundClientTeam()
  addConnection(world.founder, 'acme', createUid(1))
  await world.exchangeAll()
  return world
}

function read(register: Register, at: number): void {
  const connection = register.reader.value<string>('SELECT uid FROM connection') ?? ''
  register.transact((writer) => applyKeys(writer, connection, KEY_READINGS[at]!))
}

/** How a decision that is made in a register names one of its keys. */
function named({ reader }: Register, externalId: string) {
  const id = reader.value<number>('SELECT id FROM key WHERE external_id = ?', [externalId]) ?? 0
  return nameKey(keyNames(reader, [id]).get(id)!)
}

const dueOn = ({ reader }: Register): unknown => reader.value('SELECT due_on FROM logical_key ORDER BY id LIMIT 1')

function expectAlike(...registers: readonly Register[]): void {
  for (const register of registers) expect(findProblems(register)).toEqual([])
  for (const register of registers) expect(contents(register)).toEqual(contents(registers[0]!))
}

describe('decisions about keys in a team', () => {
  it('fulfil the day that is set also where the register has not read the rotated key yet', async () => {
    const { founder, own, hers, exchangeAll } = await setUp()
    for (const at of [0, 1]) read(own, at)
    read(hers, 0)
    const set = { ...named(own, 'key_prod'), dueOn: '2026-05-01' }
    decideIn(founder, { kind: 'key.described', client: 'acme', body: set })
    await exchangeAll()
    expect(dueOn(hers)).toBe('2026-05-01')
    const rotated = {
      rotationUid: createUid(2),
      trigger: 'scheduled',
      rotatedOn: '2026-04-01',
      note: '',
    } as const
    const body = { ...named(own, 'key_prod-v2'), ...rotated }
    decideIn(founder, { kind: 'key.rotated', client: 'acme', body })
    await exchangeAll()
    expect(dueOn(own)).toBeNull()
    expect(dueOn(hers)).toBeNull()
    expect(findProblems(hers)).toEqual([])
  })

  it('apply once the reading arrives that shows the key, and make its due days', async () => {
    const { founder, own, hers, exchangeAll } = await setUp()
    read(own, 0)
    const key = named(own, 'key_prod')
    const rotated = {
      rotationUid: createUid(2),
      trigger: 'leak',
      rotatedOn: '2026-01-12',
      note: 'Leaked',
    } as const
    decideIn(founder, { kind: 'key.described', client: 'acme', body: { ...key, team: 'Web', intervalDays: 30 } })
    decideIn(founder, { kind: 'key.rotated', client: 'acme', body: { ...key, ...rotated } })
    const { connectionUid, key: externalId } = key
    const snooze = { connectionUid, key: externalId, until: '2026-02-01' }
    decideIn(founder, { kind: 'key.snoozed', client: 'acme', body: snooze })
    await exchangeAll()
    expect(hers.reader.value('SELECT count(*) FROM rotation')).toBe(0)
    expect(findProblems(hers)).toEqual([])
    read(hers, 0)
    expect(hers.reader.get('SELECT due_on, due_basis, last_rotated_on, snoozed_until FROM key')).toEqual({
      due_on: '2026-02-11',
      due_basis: 'key-interval',
      last_rotated_on: '2026-01-12',
      snoozed_until: '2026-02-01',
    })
    expect(hers.reader.value('SELECT operator FROM rotation')).toBe('Founder')
  })

  it('count before a rotation that their author had not read, in whichever order the two arrive', async () => {
    const { founder, own, hers, exchangeAll } = await setUp()
    for (const at of [0, 1]) read(hers, at)
    read(own, 0)
    const before = named(own, 'key_prod')
    decideIn(founder, { kind: 'key.described', client: 'acme', body: { ...before, dueOn: '2026-05-01' } })
    await exchangeAll()
    // The rotation that Anna’s register had recognized fulfils the day.
    expect(dueOn(hers)).toBeNull()
    read(own, 1)
    expectAlike(own, hers)
    const after = named(own, 'key_prod-v2')
    decideIn(founder, { kind: 'key.described', client: 'acme', body: { ...after, dueOn: '2026-06-01' } })
    await exchangeAll()
    expect(dueOn(hers)).toBe('2026-06-01')
    const uid = own.reader.value<string>('SELECT uid FROM rotation') ?? ''
    const undone = { ...after, rotationUid: uid, recognized: true }
    for (const due of [null, '2026-07-01']) {
      decideIn(founder, { kind: 'key.described', client: 'acme', body: { ...after, dueOn: due } })
      decideIn(founder, { kind: 'key.rotation-undone', client: 'acme', body: undone })
    }
    decideIn(founder, { kind: 'key.described', client: 'acme', body: { ...after, dueOn: null } })
    decideIn(founder, { kind: 'key.rotation-undone', client: 'acme', body: undone })
    await exchangeAll()
    // Undone once, whatever is undone again.
    expect(dueOn(own)).toBeNull()
    expectAlike(own, hers)
  })

  it('by a member who may not take them have no effect, and leave nothing behind', async () => {
    const { team, anna, client, own, hers, exchangeAll } = await setUp()
    for (const register of [own, hers]) read(register, 0)
    const key = named(hers, 'key_prod')
    decideIn(anna, { kind: 'key.described', client: 'acme', body: { ...key, dueOn: '2026-05-01' } })
    await exchangeAll()
    await team.grant(client, anna, 'reviewer')
    const rotated = {
      rotationUid: createUid(3),
      trigger: 'scheduled',
      rotatedOn: '2026-01-12',
      note: '',
    } as const
    decideIn(anna, { kind: 'key.rotated', client: 'acme', body: { ...key, ...rotated } })
    expect(dueOn(hers)).toBeNull()
    await exchangeAll()
    expect(hers.reader.value('SELECT count(*) FROM rotation')).toBe(0)
    expect(dueOn(hers)).toBe('2026-05-01')
    expectAlike(own, hers)
  })
})
