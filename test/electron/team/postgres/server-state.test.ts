import { afterAll, beforeAll, expect, it } from 'vitest'

import { administer } from '../../../../electron/team/administer.ts'
import { exchange } from '../../../../electron/team/exchange.ts'
import { findFork } from '../../../../electron/team/forks.ts'
import { openPostgresLog } from '../../../../electron/team/postgres/postgres-log.ts'
import { startCutProxy } from '../../../postgres/cut-proxy.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { foundTeam, type Laptop, readAll, type Team, toNote } from '../world.ts'
import { startTeamServer, type TeamDatabase, type TeamServer } from './database.ts'

let server: TeamServer
beforeAll(async () => {
  server = await startTeamServer()
})
afterAll(() => server.stop())

/** A team whose founder and reviewer share a client with one entry. */
async function setUp() {
  const database = await server.createDatabase()
  const team = await foundTeam(database.connect)
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'reviewer')
  team.founder.decide(client, ...toNote('before'))
  await team.founder.exchange()
  await anna.exchange()
  return { database, team, anna, client }
}

/** A copy of a database as it is now: what a backup would restore. */
async function copyDatabase({ name }: TeamDatabase, copy: string, laptops: readonly Laptop[]): Promise<void> {
  for (const { log } of laptops) await log.close()
  await server.postgres.sql(`CREATE DATABASE ${copy} TEMPLATE ${name}`)
}

function logOf(database: TeamDatabase, copy: string, { login }: Laptop, team: Team) {
  const address = { ...database.address('x'), database: copy, login, password: login }
  return closeAfterTest(openPostgresLog(address, team.team))
}

const head = ({ replica }: Laptop, stream: string): string =>
  Buffer.from(replica.stream(stream).place.head).toString('hex')

it('a server that was restored from an earlier backup gets its entries again unchanged, and revoked access ends again', async () => {
  const { database, team, anna, client } = await setUp()
  await copyDatabase(database, 'earlier', [team.founder, anna])
  team.founder.decide(client, ...toNote('after'))
  const carla = await team.join('carla')
  await team.grant(client, carla, 'reviewer')
  await carla.exchange()
  carla.decide(client, ...toNote('by a member who joined later'))
  await carla.exchange()
  team.founder.decideTeam('member.removed', { memberUid: anna.member })
  await team.founder.exchange()
  await team.rotate()
  const stored = await team.founder.log.pull(client, 0, 100)
  const before = head(team.founder, client)

  const restored = logOf(database, 'earlier', team.founder, team)
  expect([...(await restored.listStreams()).get(client)!.access.keys()]).toContain(anna.login)
  const done = await exchange(team.founder.replica, restored)
  expect(done).toMatchObject({ pulled: 0, placed: 0, stopped: [] })
  expect(done.mended).toBeGreaterThan(4)
  await administer(team.founder.replica, restored)
  const bytes = (entries: typeof stored) =>
    entries.map(({ op, seq, sealed, signature }) => [op, seq, sealed, signature])
  expect(bytes(await restored.pull(client, 0, 100))).toEqual(bytes(stored))
  expect(head(team.founder, client)).toBe(before)
  expect([...(await restored.listStreams()).get(client)!.access.keys()]).not.toContain(anna.login)
})

