import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { ServerAddress } from '../../electron/team/server.ts'
import { type Postgres, startPostgres } from '../postgres/server.ts'
import { makeAuthority } from '../providers/authority.ts'
import { type Actual, installActual, startActual } from './harness/actual.ts'
import { race, type Sample, timed, toSample } from './harness/measure.ts'
import { findPeers } from './harness/peers.ts'
import { type Bench, exactly, type Report, type Row, type Setting } from './harness/report.ts'
import { decideMany, foundTeams, perSecond, type Teams } from './team-logs.ts'
import { measureServices } from './team-services.ts'

const SIZE = { decisions: 20_000, single: 500 }
const QUICK = { decisions: 2000, single: 50 }

/** What a message of the others has, in bytes. */
const BYTES = 600
const TOGETHER = 500
const SET_UP = 'set_up'

/** The logs of a team on PostgreSQL, beside what orders and hands out messages elsewhere. */
export const team: Bench = {
  name: 'team',
  about: 'the logs of a team: sealed, signed and verified by us, plain at the others',
  run: async (setting) => {
    const authority = makeAuthority()
    const postgres = await startPostgres({ tls: authority, settings: ['max_connections=60'] })
    const folder = join(setting.cache, 'actual')
    const scratch = join(setting.scratch, 'actual')
    mkdirSync(scratch, { recursive: true })
    const actual = await startActual(setting.root, folder, scratch)
    const { found, missing } = await findPeers(['git'])
    const certificate = readFileSync(authority.file, 'utf8')
    let teams: Teams | null = null
    try {
      if (postgres !== null) {
        await postgres.sql(`CREATE ROLE ${SET_UP} LOGIN CREATEROLE CREATEDB PASSWORD '${SET_UP}'`)
        teams = await foundTeams(await prepareDatabase(postgres, 'bench', certificate))
      }
      const report: Report = {
        rows:
          postgres === null || teams === null
            ? []
            : [
                ...(await measure(setting, teams, { postgres, actual, git: found.git })),
                ...(await measureServices(setting, {
                  postgres,
                  address: await prepareDatabase(postgres, 'agency', certificate),
                  hasGit: found.git !== undefined,
                })),
              ],
        missing: [
          ...missing,
          ...(postgres === null ? [{ name: 'postgresql', install: 'apt-get install postgresql' }] : []),
          ...(actual === null ? [{ name: "Actual's sync server", install: installActual(folder) }] : []),
        ],
        notes: [
          `Everything on one machine over 127.0.0.1, \`fsync\` on. A message of the others has ${BYTES} bytes; a decision of ours is a note or a saved view.`,
          'Ours seals and signs each batch, places it over TLS through the functions of the database, and verifies, opens and folds into the register what it reads. `pgbench` inserts a row over a socket without any of that: a floor. Actual stores and returns messages over HTTP without TLS, and its messages are neither signed nor encrypted here. `git` commits a line and pushes it to a folder.',
          'A new device is an installation of the product that joined as an owner: its row ends when all clients, readings and findings are in its register, and `git clone` gets files with as many lines. A changed grant is a whole new reading at one device and in the register of the other; `git` gets a file in which one line differs.',
        ],
      }
      return report
    } finally {
      await teams?.close()
      await actual?.stop()
      await postgres?.stop()
    }
  },
}

async function prepareDatabase(postgres: Postgres, database: string, authority: string): Promise<ServerAddress> {
  await postgres.sql(`CREATE DATABASE ${database} OWNER ${SET_UP}`)
  return { host: '127.0.0.1', port: postgres.port ?? 0, database, login: SET_UP, password: SET_UP, authority }
}

interface Peers {
  readonly postgres: Postgres
  readonly actual: Actual | null
  readonly git: string | undefined
}

async function measure(setting: Setting, teams: Teams, peers: Peers): Promise<readonly Row[]> {
  const size = setting.quick ? QUICK : SIZE
  return [
    ...(await measureOne(setting, teams, peers)),
    ...(await measureMany(setting, teams, peers, size.decisions)),
    ...(await measureSingle(setting, teams, size.single)),
  ]
}

