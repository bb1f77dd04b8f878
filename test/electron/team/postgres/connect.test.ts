import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, toServerError } from '../../../../electron/team/postgres/connect.ts'
import { listSetUpSql, setUp } from '../../../../electron/team/postgres/set-up.ts'
import { openServer } from '../../../../electron/team/postgres/server.ts'
import { type NewLogin, type ServerAddress, TeamServerError } from '../../../../electron/team/server.ts'
import { makeAuthority } from '../../../providers/authority.ts'
import { admit, logIn, setUpTeam, startTeamPostgres, type TeamPostgres, toLogin } from '../../../team/postgres-team.ts'
import { createScramVerifierOf } from '../../../team/scram.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { openLog, place, refusal, toBatch } from './placing.ts'

let server: TeamPostgres
beforeAll(async () => {
  server = await startTeamPostgres()
})
afterAll(() => server.stop())

const problemOf = (error: unknown): string => toServerError(error, 'db:5432').problem
const withCode = (code: string): Error => Object.assign(new Error('no words'), { code })

describe('a failure of the server', () => {
  it.each([
    ['53100', 'full'],
    ['CA001', 'full'],
    ['53300', 'no-connections'],
    ['25006', 'read-only'],
    ['57P01', 'offline'],
    ['57P03', 'offline'],
    ['08006', 'offline'],
    ['57014', 'slow'],
    ['53200', 'slow'],
    ['40P01', 'slow'],
    ['28P01', 'other-login'],
    ['28000', 'other-login'],
    ['CA003', 'other-login'],
    ['42501', 'not-allowed'],
    ['55P03', 'held'],
    ['3D000', 'not-set-up'],
    ['42P01', 'not-set-up'],
    ['42883', 'not-set-up'],
    ['42P06', 'not-empty'],
    ['XX001', 'refused'],
    ['ECONNREFUSED', 'offline'],
    ['ENOTFOUND', 'offline'],
    ['CERT_HAS_EXPIRED', 'old-certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'other-certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'other-certificate'],
  ])('with the code %s is %s, in one sentence that names the server', (code, problem) => {
    const error = toServerError(withCode(code), 'db:5432')
    expect(error.problem).toBe(problem)
    expect(error.message).toContain('db:5432')
    expect(error.message).not.toContain('no words')
  })

  it('that was named already stays as it is', () => {
    const error = new TeamServerError('held', 'By anna.')
    expect(toServerError(error, 'db:5432')).toBe(error)
    expect(problemOf(new Error('Query read timeout'))).toBe('slow')
    expect(problemOf(new Error('Connection terminated unexpectedly'))).toBe('offline')
  })
})

/** A server that speaks TLS and asks for the password as `ask` does, and notes what comes after. */
async function startAsking(ask: Buffer): Promise<{ readonly address: ServerAddress; readonly heard: Buffer[] }> {
  const authority = makeAuthority()
  const heard: Buffer[] = []
  const sockets = new Set<Socket>()
  const listener = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write('S')
      const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(authority.tls) })
      secure.on('error', () => undefined)
      secure.once('data', () => {
        secure.write(ask)
        secure.on('data', (bytes) => heard.push(bytes))
      })
    })
  })
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve)
  })
  closeAfterTest({
    close: () => {
      for (const socket of sockets) socket.destroy()
      listener.close()
    },
  })
  const { port } = listener.address() as AddressInfo
  const pem = readFileSync(authority.file, 'utf8')
  return {
    address: { host: '127.0.0.1', port, database: 'x', login: 'anna', password: 'secret-word', authority: pem },
    heard,
  }
}

