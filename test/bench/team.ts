import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { createSalt } from '../../electron/team/compose-entry.ts'
import { exchange } from '../../electron/team/exchange.ts'
import type { TeamAdministration, TeamLog } from '../../electron/team/log.ts'
import type { ServerAddress } from '../../electron/team/postgres/connect.ts'
import { openPostgresLog } from '../../electron/team/postgres/postgres-log.ts'
import { loginSql, run, setUpServer } from '../../electron/team/postgres/set-up.ts'
import { crypto, foundTeam, type Laptop, nextUuid, SERVER, type Team } from '../electron/team/world.ts'
import { type Postgres, startPostgres } from '../postgres/server.ts'
import { makeAuthority } from '../providers/authority.ts'
import { type Actual, installActual, startActual } from './harness/actual.ts'
import { race, type Sample, timed, toSample } from './harness/measure.ts'
import { findPeers } from './harness/peers.ts'
import type { Bench, Report, Row, Setting } from './harness/report.ts'
import { measureServices } from './team-services.ts'

const SIZE = { entries: 20_000, devices: 20, each: 100, streams: [60, 4000] }
const QUICK = { entries: 2000, devices: 4, each: 50, streams: [60] }

/** What one decision has, in bytes of JSON. */
const BYTES = 600
const TOGETHER = 500
const SET_UP = 'set_up'

/** The log of a team on PostgreSQL, beside what orders and hands out messages elsewhere. */
export const team: Bench = {
  name: 'team',
  about: 'the log of a team: sealed, signed and verified by us, plain at the others',
  run: async (setting) => {
    const authority = makeAuthority()
    const postgres = await startPostgres({ tls: authority, settings: ['max_connections=60'] })
    const folder = join(setting.cache, 'actual')
    const scratch = join(setting.scratch, 'actual')
    mkdirSync(scratch, { recursive: true })
    const actual = await startActual(setting.root, folder, scratch)
    const { found, missing } = await findPeers(['git'])
    const open: TeamLog[] = []
    try {
      const certificate = readFileSync(authority.file, 'utf8')
      const report: Report = {
        rows:
          postgres === null
            ? []
            : [
                ...(await measure(setting, await connectTo(postgres, certificate, open), {
                  postgres,
                  actual,
                  git: found.git,
                })),
                ...(await measureServices(setting, {
                  postgres,
                  address: await prepareDatabase(postgres, certificate),
                  hasGit: found.git !== undefined,
                })),
              ],
        missing: [
          ...missing,
          ...(postgres === null ? [{ name: 'postgresql', install: 'apt-get install postgresql' }] : []),
          ...(actual === null ? [{ name: "Actual's sync server", install: installActual(folder) }] : []),
        ],
        notes: [
          `Everything on one machine over 127.0.0.1, \`fsync\` on. An operation has about ${BYTES} bytes.`,
          'Ours seals and signs each entry, places it over TLS and with row-level security, and verifies and opens what it pulls. `pgbench` inserts a row of the same size over a socket without any of that: a floor. Actual stores and returns messages over HTTP without TLS, and its messages are neither signed nor encrypted here. `git` commits a line and pushes it to a folder.',
          'A new device is an installation of the product that joined as an owner: its row ends when all clients, readings and findings are in its register, and `git clone` gets files with as many lines. A changed grant is a whole new reading at one device and in the register of the other; `git` gets a file in which one line differs.',
        ],
      }
      return report
    } finally {
      for (const log of open) await log.close()
      await actual?.stop()
      await postgres?.stop()
    }
  },
}

type Connected = (login: string) => TeamLog & TeamAdministration

interface Server {
  readonly team: Team
  readonly client: string
  /** A second connection of a login. */
  readonly connect: Connected
}

async function prepareDatabase(postgres: Postgres, authority: string) {
  await postgres.sql(`CREATE DATABASE agency OWNER ${SET_UP}`)
  return { host: '127.0.0.1', port: postgres.port ?? 0, database: 'agency', authority }
}

interface Peers {
  readonly postgres: Postgres
  readonly actual: Actual | null
  readonly git: string | undefined
}

