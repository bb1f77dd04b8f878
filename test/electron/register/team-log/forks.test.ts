import { expect, it } from 'vitest'

import { createUidOf } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { exchange, type Exchanged } from '../../../../electron/team/exchange.ts'
import { findFork } from '../../../../electron/team/forks.ts'
import { createMemoryServer } from '../../../team/memory/memory-log.ts'
import { createReplica } from '../../../../electron/team/replica.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { crypto, foundTeam, type Laptop, readAll, SERVER, type Team } from '../../team/world.ts'
import { newBriefRegister, type Part, project } from '../registers.ts'
import { contents, findProblems } from './contents.ts'
import { belong, decideIn, openStore, readIn } from './registers.ts'

interface Device {
  readonly laptop: Laptop
  readonly register: Register
  readonly name: string
  /** Exchanges with a server. */
  meet(server: ReturnType<typeof createMemoryServer>): Promise<Exchanged>
}

/** A team of three whose registers share a client with a connection, and its server. */
async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const registers = new Map<string, Register>()
  const team = await foundTeam(
    async (login, rights) => server.connect(login, rights),
    (name) => {
      registers.set(name, closeAfterTest(newBriefRegister(() => 0)))
      return openStore(registers.get(name)!)
    },
  )
  const joined = [await team.join('anna'), await team.join('ben')]
  const client = await team.openClient()
  for (const laptop of joined) await team.grant(client, laptop, 'lead')
  const toDevice = (laptop: Laptop, name: string): Device => {
    const register = registers.get(name)!
    const rights = name === 'Founder' ? 'owner' : 'member'
    const meet: Device['meet'] = (to) =>
      exchange(laptop.replica, to.connect(laptop.login, rights), async () => undefined)
    return { laptop, register, name, meet }
  }
  const [founder, anna, ben] = [
    toDevice(team.founder, 'Founder'),
    toDevice(joined[0]!, 'anna'),
    toDevice(joined[1]!, 'ben'),
  ] as const
  const devices = [founder, anna, ben]
  const connection = createUidOf(client, 1)
  const described = { name: 'Acme', kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
  decide(founder, 'client.added', { clientUid: client, ...described })
  const added = { provider: 'openai', platform: null, organizationId: null, label: 'Acme', baseUrl: null }
  decide(founder, 'connection.added', { connectionUid: connection, ...added, access: 'read-only' })
  for (const each of [founder, anna, ben]) await each.meet(server)
  for (const { laptop, register, name } of devices) belong(register, team, laptop, name)
  return { team, server, founder, anna, ben, devices, client, connection }
}

let at = 0
function decide({ register, name }: Device, kind: string, body: object): void {
  at += 1
  decideIn(register, name, { kind, client: 'acme', body } as never, at)
}

const note = (device: Device, words: string): void => decide(device, 'client.changed', { notes: words })
const pin = (device: Device, words: string): void =>
  decide(device, 'today.noted', { entry: `connection-${words}`, note: words })
const notesOf = ({ register }: Device) => register.reader.value('SELECT notes FROM client')
const pinned = ({ register }: Device) => register.reader.column('SELECT entry FROM today_state ORDER BY entry')

/** A reading of two projects. */
const read = (other: string): readonly Part[] => [{ source: 'projects', facts: [project('p0'), project(other)] }]
const projects = ({ register }: Device) =>
  register.reader.column(
    'SELECT p.external_id FROM project p JOIN project_version v ON v.project_id = p.id WHERE v.to_sync IS NULL ORDER BY 1',
  )

/** The owner chooses what a server shows of the streams in which it has another history. */
async function choose(owner: Device, server: ReturnType<typeof createMemoryServer>): Promise<number> {
  const { replica, login } = owner.laptop
  const { stopped } = await owner.meet(server)
  for (const { stream, reason } of stopped) {
    expect(reason).toBe('two-histories')
    const fork = (await findFork(replica, server.connect(login, 'owner'), stream))!
    owner.laptop.decideTeam('team.fork-resolved', { stream, seq: fork.seq, head: fork.there.heads[0]! })
  }
  await owner.meet(server)
  return stopped.length
}

/** A register that takes all that a device holds from its first entry, with the keys of that device. */
function refold({ laptop }: Device, { team, root }: Team, streams: readonly string[]): Register {
  const register = closeAfterTest(newBriefRegister(() => 0))
  const { author, keys } = laptop.replica
  const again = createReplica({ crypto, author, keys, team, root, store: openStore(register) })
  for (const _ of [1, 2, 3]) {
    for (const stream of [team, ...streams]) {
      const entries = readAll(laptop.replica, stream).map(({ entry }) => entry)
      again.take(stream, entries.slice(again.stream(stream).place.next))
    }
  }
  return register
}