describe('a connection', () => {
  it.each([
    ['in clear', Buffer.from('52000000080000000300'.slice(0, 18), 'hex')],
    ['as MD5', Buffer.from('520000000c0000000501020304', 'hex')],
  ])('sends no password to a server that asks for it %s', async (_, ask) => {
    const { address, heard } = await startAsking(ask)
    expect(await refusal(connect(address))).toBe('clear-password')
    expect(heard.filter((bytes) => bytes[0] === 'p'.charCodeAt(0))).toEqual([])
  })

  it('is made by TLS with the authority and the name of the address, and by nothing of the environment', async () => {
    const address = await server.createDatabase()
    const other = readFileSync(makeAuthority().file, 'utf8')
    expect(await refusal(connect({ ...address, authority: other }))).toBe('other-certificate')
    expect(await refusal(connect({ ...address, host: 'localhost' }))).toBe('other-certificate')
    expect(await refusal(connect({ ...address, password: 'wrong' }))).toBe('other-login')
    expect(await refusal(connect({ ...address, port: 1 }))).toBe('offline')
    const before = { ...process.env }
    Object.assign(process.env, {
      PGHOST: 'nowhere.invalid',
      PGUSER: 'other',
      PGSSLMODE: 'disable',
      PGOPTIONS: '-c search_path=evil',
    })
    try {
      const client = await connect(address)
      const { rows } = await client.query<{ path: string; ssl: boolean }>(
        `SELECT current_setting('search_path') AS path, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`,
      )
      await client.end()
      expect(rows).toEqual([{ path: 'pg_catalog', ssl: true }])
    } finally {
      for (const name of ['PGHOST', 'PGUSER', 'PGSSLMODE', 'PGOPTIONS']) delete process.env[name]
      Object.assign(process.env, before)
    }
  })

  it('is refused by a server without TLS before the login is named', async () => {
    const heard: Buffer[] = []
    const listener = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (bytes) => {
        heard.push(bytes)
        socket.write('N')
      })
    })
    await new Promise<void>((resolve) => {
      listener.listen(0, '127.0.0.1', resolve)
    })
    closeAfterTest({ close: () => void listener.close() })
    const { port } = listener.address() as AddressInfo
    const address = { host: '127.0.0.1', port, database: 'x', login: 'anna', password: 'secret-word', authority: null }
    expect(await refusal(connect(address))).toBe('no-tls')
    expect(Buffer.concat(heard).toString('latin1')).not.toMatch(/anna|secret-word/u)
  })

  it('that the server ended is made again with the next call, and one login too many is named', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    await owner.server.heads(null)
    await server.postgres.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${owner.login}'`)
    await expect.poll(() => refusal(owner.server.heads(null))).toBe('done')
    const more = Array.from({ length: 4 }, () => logIn(address, owner.login))
    const answers = await Promise.all(more.map((one) => refusal(one.heads(null))))
    expect(answers.toSorted()).toEqual(['done', 'done', 'done', 'no-connections'])
  })

  it('to a standby reads, and names why it cannot write', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const log = await openLog(owner)
    await server.postgres.sql('ALTER DATABASE ' + address.database + ' SET default_transaction_read_only = on')
    const reading = { ...owner, server: logIn(address, owner.login) }
    expect((await reading.server.heads(null)).logs).toHaveLength(1)
    expect(await refusal(reading.server.append(toBatch(reading, log), [], null))).toBe('read-only')
  })
})