it('a standby that lagged when it was promoted gets its entries again, and access that had ended ends again', async () => {
  const { database, team, anna, client } = await setUp()
  const standby = await server.startStandby()
  await standby.sql(`ALTER SYSTEM SET primary_conninfo = ''`)
  await standby.sql('SELECT pg_reload_conf()')
  while ((await standby.sql('SELECT count(*) FROM pg_stat_wal_receiver')).trim() !== '0') {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  anna.decide(client, ...toNote('what the standby did not receive'))
  await anna.exchange()
  team.founder.decideTeam('member.removed', { memberUid: anna.member })
  await team.founder.exchange()
  await team.rotate()
  const stored = await team.founder.log.pull(client, 0, 100)
  // Two decisions, and the fence after the removal.
  expect(stored).toHaveLength(3)

  await standby.sql('SELECT pg_promote()')
  const open = ({ login }: Laptop) => {
    const address = { ...database.address('x'), port: standby.port ?? 0, login, password: login }
    return closeAfterTest(openPostgresLog(address, team.team))
  }
  const [promoted, former] = [open(team.founder), open(anna)]
  expect(await former.pull(client, 0, 100)).toHaveLength(1)
  expect(await exchange(team.founder.replica, promoted)).toMatchObject({ pulled: 0, placed: 0, stopped: [] })
  await administer(team.founder.replica, promoted)
  const bytes = (entries: typeof stored) => entries.map(({ op, sealed, signature }) => [op, sealed, signature])
  expect(bytes(await promoted.pull(client, 0, 100))).toEqual(bytes(stored))
  expect(await former.pull(client, 0, 100)).toEqual([])
})

it('two copies of a server that went on separately stop both devices, lose nothing, and go on as the one that an owner chose', async () => {
  const { database, team, anna, client } = await setUp()
  await copyDatabase(database, 'other_copy', [team.founder, anna])
  team.founder.decide(client, ...toNote('on one'))
  await team.founder.exchange()
  anna.decide(client, ...toNote('on the other'))
  const other = logOf(database, 'other_copy', anna, team)
  await exchange(anna.replica, other)

  // Each meets the other copy.
  expect((await anna.exchange()).stopped).toMatchObject([{ reason: 'two-histories', stream: client }])
  const there = logOf(database, 'other_copy', team.founder, team)
  expect((await exchange(team.founder.replica, there)).stopped).toMatchObject([{ reason: 'two-histories' }])
  // What is decided now waits, and other streams go on.
  anna.decide(client, ...toNote('waits'))
  expect((await anna.exchange()).stopped).toHaveLength(1)
  expect(anna.replica.waiting(client, 9)).toHaveLength(1)
  expect(readAll(anna.replica, client)).toHaveLength(2)
  expect(await team.founder.log.pull(client, 0, 100)).toHaveLength(2)

  const fork = (await findFork(team.founder.replica, there, client))!
  expect(fork).toMatchObject({ seq: 1, own: { device: team.founder.device }, there: { device: anna.device } })
  team.founder.decideTeam('team.fork-resolved', { stream: client, seq: fork.seq, head: fork.own.heads[0]! })
  expect(await team.founder.exchange()).toMatchObject({ placed: 1, stopped: [] })
  expect(await anna.exchange()).toMatchObject({ placed: 2, stopped: [] })
  expect(await team.founder.exchange()).toMatchObject({ pulled: 2, stopped: [] })
  expect(head(anna, client)).toBe(head(team.founder, client))
  const notes = readAll(anna.replica, client).map(
    ({ verdict }) => verdict.kind === 'effective' && verdict.op.body['note'],
  )
  expect(notes).toEqual(['before', 'on one', 'on the other', 'waits'])
})

it('a database of another team is refused by its name', async () => {
  const { team, database } = await setUp()
  await team.founder.log.close()
  await server.postgres.sql(`UPDATE castellan.server SET server_id = '${team.team}'`, database.name)
  await expect(team.founder.exchange()).rejects.toMatchObject({ problem: 'other-server' })
})

it('a count that is too high for a device to hold stops the stream, and not the device', async () => {
  const { team, database, anna, client } = await setUp()
  const raise =
    'ALTER TABLE castellan.entry DROP CONSTRAINT entry_counts; UPDATE castellan.entry SET device_seq = 1::bigint << 60'
  await server.postgres.sql(`${raise} WHERE stream_id = '${client}'`, database.name)
  const carla = await team.join('carla')
  await team.grant(client, carla, 'viewer')
  expect((await carla.exchange()).stopped).toMatchObject([{ reason: 'not-an-entry', stream: client }])
  expect((await anna.exchange()).stopped).toMatchObject([{ reason: 'two-histories', stream: client }])
})

const CANARIES = ['canary-client-Zoë', 'canary-member', 'canary-subject', 'canary@agency.example', 'canary-body']

it('no word of a team is in a dump, on the wire or in the log of the server', async () => {
  const database = await server.createDatabase()
  const proxy = closeAfterTest(await startCutProxy(server.postgres.port ?? 0, null))
  const team = await foundTeam(async (login, rights, stream) => {
    await (await database.connect(login, rights, stream)).close()
    const address = { ...database.address('x'), login, password: login, port: proxy.port }
    return closeAfterTest(openPostgresLog(address, stream))
  })
  const client = await team.openClient()
  team.founder.decideTeam('member.added', {
    memberUid: client,
    name: 'canary-member',
    email: 'canary@agency.example',
    roles: [],
  })
  team.founder.decide(client, 'canary-subject', { v: 1, name: 'canary-client-Zoë', text: 'canary-body' })
  expect(await team.founder.exchange()).toMatchObject({ placed: 2, stopped: [] })

  const dump = await server.postgres.call('pg_dump', ['-d', database.name])
  const places = { dump, log: server.postgres.log(), wire: proxy.captured().toString('latin1') }
  expect(dump).toContain('COPY castellan.entry')
  expect(places.log).toContain('INSERT INTO castellan.entry')
  const forms = (word: string): readonly string[] => [
    word,
    Buffer.from(word).toString('latin1'),
    Buffer.from(word).toString('hex'),
    Buffer.from(word).toString('base64').slice(0, -4),
  ]
  const found = Object.entries(places).flatMap(([place, text]) =>
    CANARIES.filter((word) => forms(word).some((form) => text.includes(form))).map((word) => `${word} in the ${place}`),
  )
  expect(found).toEqual([])
  // Passwords of logins are not in the log either: the statements have verifiers.
  expect(places.log).toMatch(/CREATE ROLE c_founder\w+ LOGIN PASSWORD 'SCRAM-SHA-256\$4096:/u)
  expect(places.log).not.toMatch(/PASSWORD 'c_/u)
})