/** One decision at a time. */
async function measureOne(setting: Setting, teams: Teams, peers: Peers): Promise<readonly Row[]> {
  setting.say('team: one decision')
  const { founder } = teams
  const client = await teams.openClient()
  const repository = peers.git === undefined ? null : makeRepository(setting.scratch)
  await peers.postgres.sql('CREATE TABLE bare (id bigserial PRIMARY KEY, bytes bytea NOT NULL)', 'bench')
  const script = `INSERT INTO bare (bytes) VALUES (decode(repeat('ab', ${BYTES}), 'hex'))`
  const samples = await race(
    {
      decision: () =>
        timed(() => {
          decideMany(founder, client, 1)
          return founder.exchange()
        }),
      idle: () => timed(() => founder.exchange()),
      pgbench: () => runPgbench(peers.postgres, script, 1, 200).then(({ latency }) => latency),
      actual: () => timed(() => peers.actual?.push(1, BYTES)),
      git: () => timed(() => repository?.()),
    },
    setting.runs,
  )
  const what = 'one decision, in the register, sealed, signed and placed'
  const row = (name: string, sample: Sample, isFloor = false): Row => ({
    what,
    unit: 'ms',
    ours: samples.decision,
    peer: { name, sample },
    isFloor,
  })
  return [
    row('pgbench: one bare INSERT', samples.pgbench, true),
    ...(peers.actual === null ? [] : [row("Actual's sync server", samples.actual)]),
    ...(repository === null ? [] : [row('git commit && git push', samples.git)]),
    { what: 'an exchange that brings nothing', unit: 'ms', ours: samples.idle },
  ]
}

/** Many in batches, and all of them read by another device. */
async function measureMany(setting: Setting, teams: Teams, { actual, postgres }: Peers, count: number): Promise<Row[]> {
  setting.say(`team: ${count} decisions`)
  const { founder, reader } = teams
  const [placed, read, sent, fetched, bytes] = [[], [], [], [], []] as number[][] as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ]
  for (let round = 0; round < Math.min(setting.runs, 3); round += 1) {
    const client = await teams.openClient()
    decideMany(founder, client, count)
    const before = await countStored(postgres)
    placed.push(await perSecond(count, () => founder.exchange()))
    bytes.push(((await countStored(postgres)) - before) / count)
    read.push(await perSecond(count, () => reader.exchange()))
    if (actual === null) continue
    sent.push(
      await perSecond(count, async () => {
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
  const what = `${count.toLocaleString('en')} decisions`
  const unit = 'decisions/s'
  const [first = 0] = bytes
  return [
    { what: `${what} placed in batches`, unit, ours: toSample(placed), limit: 15_000, ...peer(sent) },
    { what: `${what} read into the register`, unit, ours: toSample(read), limit: 10_000, ...peer(fetched) },
    { what: 'a decision of a large batch, on the server', unit: 'bytes', ours: exactly(Math.round(first)), limit: 100 },
  ]
}

/** Decisions that are placed one by one, and all of them read by another device. */
async function measureSingle(setting: Setting, teams: Teams, count: number): Promise<Row[]> {
  setting.say(`team: ${count} decisions, one by one`)
  const { founder, reader } = teams
  const [placed, read]: [number[], number[]] = [[], []]
  for (let round = 0; round < Math.min(setting.runs, 3); round += 1) {
    const client = await teams.openClient()
    placed.push(
      await perSecond(count, async () => {
        for (let made = 0; made < count; made += 1) {
          decideMany(founder, client, 1)
          await founder.exchange()
        }
      }),
    )
    read.push(await perSecond(count, () => reader.exchange()))
  }
  const unit = 'decisions/s'
  return [
    { what: 'decided and placed one by one', unit, ours: toSample(placed), limit: 1500 },
    { what: 'batches of one decision read into the register', unit, ours: toSample(read), limit: 4000 },
  ]
}

/** Bytes of all batches. */
async function countStored(postgres: Postgres): Promise<number> {
  return Number(await postgres.sql('SELECT coalesce(sum(octet_length(sealed)), 0) FROM castellan.batch', 'bench'))
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
