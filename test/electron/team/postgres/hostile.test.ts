import { randomUUID } from 'node:crypto'

import type { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { connect, findCode } from '../../../../electron/team/postgres/connect.ts'
import { DEVICE_FUNCTIONS } from '../../../../electron/team/postgres/tables.ts'
import type { ServerAddress } from '../../../../electron/team/server.ts'
import { drill } from '../../../drills/drill.ts'
import {
  admit,
  type LoggedIn,
  logIn,
  setUpTeam,
  startTeamPostgres,
  toLogin,
  type TeamPostgres,
} from '../../../team/postgres-team.ts'
import { createScramVerifierOf } from '../../../team/scram.ts'
import { makeRandom } from '../../../providers/random.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { bytes, type Log, openLog, place, refusal, rightsOf, toBatch, toHead } from './placing.ts'

let server: TeamPostgres
let address: ServerAddress
let owner: LoggedIn & { readonly team: string }
let hostile: LoggedIn
let honest: LoggedIn
/** Of all three, and of the honest ones alone. */
let shared: Log
let closed: Log

beforeAll(async () => {
  server = await startTeamPostgres()
})
afterAll(() => server.stop())
beforeEach(async () => {
  address = await server.createDatabase()
  owner = await setUpTeam(address)
  hostile = await admit(address, owner.server)
  honest = await admit(address, owner.server)
  shared = await openLog(owner, [hostile, 2], [honest, 3])
  closed = await openLog(owner, [honest, 3])
})

const superuser = (text: string): Promise<string> => server.postgres.sql(text, address.database)

/** A connection of a login that runs any SQL. */
async function openRaw({ login }: LoggedIn): Promise<Client> {
  const client = await connect({ ...address, login, password: login })
  closeAfterTest({ close: () => client.end().catch(() => undefined) })
  return client
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: unknown) => findCode(error),
  )

/** Values at the ends of each type, and none. */
const uuids = (): readonly string[] => [
  `'${shared.log}'`,
  `'${closed.log}'`,
  `'${owner.device}'`,
  `'${randomUUID()}'`,
  'NULL',
]
function listExtremes(): Readonly<Record<string, readonly string[]>> {
  const logins = [`'${owner.login}'`, `'${hostile.login}'`, `'${honest.login}'`, `'postgres'`, `'set_up'`, `''`, 'NULL']
  const byte = [
    `'\\x'`,
    `'\\x${'00'.repeat(32)}'`,
    `'\\x${'ff'.repeat(64)}'`,
    `'\\x${Buffer.from(shared.head).toString('hex')}'`,
    'NULL',
  ]
  const bytea = [...byte, `convert_to(repeat('x', 1048577), 'UTF8')`]
  const lists = (values: readonly string[], type: string): readonly string[] => [
    'NULL',
    `'{}'::${type}[]`,
    `ARRAY[NULL]::${type}[]`,
    `ARRAY[${values.join(',')}]::${type}[]`,
    `array_fill(${values[0]}::${type}, ARRAY[3000])`,
  ]
  return {
    uuid: uuids(),
    bigint: ['-9223372036854775808', '-1', '0', String(shared.at), '9223372036854775807', 'NULL'],
    integer: ['-2147483648', '-1', '0', '2147483647', 'NULL'],
    'double precision': ['-1', '0', `'infinity'`, `'-infinity'`, `'NaN'`, '1e308', 'NULL'],
    boolean: ['true', 'false', 'NULL'],
    text: [`''`, `'card'`, `'ordinary'`, `'sending'`, `'%I'';DROP SCHEMA castellan'`, `repeat('x', 1000000)`, 'NULL'],
    bytea,
    name: logins,
    'uuid[]': lists(uuids(), 'uuid'),
    'name[]': lists(logins, 'name'),
    'bytea[]': lists(byte, 'bytea'),
    'integer[]': lists(['3', '0', '-1', '99999', 'NULL'], 'integer'),
    'double precision[]': lists(['1', `'NaN'`], 'float8'),
  }
}

