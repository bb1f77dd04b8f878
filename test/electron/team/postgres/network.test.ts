import { createServer } from 'node:net'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { exchange } from '../../../../electron/team/exchange.ts'
import { TeamLogError } from '../../../../electron/team/log.ts'
import { connect, type ServerAddress, toTeamLogError } from '../../../../electron/team/postgres/connect.ts'
import { openPostgresLog } from '../../../../electron/team/postgres/postgres-log.ts'
import { endLoginSql, passwordSql, run } from '../../../../electron/team/postgres/set-up.ts'
import { DRILL_LIMIT_MS, drawn } from '../../../drills/drill.ts'
import { type Cut, startCutProxy } from '../../../postgres/cut-proxy.ts'
import { makeAuthority } from '../../../providers/authority.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { crypto, foundTeam, nextUuid, toNote } from '../world.ts'
import { SET_UP, startTeamServer, type TeamDatabase, type TeamServer } from './database.ts'

let server: TeamServer
beforeAll(async () => {
  server = await startTeamServer()
})
afterAll(() => server.stop())

describe('a server that cannot be used', () => {
  let database: TeamDatabase
  let good: ServerAddress
  beforeAll(async () => {
    database = await server.createDatabase()
    await database.addLogin('anna', 'member')
    good = database.address('anna')
  })
  const problem = (address: ServerAddress) =>
    connect(address).then(
      () => null,
      (error: unknown) => error,
    )

  it.each([
    ['that is not there', 'offline', 'does not answer', { port: 1 }],
    ['whose name is not found', 'offline', 'does not answer', { host: 'db.invalid' }],
    ['whose certificate has another name', 'other-certificate', 'is not valid for that name', { host: 'localhost' }],
    ['whose authority is not known', 'other-certificate', 'authority', { authority: undefined }],
    ['whose authority is another one', 'other-certificate', 'authority', { authority: makeAuthority().tls.cert }],
    ['with another password', 'other-login', 'revoked', { password: 'x' }],
    ['without this login', 'other-login', 'revoked', { login: 'c_none' }],
    ['without this database', 'no-log', 'contains no team', { database: 'none' }],
  ] as const)('%s is named: %s', async (_, kind, words, change) => {
    const error = await problem({ ...good, ...change })
    expect(error).toBeInstanceOf(TeamLogError)
    expect(error).toMatchObject({ problem: kind, message: expect.stringContaining(words) as string })
    expect((error as Error).message).not.toContain(good.password)
  })

  it('has a certificate that ran out, or is slow: each is named by itself', () => {
    const toProblem = (of: object) => toTeamLogError(Object.assign(new Error('x'), of), 'db:5432')
    expect(toProblem({ code: 'CERT_HAS_EXPIRED' })).toMatchObject({ problem: 'old-certificate' })
    expect(toProblem({ code: 'CERT_HAS_EXPIRED' }).message).toContain('has expired')
    expect(toProblem({ message: 'Query read timeout' })).toMatchObject({ problem: 'slow' })
  })

  it('is connected to as the address gives it, and nothing of the environment is used', async () => {
    const set = {
      PGOPTIONS: '-c geqo=off',
      PGCLIENT_ENCODING: 'LATIN1',
      PGREPLICATION: 'true',
      PGSSLNEGOTIATION: 'direct',
    }
    for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value)
    const client = await connect(good)
    const show = async (name: string): Promise<unknown> => (await client.query(`SHOW ${name}`)).rows[0]
    expect(await show('geqo')).toEqual({ geqo: 'on' })
    expect(await show('client_encoding')).toEqual({ client_encoding: 'UTF8' })
    await client.end()
    vi.unstubAllEnvs()
  })

  it('without TLS gets no word of the login', async () => {
    const received: Buffer[] = []
    const plain = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (bytes: Buffer) => {
        received.push(bytes)
        socket.write('N')
      })
    })
    await new Promise<void>((resolve) => {
      plain.listen(0, '127.0.0.1', resolve)
    })
    closeAfterTest(plain)
    const { port } = plain.address() as { port: number }
    expect(await problem({ ...good, port })).toMatchObject({ problem: 'no-tls' })
    // The request for TLS is eight bytes, and nothing followed it.
    expect(Buffer.concat(received)).toHaveLength(8)
  })

  it('with a database that has no team, or tables of another version, is named', async () => {
    const log = closeAfterTest(openPostgresLog({ ...good, database: 'postgres' }, nextUuid()))
    await expect(log.heads()).rejects.toMatchObject({ problem: 'no-log' })
    await server.postgres.sql('UPDATE castellan.server SET schema_version = 99', database.name)
    const other = closeAfterTest(openPostgresLog(good, nextUuid()))
    await expect(other.heads()).rejects.toMatchObject({ problem: 'other-version' })
    await server.postgres.sql('UPDATE castellan.server SET schema_version = 1', database.name)
    expect(await other.heads()).toEqual(new Map())
  })

  it('is connected to again after it ended the connection, and not by a login that was ended', async () => {
    const log = closeAfterTest(openPostgresLog(good, nextUuid()))
    expect(await log.heads()).toEqual(new Map())
    await server.postgres.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${good.login}'`)
    expect(await log.heads()).toEqual(new Map())
    await run(good, [passwordSql(crypto, good.login, 'of its own')])
    expect(await problem(good)).toMatchObject({ problem: 'other-login' })
    const own = { ...good, password: 'of its own' }
    await (await connect(own)).end()
    // The role that sets up databases may end the login, and not what it has open: no superuser, as on a managed PostgreSQL.
    const [end, cut] = endLoginSql(good.login)
    const setUp = { ...good, login: SET_UP, password: SET_UP }
    await run(setUp, [end ?? ''])
    expect(await problem(own)).toMatchObject({ problem: 'other-login' })
    await expect(run(setUp, [cut ?? ''])).rejects.toMatchObject({ problem: 'not-allowed' })
    await server.postgres.sql(cut ?? '')
    await expect(log.heads()).rejects.toBeInstanceOf(TeamLogError)
    expect(await problem(own)).toMatchObject({ problem: 'other-login' })
  })
})

