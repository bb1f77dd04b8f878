import { expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { readNames } from '../../../../electron/register/team/logs.ts'
import { exchange, type Exchanged } from '../../../../electron/team/exchange.ts'
import { change, listChoices } from '../../../../electron/team/members.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { openMemoryServer } from '../../../team/memory-server.ts'
import { createWorld, dumpWorld, type MemoryWorld, restoreWorld } from '../../../team/memory-world.ts'
import { newBriefRegister, type Part, project } from '../registers.ts'
import { openReview, readAccounts } from './any-review.ts'
import { contents, findProblems } from './contents.ts'
import {
  addClient,
  addConnection,
  decideIn,
  foundRegisterTeam,
  type Laptop,
  readFromZero,
  readIn,
} from './registers.ts'

/** A team of three whose registers share a client with a connection. */
async function setUp() {
  const team = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const { founder, world } = team
  const [anna, ben] = [await team.join('anna'), await team.join('ben')]
  const client = await team.openClient()
  for (const laptop of [anna, ben]) await team.grant(client, laptop, 'lead')
  const connection = createUid(1)
  addClient(founder, client, 'acme')
  addConnection(founder, 'acme', connection)
  const devices = [founder, anna, ben]
  for (const each of devices) await each.exchange()
  return { team, world, founder, anna, ben, devices, client, connection }
}

function copyWorld(world: MemoryWorld): MemoryWorld {
  const copy = createWorld(world.server)
  copy.now = 0
  restoreWorld(copy, dumpWorld(world))
  return copy
}

const at = (laptop: Laptop, world: MemoryWorld): Laptop => ({
  ...laptop,
  server: openMemoryServer(world, laptop.login),
})
const meet = async (laptop: Laptop, world: MemoryWorld): Promise<Exchanged> => exchange(at(laptop, world))
const stopOf = ({ store }: Laptop, log: string): unknown => store.log(log)?.stop?.reason ?? null

let time = 0
function decide(laptop: Laptop, kind: string, body: object): void {
  time += 1
  decideIn(laptop, { kind, client: 'acme', body } as never, time)
}

const note = (laptop: Laptop, words: string): void =>
  decide(laptop, 'today.noted', { entry: 'connection', note: words })
const pin = (laptop: Laptop, words: string): void =>
  decide(laptop, 'today.noted', { entry: `connection-${words}`, note: words })
const noted = ({ register: { reader } }: Laptop) =>
  reader.value("SELECT note FROM today_state WHERE entry = 'connection'")
const pinned = ({ register: { reader } }: Laptop) =>
  reader.column("SELECT note FROM today_state WHERE entry <> 'connection' ORDER BY note")
const read = (other: string): readonly Part[] => [{ source: 'projects', facts: [project('p0'), project(other)] }]
const projects = ({ register: { reader } }: Laptop) =>
  reader.column(
    'SELECT p.external_id FROM project p JOIN project_version v ON v.project_id = p.id WHERE v.to_sync IS NULL ORDER BY 1',
  )

/** The owner keeps the history of their device, or takes that of the server. */
async function choose(owner: Laptop, log: string, what: 'own' | 'server'): Promise<void> {
  const { head } = listChoices(owner.store, log).find((one) => one.what === what)!
  expect(await change(owner, { what: 'choose', log, head })).toBe('placed')
}

function expectAlike(devices: readonly Laptop[], prepare: (register: Register) => void = () => undefined): void {
  const zero = readFromZero(devices[0]!).register
  prepare(zero)
  for (const register of [...devices.map((each) => each.register), zero]) {
    expect(findProblems(register)).toEqual([])
    expect(contents(register)).toEqual(contents(devices[0]!.register))
  }
  zero.close()
}

it('two copies of a server that went on separately become one history by an owner’s choice, and no operation is lost', async () => {
  const { world, founder, anna, ben, devices, client, connection } = await setUp()
  const copy = copyWorld(world)
  // Anna and Ben meet the copy: both decide there, one after the other.
  note(anna, 'Anna on the copy')
  pin(anna, 'a')
  readIn(anna, connection, read('p1'), 100)
  await meet(anna, copy)
  await meet(ben, copy)
  pin(ben, 'b')
  note(ben, 'Ben on the copy')
  await meet(ben, copy)
  await meet(anna, copy)
  note(founder, 'Founder on the server')
  pin(founder, 'f')
  readIn(founder, connection, read('p2'), 200)
  await meet(founder, world)

  // Ben comes back: his device stops, and what he decides now waits.
  await meet(ben, world)
  expect(stopOf(ben, client)).toBe('other-history')
  pin(ben, 'later')
  expect(pinned(ben)).toEqual(['a', 'b', 'later'])
  // The owner looks at the copy, and keeps the history that the device holds: the copy is cut, and filled with it.
  await meet(founder, copy)
  expect(stopOf(founder, client)).toBe('other-history')
  await choose(at(founder, copy), client, 'own')
  restoreWorld(world, dumpWorld(copy))

  await meet(ben, world)
  // Anna's are left until her device has come.
  expect(findProblems(ben.register)).toEqual([])
  expect(pinned(ben)).toEqual(['b', 'f', 'later'])
  await meet(anna, world)
  for (const each of [founder, ben, anna, founder]) {
    await meet(each, world)
    expect(stopOf(each, client)).toBeNull()
  }
  for (const each of devices) {
    expect(pinned(each)).toEqual(['a', 'b', 'f', 'later'])
    // The order is now that in which the devices came back.
    expect(noted(each)).toBe('Anna on the copy')
    expect(projects(each)).toEqual(['p0', 'p2'])
    expect(each.register.reader.value('SELECT count(*) FROM team_waiting')).toBe(0)
  }
  expectAlike(devices)
})

it('an owner whose device holds the other history leaves it too, and what it decided there waits again', async () => {
  const { world, founder, anna, ben, devices, client } = await setUp()
  const copy = copyWorld(world)
  note(anna, 'Anna on the server')
  await meet(anna, world)
  note(founder, 'Founder on the copy')
  pin(founder, 'f')
  await meet(founder, copy)
  await meet(ben, copy)
  await meet(founder, world)
  expect(stopOf(founder, client)).toBe('other-history')
  await choose(founder, client, 'server')
  for (const each of [founder, anna, founder, ben]) {
    await meet(each, world)
    expect(stopOf(each, client)).toBeNull()
  }
  for (const each of devices) expect([noted(each), pinned(each)]).toEqual(['Founder on the copy', ['f']])
  expectAlike(devices)
})

it('what was decided on a history that was left asks its author, where another member decided about the same meanwhile', async () => {
  const { world, founder, anna, devices, client } = await setUp()
  const copy = copyWorld(world)
  const rename = (laptop: Laptop, name: string): void => decide(laptop, 'client.changed', { name })
  rename(anna, 'Of Anna')
  await meet(anna, copy)
  rename(founder, 'Of the founder')
  await meet(founder, world)
  await meet(founder, copy)
  await choose(at(founder, copy), client, 'own')
  restoreWorld(world, dumpWorld(copy))
  const { placed } = await meet(anna, world)
  expect(placed).toBe(0)
  expect(anna.register.reader.column('SELECT asked FROM team_waiting')).toEqual(['decided-meanwhile'])
  expect(anna.register.reader.value('SELECT name FROM client')).toBe('Of the founder')
  await meet(founder, world)
  for (const each of devices.slice(0, 2)) expect(findProblems(each.register)).toEqual([])
})

it('a review that was opened on a history that was left is opened again, with all that it froze', async () => {
  const { world, founder, anna, ben, devices, client, connection } = await setUp()
  for (const each of devices) readAccounts(each.register, connection)
  const copy = copyWorld(world)
  const uids = (): string => createUid((time += 1))
  const opened = openReview({ connection, reviews: [], batches: [], uids }, 0, true)
  decideIn(anna, { ...opened, client: 'acme', body: opened.body as never }, 5)
  await meet(anna, copy)
  pin(founder, 'f')
  await meet(founder, world)
  await meet(founder, copy)
  await choose(at(founder, copy), client, 'own')
  restoreWorld(world, dumpWorld(copy))
  for (const each of [anna, founder, ben]) await meet(each, world)
  for (const each of devices) {
    expect(each.register.reader.all('SELECT state, (SELECT count(*) FROM review_item) AS items FROM review')).toEqual([
      { state: 'open', items: 3 },
    ])
  }
  expectAlike(devices, (register) => readAccounts(register, connection))
})

it('an operation that both histories have is placed once', async () => {
  const { world, founder, anna, devices, client } = await setUp()
  const copy = copyWorld(world)
  pin(anna, 'a')
  // Her program ended before it noted the answer of the copy, and then met the server after another device.
  const cut = openMemoryServer(copy, anna.login)
  const lost: typeof cut.append = async (...given) => {
    await cut.append(...given)
    throw new Error('lost')
  }
  await expect(exchange({ ...anna, server: { ...cut, append: lost } })).rejects.toThrow('lost')
  pin(founder, 'f')
  await meet(founder, world)
  await meet(anna, world)
  expect(pinned(anna)).toEqual(['a', 'f'])
  await meet(founder, copy)
  expect(stopOf(founder, client)).toBe('other-history')
  await choose(at(founder, copy), client, 'server')
  for (const each of [anna, founder, anna, founder]) await meet(each, copy)
  for (const each of [anna, founder]) {
    expect(stopOf(each, client)).toBeNull()
    expect(pinned(each)).toEqual(['a', 'f'])
    expect(each.register.reader.value('SELECT count(*) FROM team_waiting')).toBe(0)
  }
  expectAlike(devices.slice(0, 2))
  expect(readNames(anna.register.reader).get(client)?.size).toBe(3)
})