/** All that a login without a right to it must not change. */
const readRest = (): Promise<string> =>
  superuser(`SELECT md5(string_agg(x, '' ORDER BY x)) FROM (
    SELECT row_to_json(l)::text FROM castellan.login l WHERE login <> '${hostile.login}' UNION ALL
    SELECT row_to_json(l)::text FROM castellan.log l WHERE log = '${closed.log}' UNION ALL
    SELECT row_to_json(m)::text FROM castellan.may m WHERE log IN ('${closed.log}', '${shared.log}') UNION ALL
    SELECT row_to_json(w)::text FROM castellan.wrap w WHERE log IN ('${closed.log}', '${shared.log}') UNION ALL
    SELECT row_to_json(b)::text FROM castellan.batch b WHERE log = '${closed.log}' OR at < ${shared.at} AND log = '${shared.log}' UNION ALL
    SELECT row_to_json(t)::text FROM castellan.turn t WHERE log = '${closed.log}' UNION ALL
    SELECT row_to_json(r)::text FROM pg_roles r WHERE rolname <> '${hostile.login}') y (x)`)

describe('a login that runs its own SQL', () => {
  const { count, seed } = drill('hostile-sql')
  const random = makeRandom(seed)
  it(
    'changes nothing that it has no right to, by any function at the ends of its arguments',
    { timeout: 600_000 },
    async () => {
      const client = await openRaw(hostile)
      const extremes = listExtremes()
      const { rows } = await client.query<{ name: string; types: string }>(
        `SELECT proname AS name, pg_get_function_identity_arguments(oid) AS types FROM pg_proc WHERE pronamespace = 'castellan'::regnamespace`,
      )
      const granted = rows.filter(({ name }) => DEVICE_FUNCTIONS.some((one) => one === name))
      expect(granted).toHaveLength(DEVICE_FUNCTIONS.length)
      const [rest, room] = [
        await readRest(),
        await superuser(`SELECT room FROM castellan.login WHERE login = '${hostile.login}'`),
      ]
      const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
      const codes = new Set<string>()
      for (let round = 0; round < count; round += 1) {
        for (const { name, types } of granted) {
          // Its own login is ended in another test.
          const values =
            types === '' ? [] : types.split(', ').map((one) => pick(extremes[one.replace(/^\S+ /u, '')] ?? ['NULL']))
          if (name === 'shut' && values[0] === `'${hostile.login}'`) continue
          codes.add(await codeOf(client.query(`SELECT castellan.${name}(${values.join(', ')})`)))
        }
      }
      expect([...codes].filter((code) => /^(?:XX|57|53|58)/u.test(code))).toEqual([])
      expect(codes).toContain('42501')
      expect(await readRest()).toBe(rest)
      const left = await superuser(`SELECT room FROM castellan.login WHERE login = '${hostile.login}'`)
      expect(Number(left)).toBeLessThanOrEqual(Number(room))
      await owner.server.goOn()
      expect(await place(honest, closed, toBatch(honest, closed))).toBe('placed')
    },
  )

  it('writes and reads no table, and sees no row, key and channel of others', async () => {
    const client = await openRaw(hostile)
    await place(honest, closed, toBatch(honest, closed))
    await honest.server.putBlobs(closed.log, [{ address: bytes(32), sealed: bytes(10) }])
    await honest.server.takeTurns([{ log: closed.log, job: randomUUID() }], 10, true)
    for (const table of ['state', 'login', 'log', 'may', 'wrap', 'batch', 'blob', 'turn', 'figure', 'knock']) {
      for (const sql of [
        `DELETE FROM castellan.${table}`,
        `INSERT INTO castellan.${table} DEFAULT VALUES`,
        `TRUNCATE castellan.${table}`,
      ]) {
        expect(await codeOf(client.query(sql))).toBe('42501')
      }
    }
    expect(await codeOf(client.query('SELECT channel FROM castellan.login'))).toBe('42501')
    expect(await codeOf(client.query('SELECT sealed FROM castellan.wrap'))).toBe('42501')
    expect(await codeOf(client.query('SELECT * FROM castellan.log'))).toBe('42501')
    expect(await codeOf(client.query('CREATE TEMP TABLE mine (x int)'))).toBe('42501')
    const { rows } = await client.query<{ log: string | null }>(
      'SELECT log FROM castellan.batch UNION ALL SELECT log FROM castellan.blob UNION ALL SELECT log FROM castellan.may UNION ALL SELECT log FROM castellan.turn',
    )
    expect(new Set(rows.map(({ log }) => log))).toEqual(new Set([shared.log]))
    const logins = await client.query<{ login: string }>('SELECT login FROM castellan.login')
    expect(logins.rows).toEqual([{ login: hostile.login }])
  })

  it('appends in no other isolation than read committed', async () => {
    const client = await openRaw(hostile)
    for (const level of ['REPEATABLE READ', 'SERIALIZABLE']) {
      await client.query(`BEGIN ISOLATION LEVEL ${level}`)
      expect(await codeOf(client.query(`SELECT castellan.notify('{}')`))).toBe('CA002')
      await client.query('ROLLBACK')
    }
    await client.query(`SET default_transaction_isolation = 'serializable'`)
    expect(await codeOf(client.query('SELECT castellan.heads(NULL)'))).toBe('CA002')
  })

  it('appends nothing after its removal in a transaction that began before it', async () => {
    const client = await openRaw(hostile)
    const batch = toBatch(hostile, shared)
    await client.query('BEGIN')
    await client.query('SELECT count(*) FROM castellan.batch')
    await honest.server.lower(shared.log, hostile.login)
    const { rows } = await client.query<{ outcome: string }>(
      `SELECT outcome FROM castellan.append($1, $2, $3, $4, $5, 'ordinary', NULL, $6, $7, '{}', NULL, NULL, NULL, NULL)`,
      [batch.log, batch.at, batch.before, batch.card, batch.device, batch.box, batch.signature],
    )
    expect(rows).toEqual([{ outcome: 'no-right' }])
    await client.query('COMMIT')
  })

  it('that keeps a log locked is named to the others, and an owner ends it without waiting for the lock', async () => {
    const client = await openRaw(hostile)
    const batch = toBatch(hostile, shared)
    await client.query('BEGIN')
    await client.query(
      `SELECT castellan.append($1, $2, $3, $4, $5, 'ordinary', NULL, $6, $7, '{}', NULL, NULL, NULL, NULL)`,
      [batch.log, batch.at, batch.before, batch.card, batch.device, batch.box, batch.signature],
    )
    const refused: unknown = await honest.server
      .append(toBatch(honest, shared), [], null)
      .catch((error: unknown) => error)
    expect(refused).toMatchObject({ problem: 'held' })
    expect(String(refused)).toContain(hostile.login)
    await owner.server.shut(hostile.login)
    expect(await place(honest, shared, toBatch(honest, shared))).toBe('placed')
  })

  it('holds up no turn of another client', async () => {
    const client = await openRaw(hostile)
    const [mine, other] = [
      { log: shared.log, job: randomUUID() },
      { log: closed.log, job: randomUUID() },
    ]
    await client.query('BEGIN')
    await client.query('SELECT * FROM castellan.take_turns($1, $2, 10, true)', [[mine.log], [mine.job]])
    expect(await honest.server.takeTurns([mine, other], 10, true)).toEqual([other])
    await client.query('COMMIT')
    await client.query(`SELECT castellan.give_turn($1, $2, 'infinity')`, [mine.log, mine.job])
    const [turn] = await honest.server.listTurns(mine.log)
    expect(turn?.due).toBeLessThan(Date.now() + 31 * 86_400_000)
    expect(await honest.server.takeTurns([mine], 10, true)).toEqual([mine])
  })

  it('stores no more than its room, by any way', async () => {
    const client = await openRaw(hostile)
    await owner.server.giveRoom(hostile.login, -1_900_000_000)
    const before = await countBytes()
    const [row] = (await owner.server.listLogins()).filter(({ login }) => login === hostile.login)
    const room = row?.room ?? 0
    await superuser(`UPDATE castellan.login SET room = 3000000 WHERE login = '${hostile.login}'`)
    expect(room).toBeGreaterThan(0)
    const flood = `convert_to(repeat('x', 1000000), 'UTF8')`
    for (let count = 0; count < 6; count += 1) {
      await codeOf(client.query(`SELECT castellan.put_blob('${shared.log}', sha256('${count}'), ${flood})`))
      await codeOf(
        client.query(`SELECT castellan.append('${randomUUID()}', 0, sha256(''), NULL, '${hostile.device}', 'card', NULL, ${flood},
        decode(repeat('00', 64), 'hex'), '{}', ARRAY['${hostile.login}'], ARRAY[3], ARRAY[''::bytea], false)`),
      )
    }
    const jobs = Array.from({ length: 20_000 }, () => randomUUID())
    for (let at = 0; at < jobs.length; at += 1000) {
      const part = jobs.slice(at, at + 1000)
      await codeOf(client.query('SELECT castellan.take_turns($1, $2, 10, true)', [part.map(() => shared.log), part]))
    }
    expect((await countBytes()) - before).toBeLessThanOrEqual(3_000_000)
    expect(await place(hostile, shared, toBatch(hostile, shared, { box: new Uint8Array(900_000) }))).toBe('no-room')
    expect(await place(honest, shared, toBatch(honest, shared))).toBe('placed')
  })

  const countBytes = async (): Promise<number> =>
    Number(
      await superuser(`SELECT coalesce((SELECT sum(octet_length(sealed)) FROM castellan.blob), 0)
        + coalesce((SELECT sum(octet_length(sealed)) FROM castellan.batch), 0) + (SELECT count(*) * 64 FROM castellan.turn)`),
    )

  it('keeps the others from appending by a refill once, and no longer than ten minutes', async () => {
    const held = toBatch(hostile, shared)
    const fill = async (): Promise<string> => {
      const { next, head } = (await honest.server.heads(null)).logs.find(({ log }) => log === shared.log) ?? {
        next: 0,
        head: bytes(32),
      }
      const batch = toBatch(honest, { ...shared, at: next, head })
      const [made] = [{ ...batch, head: toHead(batch), placedBy: honest.login, placedAt: Date.now() * 2 }]
      return made === undefined ? '' : hostile.server.refill([made])
    }
    expect(held.at).toBe(shared.at)
    expect(await fill()).toBe('filled')
    await superuser(`UPDATE castellan.state SET restoring = clock_timestamp() + interval '1 minute'`)
    expect(await fill()).toBe('filled')
    expect(
      await superuser(`SELECT restoring < clock_timestamp() + interval '2 minutes' FROM castellan.state`),
    ).toContain('t')
    await owner.server.goOn()
    expect(await fill()).toBe('filled')
    expect((await honest.server.heads(null)).restoring).toBe(false)
    // The login that put it there is named, whichever device it names.
    expect((await honest.server.read(shared.log, shared.at)).map(({ placedBy }) => placedBy)).toEqual(
      Array.from({ length: 3 }).fill(hostile.login),
    )
  })

  it('as a lead gives no right to what is not of the team, and takes none from an owner', async () => {
    const outcome = await place(honest, shared, toBatch(honest, shared, { class: 'card' }), {
      ...rightsOf([honest, 3]),
      logins: [
        ...rightsOf([honest, 3]).logins,
        { login: 'postgres', level: 3, wrap: bytes(4) },
        { login: 'set_up', level: 3, wrap: bytes(4) },
      ],
    })
    expect(outcome).toBe('placed')
    expect(
      await superuser(`SELECT string_agg(login, ',' ORDER BY login) FROM castellan.may WHERE log = '${shared.log}'`),
    ).toBe(`${[owner.login, honest.login].toSorted().join(',')}\n`)
    expect(await refusal(honest.server.lower(shared.log, owner.login))).toBe('not-allowed')
    expect(
      await refusal(honest.server.admit({ ...owner, login: toLogin(), owner: true, verifier: '', until: null })),
    ).toBe('not-allowed')
    expect((await owner.server.heads(null)).logs.map(({ log }) => log).toSorted()).toEqual(
      [closed.log, shared.log].toSorted(),
    )
  })
})