it(
  'an exchange that is cut after any byte places what waits once, and loses nothing',
  async () => {
    const database = await server.createDatabase()
    const team = await foundTeam(database.connect)
    const client = await team.openClient()
    const { founder } = team
    const address = { ...database.address('x'), login: founder.login, password: founder.login }
    const placed: string[] = []

    /** An exchange of one new operation through a proxy. */
    const exchangeThrough = async (cut: Cut | null) => {
      placed.push(founder.decide(client, ...toNote(String(placed.length))))
      const proxy = await startCutProxy(server.postgres.port ?? 0, cut)
      const log = openPostgresLog({ ...address, port: proxy.port }, team.team)
      const error = await exchange(founder.replica, log).then(
        () => null,
        (reason: unknown) => reason,
      )
      const counts = proxy.counts()
      await proxy.close()
      await log.close()
      return { counts, error }
    }
    const { counts } = await exchangeThrough(null)
    expect(founder.replica.waiting(client, 9)).toEqual([])
    const cuts = (['up', 'down'] as const).flatMap((direction) =>
      Array.from({ length: counts[direction] }, (_, after): Cut => ({ direction, after })),
    )
    expect(cuts.length).toBeGreaterThan(3000)
    for (const cut of drawn('cut-exchanges', cuts)) {
      const { error } = await exchangeThrough(cut)
      // The cut may come when the exchange has all that it needs.
      expect([null, 'offline']).toContain(error instanceof TeamLogError ? error.problem : error)
      await founder.exchange()
      expect(founder.replica.waiting(client, 9)).toEqual([])
    }
    const entries = await founder.log.pull(client, 0, 100_000)
    expect(entries.map(({ op }) => op)).toEqual(placed)
  },
  DRILL_LIMIT_MS,
)