async function connectTo(postgres: Postgres, authority: string, open: TeamLog[]): Promise<Server> {
  await postgres.sql(`CREATE ROLE ${SET_UP} LOGIN CREATEROLE CREATEDB PASSWORD '${SET_UP}'`)
  await postgres.sql(`CREATE DATABASE bench OWNER ${SET_UP}`)
  const at = (login: string): ServerAddress => {
    const database = { host: '127.0.0.1', port: postgres.port ?? 0, database: 'bench' }
    return { ...database, login, password: login, authority }
  }
  await setUpServer(at(SET_UP), SERVER)
  let name = ''
  const connect: Connected = (login) => {
    const log = openPostgresLog(at(login), name)
    open.push(log)
    return log
  }
  const founded = await foundTeam(async (login, rights, stream) => {
    name = stream
    await run(at(SET_UP), [loginSql(crypto, SERVER, login, login, rights)])
    return connect(login)
  })
  return { team: founded, client: await founded.openClient(), connect }
}

async function measure(setting: Setting, server: Server, peers: Peers): Promise<readonly Row[]> {
  const size = setting.quick ? QUICK : SIZE
  return [
    ...(await measureOne(setting, server, peers)),
    ...(await measureMany(setting, server, peers, size.entries)),
    ...(await measureDevices(setting, server, peers, size)),
    ...(await measurePolls(setting, server, size.streams)),
  ]
}

/** Decides something of about `BYTES` bytes at a laptop. */
function decide({ replica }: Laptop, stream: string, count = 1): void {
  for (let made = 0; made < count; made += 1) {
    const basis = replica.stream(stream).place.next - 1
    const body = { v: 1, why: 'x'.repeat(BYTES - 240), uid: nextUuid() }
    const op = {
      kind: 'key.described',
      salt: createSalt(crypto),
      at: 0,
      day: '2026-11-27',
      basis,
      subject: 'Key',
      body,
    }
    replica.wait(stream, { uid: nextUuid(), op })
  }
}

/** One decision at a time. */
async function measureOne(setting: Setting, { team: { founder }, client }: Server, peers: Peers): Promise<Row[]> {
  setting.say('team: one decision')
  const repository = peers.git === undefined ? null : makeRepository(setting.scratch)
  await peers.postgres.sql('CREATE TABLE bare (id bigserial PRIMARY KEY, bytes bytea NOT NULL)', 'bench')
  const script = `INSERT INTO bare (bytes) VALUES (decode(repeat('ab', ${BYTES}), 'hex'))`
  const samples = await race(
    {
      push: () => timed(() => pushAll(founder, client, 1)),
      exchange: () =>
        timed(() => {
          decide(founder, client)
          return exchange(founder.replica, founder.log)
        }),
      pgbench: () => runPgbench(peers.postgres, script, 1, 200).then(({ latency }) => latency),
      actual: () => timed(() => peers.actual?.push(1, BYTES)),
      git: () => timed(() => repository?.()),
    },
    setting.runs,
  )
  const row = (what: string, name: string, sample: Sample, isFloor = false): Row => ({
    what,
    unit: 'ms',
    ours: samples.push,
    peer: { name, sample },
    isFloor,
  })
  const what = 'one decision, sealed, signed and placed'
  return [
    row(what, 'pgbench: one bare INSERT', samples.pgbench, true),
    ...(peers.actual === null ? [] : [row(what, "Actual's sync server", samples.actual)]),
    ...(repository === null ? [] : [row(what, 'git commit && git push', samples.git)]),
    { what: 'the same as an exchange: keys, heads, pull, push', unit: 'ms', ours: samples.exchange },
  ]
}

async function pushAll(laptop: Laptop, stream: string, count: number): Promise<void> {
  decide(laptop, stream, count)
  while (laptop.replica.waiting(stream, 1).length > 0) {
    const entries = laptop.replica.compose(stream, TOGETHER)
    if ((await laptop.log.push(entries)) !== 'placed') throw new Error('The entries were not placed.')
    laptop.replica.take(stream, entries)
  }
}

/** Many in batches, and all of them fetched by another device. */
async function measureMany(setting: Setting, server: Server, { actual }: Peers, count: number): Promise<Row[]> {
  setting.say(`team: ${count} entries`)
  const { founder } = server.team
  const perSecond = async (work: () => Promise<unknown>): Promise<number> => (count * 1000) / (await timed(work))
  const rounds = Math.min(setting.runs, 3)
  const [pushed, pulled, sent, fetched] = [[], [], [], []] as [number[], number[], number[], number[]]
  for (let round = 0; round < rounds; round += 1) {
    const client = await server.team.openClient()
    const reader = await server.team.join(`reader${round}`)
    await server.team.grant(client, reader, 'viewer')
    await reader.exchange()
    pushed.push(await perSecond(() => pushAll(founder, client, count)))
    pulled.push(await perSecond(() => exchange(reader.replica, reader.log)))
    if (reader.replica.stream(client).place.next !== count) throw new Error('The device does not have every entry.')
    if (actual === null) continue
    sent.push(
      await perSecond(async () => {
        for (let at = 0; at < count; at += TOGETHER) await actual.push(TOGETHER, BYTES)
      }),
    )
    let messages = 0
    const ms = await timed(async () => {
      messages = await actual.pull()
    })
    fetched.push((messages * 1000) / ms)
  }
  const peer = (values: readonly number[]) =>
    actual === null ? {} : { peer: { name: "Actual's sync server", sample: toSample(values) } }
  const what = count.toLocaleString('en')
  const unit = 'entries/s'
  return [
    { what: `${what} entries placed in batches of ${TOGETHER}`, unit, ours: toSample(pushed), ...peer(sent) },
    { what: `${what} entries pulled, verified and opened`, unit, ours: toSample(pulled), ...peer(fetched) },
  ]
}