describe('ending a login', () => {
  it('ends its sessions and what it stored as large objects, and it comes back by no way', async () => {
    const client = await openRaw(hostile)
    await client.query(`SELECT lo_from_bytea(0, 'much')`)
    await owner.server.shut(hostile.login)
    await expect(client.query('SELECT 1')).rejects.toThrow(/terminat|connection/u)
    expect(await refusal(logIn(address, hostile.login).heads(null))).toBe('other-login')
    expect(await superuser('SELECT count(*) FROM pg_largeobject_metadata')).toContain('0')
    expect(await superuser(`SELECT count(*) FROM pg_roles WHERE rolname = '${hostile.login}'`)).toContain('0')
    expect(await superuser(`SELECT count(*) FROM castellan.may WHERE login = '${hostile.login}'`)).toContain('0')
  })

  it('touches no role that is not of the team', async () => {
    const other = await server.createDatabase()
    const boss = await setUpTeam(other)
    for (const login of ['postgres', 'set_up', boss.login]) await owner.server.shut(login)
    const { restored } = {
      restored: await superuser(
        `SELECT count(*) FROM pg_roles WHERE rolname IN ('postgres', 'set_up', '${boss.login}') AND rolcanlogin`,
      ),
    }
    expect(restored).toContain('3')
    expect(await refusal(boss.server.heads(null))).toBe('done')
  })

  it('comes by itself for an invite that was not let in', async () => {
    const [login, verifier] = [toLogin(), await createScramVerifierOf('first')]
    const named = { login, device: randomUUID(), member: randomUUID(), owner: false }
    await owner.server.admit({ ...named, verifier, until: Date.now() + 3_600_000 })
    const invited = logIn(address, login, 'first')
    await invited.setPassword(await createScramVerifierOf('second'))
    const validUntil = (): Promise<string> => superuser(`SELECT rolvaliduntil FROM pg_roles WHERE rolname = '${login}'`)
    expect(await validUntil()).not.toContain('infinity')
    await openLog(owner, [{ ...named, server: invited }, 1])
    expect(await validUntil()).toContain('infinity')
    expect(await refusal(logIn(address, login, 'second').heads(null))).toBe('done')
  })
})