describe('the set-up of a team', () => {
  const toFounder = async (): Promise<NewLogin> => {
    const login = toLogin()
    return {
      login,
      device: randomUUID(),
      member: randomUUID(),
      owner: true,
      verifier: await createScramVerifierOf(login),
      until: null,
    }
  }

  it('makes a missing database, changes nothing the second time, and takes no database with another team', async () => {
    const address = { ...(await server.createDatabase()), database: 'made_by_set_up' }
    const [team, founder] = [randomUUID(), await toFounder()]
    expect(await refusal(logIn(address, founder.login).heads(null))).toBe('other-login')
    await setUp(address, team, founder)
    const { server: name } = await logIn(address, founder.login).heads(null)
    await setUp(address, team, founder)
    expect((await logIn(address, founder.login).heads(null)).server).toBe(name)
    expect(await refusal(setUp(address, randomUUID(), await toFounder()))).toBe('not-empty')
  })

  it('runs as SQL too, which has no password in it', async () => {
    const address = await server.createDatabase()
    const [team, founder] = [randomUUID(), await toFounder()]
    const sql = listSetUpSql(team, founder).join(';\n')
    const { authority, port, database, login, password } = address
    expect(authority).not.toBeNull()
    const { PATH } = process.env
    await promisify(execFile)('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', sql], {
      env: {
        PATH,
        PGHOST: '127.0.0.1',
        PGPORT: String(port),
        PGDATABASE: database,
        PGUSER: login,
        PGPASSWORD: password,
        PGSSLMODE: 'require',
      },
    })
    expect(await refusal(logIn(address, founder.login).heads(null))).toBe('done')
  })

  it('in another database of one server has the same team’s logins let in again, and other teams’ untouched', async () => {
    const [first, second, third] = [
      await server.createDatabase(),
      await server.createDatabase(),
      await server.createDatabase(),
    ]
    const owner = await setUpTeam(first)
    const member = await admit(first, owner.server)
    const other = await setUpTeam(third)
    await setUp(second, owner.team, {
      ...owner,
      owner: true,
      verifier: await createScramVerifierOf(owner.login),
      until: null,
    })
    const moved = logIn(second, owner.login)
    await moved.admit({ ...member, owner: false, verifier: await createScramVerifierOf(member.login), until: null })
    expect(await refusal(logIn(second, member.login).heads(null))).toBe('done')
    const stolen = { ...other, owner: true, verifier: await createScramVerifierOf('mine'), until: null }
    expect(await refusal(moved.admit(stolen))).toBe('refused')
    expect(await refusal(logIn(third, other.login).heads(null))).toBe('done')
    expect(await refusal(logIn(second, other.login).heads(null))).toBe('not-allowed')
  })

  it('writes no password to the log of the server', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const member = await admit(address, owner.server)
    await member.server.setPassword(await createScramVerifierOf('a-word-of-its-own'))
    expect(server.postgres.log()).not.toContain('a-word-of-its-own')
    expect(await refusal(logIn(address, member.login, 'a-word-of-its-own').heads(null))).toBe('done')
  })
})

describe('notices', () => {
  it('are heard again after the connection broke, with a call for what was missed', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const member = await admit(address, owner.server)
    const log = await openLog(owner, [member, 2])
    let heard = 0
    const { close } = await member.server.listen(() => {
      heard += 1
    })
    expect(heard).toBe(1)
    await server.postgres.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${member.login}' AND query LIKE 'LISTEN%'`,
    )
    await expect.poll(() => heard).toBe(2)
    await place(owner, log, toBatch(owner, log))
    await owner.server.notify([log.log])
    await expect.poll(() => heard).toBe(3)
    await close()
  })

  it('are sent only to those who may read the log, with no content', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    const [member, stranger] = [await admit(address, owner.server), await admit(address, owner.server)]
    const log = await openLog(owner, [member, 1])
    const counts = { member: 0, stranger: 0 }
    const listening = [
      await member.server.listen(() => (counts.member += 1)),
      await stranger.server.listen(() => (counts.stranger += 1)),
    ]
    await stranger.server.notify([log.log])
    await owner.server.notify([log.log])
    await expect.poll(() => counts.member).toBe(2)
    expect(counts).toEqual({ member: 2, stranger: 1 })
    for (const { close } of listening) await close()
  })

  it('that do not arrive are noticed when listening begins', async () => {
    const address = await server.createDatabase()
    const owner = await setUpTeam(address)
    // Something between that swallows notices: here the function sends none.
    await server.postgres.sql(
      `CREATE OR REPLACE FUNCTION castellan.notify(_logs uuid[]) RETURNS void LANGUAGE sql AS 'SELECT'`,
      address.database,
    )
    const { isHeard, close } = await openServer({ ...address, login: owner.login, password: owner.login }).listen(
      () => undefined,
    )
    expect(isHeard).toBe(false)
    await close()
  })
})