it('two copies of a server that went on separately become one history by an owner’s choice, and no operation is lost', async () => {
  const { team, server, founder, anna, ben, devices, client, connection } = await setUp()
  const copy = server.copy()
  // Anna and Ben meet the copy: both decide there, one after the other.
  note(anna, 'Anna on the copy')
  pin(anna, 'a')
  readIn(anna.register, 'anna', connection, read('p1'), 100)
  await anna.meet(copy)
  await ben.meet(copy)
  pin(ben, 'b')
  note(ben, 'Ben on the copy')
  await ben.meet(copy)
  await anna.meet(copy)
  note(founder, 'Founder on the server')
  pin(founder, 'f')
  readIn(founder.register, 'Founder', connection, read('p2'), 200)
  await founder.meet(server)

  // Ben comes back: his device stops, and what he decides now waits.
  const { facts } = team.founder.replica.membership()!.clients.get(client)!
  const { stopped } = await ben.meet(server)
  expect(new Set(stopped.map(({ reason, stream }) => `${reason} ${stream}`))).toEqual(
    new Set([client, facts].map((stream) => `two-histories ${stream}`)),
  )
  pin(ben, 'later')
  // The owner looks at the copy too, and chooses the server.
  expect(await choose(founder, server)).toBe(0)
  expect((await founder.meet(copy)).stopped).toHaveLength(2)
  for (const stream of [client, facts]) {
    const fork = (await findFork(team.founder.replica, copy.connect(team.founder.login, 'owner'), stream))!
    expect([fork.own.device, fork.there.device]).toEqual([team.founder.device, anna.laptop.device])
    team.founder.decideTeam('team.fork-resolved', { stream, seq: fork.seq, head: fork.own.heads[0]! })
  }
  await founder.meet(server)

  await ben.meet(server)
  // Anna's are left until her device has come; they are listed.
  expect(findProblems(ben.register)).toEqual([])
  expect(pinned(ben)).toEqual(['b', 'f', 'later'].map((words) => `connection-${words}`))
  await anna.meet(server)
  for (const each of [founder, ben, anna, founder]) expect((await each.meet(server)).stopped).toEqual([])
  for (const each of devices) {
    expect(pinned(each)).toEqual(['a', 'b', 'f', 'later'].map((words) => `connection-${words}`))
    // The order is now that in which the devices came back.
    expect(notesOf(each)).toBe('Anna on the copy')
    expect(contents(each.register)).toEqual(contents(founder.register))
    expect(findProblems(each.register)).toEqual([])
    expect(projects(each)).toEqual(['p0', 'p2'])
    expect(each.register.reader.value('SELECT count(*) FROM team_pending')).toBe(0)
    const again = refold(each, team, [client, facts])
    expect(contents(again)).toEqual(contents(each.register))
    expect(findProblems(again)).toEqual([])
  }
})

it('an owner whose device holds the other history leaves it too, and a server that shows the one that was not chosen is not read', async () => {
  const { team, server, founder, anna, ben, devices, client } = await setUp()
  const copy = server.copy()
  note(anna, 'Anna on the server')
  await anna.meet(server)
  note(founder, 'Founder on the copy')
  pin(founder, 'f')
  await founder.meet(copy)
  await ben.meet(copy)
  expect(await choose(founder, server)).toBe(1)
  for (const each of [founder, anna, founder, ben]) expect((await each.meet(server)).stopped).toEqual([])
  for (const each of devices) {
    expect([notesOf(each), pinned(each)]).toEqual(['Founder on the copy', ['connection-f']])
    expect(contents(each.register)).toEqual(contents(founder.register))
    expect(findProblems(each.register)).toEqual([])
  }
  // A device that reads everything from a server with the other history, as far as that goes.
  const { author, keys } = ben.laptop.replica
  const register = closeAfterTest(newBriefRegister(() => 0))
  const { root, team: stream } = team
  const late = createReplica({ crypto, author, keys, team: stream, root, store: openStore(register) })
  late.take(
    stream,
    readAll(ben.laptop.replica, stream).map(({ entry }) => entry),
  )
  const { stopped } = late.take(client, await copy.connect(ben.laptop.login).pull(client, 0, 99))
  expect(stopped).toMatchObject({ reason: 'two-histories', stream: client })
})

it('an operation that both histories have is placed once', async () => {
  const { team, server, founder, anna, devices, client } = await setUp()
  pin(anna, 'a')
  const copy = server.copy()
  const [entry] = anna.laptop.replica.compose(client, 1)
  // The answer of the copy was lost, and the device then met the server after another one.
  pin(founder, 'f')
  await founder.meet(server)
  await copy.connect(anna.laptop.login).push([entry!])
  await anna.meet(copy)
  const uid = readAll(anna.laptop.replica, client).at(-1)!.entry.op
  expect(uid).toBe(entry!.op)
  expect(await choose(founder, copy)).toBe(1)
  await founder.meet(copy)
  for (const each of [anna, founder]) expect((await each.meet(copy)).stopped).toEqual([])
  for (const each of devices.slice(0, 2)) expect(pinned(each)).toEqual(['connection-a', 'connection-f'])
  expect(team.founder.replica.waiting(client, 9)).toEqual([])
})