describe('a server that lost rows', () => {
  it('makes the row of a login again from its role', async () => {
    await superuser('DELETE FROM castellan.login')
    for (const { server: own } of [owner, honest]) expect((await own.heads(null)).logs).toHaveLength(2)
    expect((await owner.server.listLogins()).map(({ login }) => login)).toContain(honest.login)
    expect((await owner.server.listLogins()).find(({ login }) => login === owner.login)?.owner).toBe(true)
  })

  it('shows a log up to its first gap, and is filled there by what devices hold', async () => {
    for (let count = 0; count < 5; count += 1) await place(honest, shared, toBatch(honest, shared))
    const held = await honest.server.read(shared.log, 0)
    for (const lost of ['at IN (3, 4, 5)', 'true', 'at = 0']) {
      await superuser(`DELETE FROM castellan.batch WHERE log = '${shared.log}' AND ${lost}`)
      const shown = (await owner.server.heads(null)).logs.find(({ log }) => log === shared.log)
      expect(shown?.next).toBe(lost.startsWith('at IN') ? 3 : 0)
      expect(await owner.server.refill(held.slice(shown?.next))).toBe('filled')
      expect((await owner.server.read(shared.log, 0)).map(({ head }) => head)).toEqual(held.map(({ head }) => head))
      await owner.server.goOn()
    }
    await superuser('DELETE FROM castellan.log')
    expect(await owner.server.refill(held)).toBe('filled')
    expect((await owner.server.heads(null)).logs).toMatchObject([
      { next: held.length, head: shared.head, card: shared.card },
    ])
  })

  it('voids the cursor of a device after its table was restored', async () => {
    const { cursor } = await honest.server.heads(null)
    expect((await honest.server.heads(cursor)).logs.length).toBeLessThan(3)
    await superuser(
      'CREATE TABLE kept AS SELECT * FROM castellan.log; TRUNCATE castellan.log; INSERT INTO castellan.log SELECT * FROM kept',
    )
    const again = await honest.server.heads(cursor)
    expect(again.logs).toHaveLength(2)
    expect(again.cursor.split(':')[0]).not.toBe(cursor.split(':')[0])
  })
})