/** Many devices at the same time, each in the stream of a client of its own. */
async function measureDevices(
  setting: Setting,
  { team: founded, connect }: Server,
  { postgres }: Peers,
  { devices, each }: { readonly devices: number; readonly each: number },
): Promise<Row[]> {
  setting.say(`team: ${devices} connections`)
  const clients: string[] = []
  for (let made = 0; made < devices; made += 1) clients.push(await founded.openClient())
  const places = clients.map((client) => ({
    client,
    laptop: { ...founded.founder, log: connect(founded.founder.login) },
  }))
  const work = (): Promise<unknown> =>
    Promise.all(
      places.map(async ({ client, laptop }) => {
        for (let made = 0; made < each; made += 1) await pushAll(laptop, client, 1)
      }),
    )
  const samples = await race(
    {
      ours: async () => (devices * each * 1000) / (await timed(work)),
      pgbench: () =>
        runPgbench(postgres, "INSERT INTO bare (bytes) VALUES (decode(repeat('ab', 600), 'hex'))", 10, each).then(
          ({ rate }) => rate,
        ),
    },
    Math.min(setting.runs, 3),
  )
  const peer = { name: 'pgbench, 10 clients', sample: samples.pgbench }
  return [
    {
      what: `${devices} connections, one entry at a time, streams of their own`,
      unit: 'entries/s',
      ours: samples.ours,
      peer,
      isFloor: true,
    },
  ]
}

/** What a laptop asks every 20 seconds, when nothing is new. */
async function measurePolls(
  setting: Setting,
  { team: { founder, team: stream } }: Server,
  sizes: readonly number[],
): Promise<Row[]> {
  const rows: Row[] = []
  const { log, login } = founder
  let streams = (await log.listStreams()).size
  for (const size of sizes) {
    setting.say(`team: a poll of ${size} streams`)
    const [first] = await log.pull(stream, 0, 1)
    if (first === undefined) throw new Error('The stream of the team is empty.')
    for (; streams < size; streams += 1) {
      const made = nextUuid()
      await log.addStream(made, 1)
      await log.setAccess(made, login, 'append')
      await log.push([{ ...first, stream: made, op: nextUuid() }])
    }
    const samples = await race({ poll: () => timed(() => log.heads()) }, setting.runs * 10)
    rows.push({ what: `a poll of ${size.toLocaleString('en')} streams`, unit: 'ms', ours: samples.poll })
  }
  return rows
}

/** Average milliseconds of a transaction, and transactions a second, by its own account. */
async function runPgbench(
  postgres: Postgres,
  statement: string,
  clients: number,
  each: number,
): Promise<{ readonly latency: number; readonly rate: number }> {
  const said = await postgres.pgbench(statement, ['-c', String(clients), '-j', '2', '-t', String(each)])
  const latency = /latency average = ([\d.]+) ms/u.exec(said)?.[1]
  const rate = /tps = ([\d.]+)/u.exec(said)?.[1]
  if (latency === undefined || rate === undefined) throw new Error(`pgbench printed no figures: ${said.slice(0, 200)}`)
  return { latency: Number(latency), rate: Number(rate) }
}

/** A repository with another to push to; the function commits a line and pushes it. */
function makeRepository(scratch: string): () => void {
  const [there, here] = [join(scratch, 'there.git'), join(scratch, 'here')]
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@agency.example', ...args], {
      stdio: 'ignore',
    })
  }
  git('init', '-q', '--bare', there)
  git('clone', '-q', there, here)
  return () => {
    appendFileSync(join(here, 'register.md'), `${'x'.repeat(BYTES)}\n`)
    git('-C', here, 'add', 'register.md')
    git('-C', here, 'commit', '-q', '-m', 'A decision')
    git('-C', here, 'push', '-q', 'origin', 'HEAD')
  }
}
