import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../../../../electron/team/postgres/connect.ts'
import { openPostgresLog } from '../../../../electron/team/postgres/postgres-log.ts'
import { toRoles } from '../../../../electron/team/postgres/schema.ts'
import { run } from '../../../../electron/team/postgres/set-up.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { crypto, nextUuid, SERVER } from '../world.ts'
import { SET_UP, startTeamServer, type TeamServer } from './database.ts'
import {
  blobSql,
  entrySql,
  fillSql,
  leaseSql,
  summarySql,
  TEAM_TABLES,
  type TeamTable,
  toChanges,
} from './statements.ts'

let server: TeamServer
beforeAll(async () => {
  server = await startTeamServer()
})
afterAll(() => server.stop())

type Outcome = 'all' | 'own' | 'none' | 'refused'
type Row = Readonly<Record<TeamTable, Outcome>>

const toRow = (outcomes: readonly Outcome[]): Row =>
  Object.fromEntries(TEAM_TABLES.map((table, at) => [table, outcomes[at]])) as Row

/** What each login gets of a table: all rows, those of its stream, none, or an error. In the order of `TEAM_TABLES`. */
const READ: Readonly<Record<string, Row>> = {
  reviewer: toRow(['all', 'own', 'own', 'own', 'own', 'own', 'own', 'own', 'refused']),
  lead: toRow(['all', 'own', 'own', 'own', 'own', 'own', 'own', 'own', 'refused']),
  viewer: toRow(['all', 'own', 'own', 'own', 'own', 'own', 'own', 'own', 'refused']),
  stranger: toRow(['all', 'none', 'none', 'none', 'none', 'none', 'none', 'none', 'refused']),
  revoked: toRow(['all', 'none', 'none', 'none', 'none', 'none', 'none', 'none', 'refused']),
  owner: toRow(['all', 'all', 'own', 'own', 'own', 'own', 'all', 'all', 'all']),
}

/** As a role of the team, which has no streams of its own: less than as the login. */
const AS_MEMBER_ROLE = toRow(['all', 'none', 'none', 'none', 'none', 'none', 'none', 'none', 'refused'])
const REFUSED = toRow(TEAM_TABLES.map(() => 'refused'))
const NOTHING = toRow(TEAM_TABLES.map(() => 'none'))

/** Who may change rows: every other pair of login, table and verb is refused, or finds no row. */
const CHANGE: readonly string[] = [
  'owner insert stream',
  'owner update stream',
  'owner insert access',
  'owner update access',
  'owner delete access',
  'owner insert wrap',
  'owner delete knock',
  'owner insert entry',
  'owner insert blob',
  'owner delete blob',
  'owner insert lease',
  'owner update lease',
  'owner delete lease',
  'owner insert summary',
  // A lead gives access and keys, and takes none away.
  ...['access', 'wrap', 'entry', 'blob', 'lease', 'summary'].map((table) => `lead insert ${table}`),
  ...['owner', 'lead', 'reviewer'].map((login) => `${login} update summary`),
  'lead update lease',
  'reviewer insert entry',
  'reviewer insert blob',
  'reviewer insert lease',
  'reviewer insert summary',
  'reviewer update lease',
  // Anyone who has a login may ask to be enrolled.
  ...Object.keys(READ).map((login) => `${login} insert knock`),
]

/** A database with two streams, of which the reviewer, lead, viewer and owner may use the first, and a connection of each login. */
async function setUp() {
  const database = await server.createDatabase()
  const [mine, other] = [nextUuid(), nextUuid()]
  const logins = Object.keys(READ)
  for (const login of logins) await database.addLogin(login, login === 'owner' ? 'owner' : 'member')
  const access = ['reviewer', 'lead', 'viewer', 'owner'].map(
    (login) =>
      `INSERT INTO castellan.access VALUES ('${mine}', '${database.address(login).login}', ${login !== 'viewer'}, ${login === 'lead'})`,
  )
  await server.postgres.sql([...fillSql(mine), ...fillSql(other), ...access].join(';'), database.name)
  const clients = new Map<string, Client>()
  for (const login of logins) {
    const client = await connect(database.address(login))
    closeAfterTest({ close: () => client.end() })
    clients.set(login, client)
  }
  return { database, mine, other, clients }
}

/** What a connection gets of each table by a road: a statement of the table, after others. Nothing is kept. */
async function readBy(client: Client, stream: string, road: (table: TeamTable) => readonly string[]): Promise<Row> {
  const outcomes: Outcome[] = []
  for (const table of TEAM_TABLES) {
    const statements = road(table)
    outcomes.push(
      await undone(
        client,
        async () => {
          for (const text of statements.slice(0, -1)) await client.query(text)
          const { rows } = await client.query<{ stream_id?: string }>(statements.at(-1) ?? '')
          if (rows.length === 0) return 'none'
          return table !== 'server' && rows.every((row) => row.stream_id === stream) ? 'own' : 'all'
        },
        'refused',
      ),
    )
  }
  return toRow(outcomes)
}

/** Runs work in a transaction that is undone; `failed` where a statement is refused. */
async function undone<T>(client: Client, work: () => Promise<T>, failed: T): Promise<T> {
  await client.query('BEGIN')
  try {
    return await work()
  } catch {
    return failed
  } finally {
    await client.query('ROLLBACK')
  }
}

const changes = (client: Client, text: string): Promise<boolean> =>
  undone(client, async () => ((await client.query(text)).rowCount ?? 0) > 0, false)
const count = (client: Client, text: string): Promise<number | null> =>
  undone<number | null>(client, async () => (await client.query(text)).rowCount, null)

describe('row-level security', () => {
  it('gives each login what its streams are, by every road to a table, and lets it change what is listed', async () => {
    const { database, mine, clients } = await setUp()
    const views = TEAM_TABLES.map(
      (table) => `CREATE VIEW public.seen_${table} AS SELECT * FROM castellan.${table};
        ALTER VIEW public.seen_${table} OWNER TO ${SET_UP}; GRANT SELECT ON public.seen_${table} TO PUBLIC`,
    )
    await server.postgres.sql(views.join(';'), database.name)
    const came: string[] = []
    for (const [login, client] of clients) {
      const read = (road: (table: TeamTable) => readonly string[]) => readBy(client, mine, road)
      const select = (table: TeamTable): string => `SELECT * FROM castellan.${table}`
      expect([login, await read((table) => [select(table)])]).toEqual([login, READ[login]])
      expect(await read((table) => [`CREATE TEMP VIEW mine AS ${select(table)}`, 'SELECT * FROM mine'])).toEqual(
        READ[login],
      )
      // The role that owns the tables is bound by their policies, so a view of it shows nothing.
      expect(await read((table) => [`SELECT * FROM public.seen_${table}`])).toEqual(NOTHING)
      expect(await read((table) => [`SET LOCAL ROLE ${toRoles(SERVER).member}`, select(table)])).toEqual(AS_MEMBER_ROLE)
      // What an owner's login may read, it may as a member's.
      expect(await read((table) => [`SET LOCAL ROLE ${toRoles(SERVER).owner}`, select(table)])).toEqual(REFUSED)
      expect(await read((table) => ['SET LOCAL row_security = off', select(table)])).toEqual(REFUSED)
      expect(await read((table) => [`SET LOCAL ROLE ${SET_UP}`, select(table)])).toEqual(REFUSED)
      for (const table of TEAM_TABLES) {
        expect(await count(client, `COPY castellan.${table} TO STDOUT`)).toBe(await count(client, select(table)))
        expect(await count(client, `COPY castellan.${table} FROM STDIN`)).toBeNull()
        for (const [verb, text] of Object.entries(toChanges(table, mine))) {
          if (await changes(client, text)) came.push(`${login} ${verb} ${table}`)
        }
        expect(await changes(client, `TRUNCATE castellan.${table}`)).toBe(false)
        expect(await changes(client, `DROP TABLE castellan.${table}`)).toBe(false)
      }
      expect(await count(client, `SELECT 1 FROM pg_stats WHERE schemaname = 'castellan'`)).toBe(0)
    }
    expect(came.toSorted()).toEqual(CHANGE.toSorted())
  })

  it('runs no function of a login on rows that the login may not read', async () => {
    const { mine, clients } = await setUp()
    const client = clients.get('viewer')!
    const seen: (string | undefined)[] = []
    client.on('notice', ({ message }) => seen.push(message))
    await client.query(`CREATE FUNCTION pg_temp.shows(stream uuid) RETURNS boolean LANGUAGE plpgsql COST 0.0000001
      AS $$ BEGIN RAISE NOTICE '%', stream; RETURN true; END $$`)
    for (const table of ['entry', 'blob', 'lease', 'summary', 'stream', 'wrap', 'access']) {
      await client.query(`SELECT count(*) FROM castellan.${table} WHERE pg_temp.shows(stream_id)`)
    }
    expect(seen.length).toBeGreaterThan(5)
    expect(new Set(seen)).toEqual(new Set([mine]))
  })

  it('holds for statements that were prepared, and planned for any value, before the access ended', async () => {
    const { database, mine, clients } = await setUp()
    const client = clients.get('reviewer')!
    const statements = [
      ...TEAM_TABLES.filter((table) => table !== 'knock' && table !== 'server').map(
        (table) => `SELECT 1 FROM castellan.${table} WHERE stream_id = $1`,
      ),
      // Positions and names are the same each time, since each is undone.
      entrySql(mine, 1).replace(`'${mine}'`, '$1'),
      blobSql(mine).replace(`'${mine}'`, '$1'),
      leaseSql(mine).replace(`'${mine}'`, '$1'),
      summarySql(mine).replace(`'${mine}'`, '$1'),
      `UPDATE castellan.lease SET token = 7 WHERE stream_id = $1`,
    ]
    const runAll = async (): Promise<readonly (number | null)[]> => {
      const counts: (number | null)[] = []
      for (const [at, text] of statements.entries()) {
        const prepared = { name: `kept ${at}`, text, values: [mine] }
        counts.push(await undone<number | null>(client, async () => (await client.query(prepared)).rowCount, null))
      }
      return counts
    }
    // From the sixth run on, PostgreSQL may keep one plan for all values.
    for (let runs = 0; runs < 6; runs += 1) expect(await runAll()).toEqual(statements.map(() => 1))
    await server.postgres.sql(`DELETE FROM castellan.access WHERE stream_id = '${mine}'`, database.name)
    expect(await runAll()).toEqual([0, 0, 0, 0, 0, 0, 0, null, null, null, null, 0])
  })

  it('refuses an entry in another name, for another stream, of another generation, and out of its place', async () => {
    const database = await server.createDatabase()
    const stream = nextUuid()
    await database.addLogin('anna', 'member')
    await database.addLogin('ben', 'member')
    const anna = database.address('anna')
    const setUp = [
      `INSERT INTO castellan.stream VALUES ('${stream}', 2)`,
      `INSERT INTO castellan.access VALUES ('${stream}', '${anna.login}', true)`,
    ]
    await server.postgres.sql(setUp.join(';'), database.name)
    const client = await connect(anna)
    closeAfterTest({ close: () => client.end() })
    const refusals = [
      ["INSERT INTO castellan.entry (pushed_by) VALUES ('c_else')", '42501'],
      [`INSERT INTO castellan.entry (placed_at) VALUES (now())`, '42501'],
      [entrySql(nextUuid(), 0, 2), '42501'],
      [entrySql(stream, 0, 1), '42501'],
      [entrySql(stream, 1, 2), '23503'],
      [`SET ROLE ${database.address('ben').login}`, '42501'],
      [`SET ROLE ${toRoles(SERVER).owner}`, '42501'],
      [`SET SESSION AUTHORIZATION ${database.address('ben').login}`, '42501'],
      [`${entrySql(stream, 0, 2)} ON CONFLICT (stream_id, seq) DO UPDATE SET sealed = ''`, '42501'],
      [`SELECT sealed FROM castellan.entry FOR UPDATE`, '42501'],
      [`COPY castellan.entry TO PROGRAM 'cat'`, '42501'],
      [`CREATE TABLE castellan.mine (x int)`, '42501'],
      [`ALTER TABLE castellan.entry DISABLE ROW LEVEL SECURITY`, '42501'],
      [`CREATE POLICY mine ON castellan.entry USING (true)`, '42501'],
    ]
    for (const [text, code] of refusals) {
      await expect(client.query(text ?? '')).rejects.toMatchObject({ code })
    }
    const tooHigh = entrySql(stream, 0, 2).replace(`0, 2, 1, 0,`, `${2n ** 60n}, 2, 1, 0,`)
    await expect(client.query(tooHigh)).rejects.toMatchObject({ code: '23514' })
    await client.query(entrySql(stream, 0, 2))
    await expect(client.query(entrySql(stream, 0, 2))).rejects.toMatchObject({ code: '23505' })
    await expect(run(anna, [`CREATE ROLE c_mine LOGIN`])).rejects.toMatchObject({ problem: 'not-allowed' })
  })
})

it('a member opens streams for their own login, gives access there, and loses both once an owner looks', async () => {
  const database = await server.createDatabase()
  for (const login of ['anna', 'ben']) await database.addLogin(login, 'member')
  await database.addLogin('owner', 'owner')
  const open = (login: string) => closeAfterTest(openPostgresLog(database.address(login), nextUuid()))
  const [anna, ben, owner] = [open('anna'), open('ben'), open('owner')]
  const name = (login: string): string => database.address(login).login
  const [stream, other] = [nextUuid(), nextUuid()]
  await anna.openStream(stream)
  await anna.openStream(stream)
  const wrap = {
    scope: stream,
    device: nextUuid(),
    generation: 1,
    commitment: '00'.repeat(32),
    sealed: new Uint8Array(9),
  }
  await anna.addWraps([wrap])
  await expect(anna.addWraps([{ ...wrap, scope: other }])).rejects.toMatchObject({ problem: 'not-allowed' })
  await expect(ben.openStream(stream)).rejects.toMatchObject({ problem: 'not-allowed' })
  const client = await connect(database.address('ben'))
  closeAfterTest({ close: () => client.end() })
  for (const text of [
    `INSERT INTO castellan.stream VALUES ('${other}', 1)`,
    `INSERT INTO castellan.stream VALUES ('${other}', 1, '${name('anna')}')`,
    `INSERT INTO castellan.access VALUES ('${stream}', '${name('ben')}', false)`,
  ]) {
    await expect(client.query(text)).rejects.toMatchObject({ code: '42501' })
  }
  await anna.giveAccess(stream, new Map([[name('ben'), 'append']]))
  await anna.giveAccess(stream, new Map([[name('ben'), 'lead']]))
  const served = async (log: typeof anna) => (await log.listStreams()).get(stream)
  const opened = { generation: 1, openedBy: name('anna') }
  // Each sees their own access, and the first that was given stays.
  expect(await served(ben)).toEqual({ ...opened, access: new Map([[name('ben'), 'append']]) })
  expect(await served(anna)).toEqual({ ...opened, access: new Map([[name('anna'), 'lead']]) })
  await expect(ben.giveAccess(stream, new Map([['c_else', 'read']]))).rejects.toMatchObject({ problem: 'not-allowed' })
  expect(await ben.listWraps(stream, wrap.commitment)).toEqual([{ device: wrap.device, madeBy: name('anna') }])
  // The last summary of a client is the one, and one of a client without access is not stored.
  const summary = {
    stream,
    generation: 1,
    device: nextUuid(),
    at: 1,
    sealed: crypto.random(300),
    signature: crypto.random(64),
  }
  await anna.putSummaries([summary, { ...summary, stream: other }])
  await ben.putSummaries([{ ...summary, at: 2 }])
  const stored = (await ben.summaries([stream, other])).map((row) => ({
    ...row,
    sealed: new Uint8Array(row.sealed),
    signature: new Uint8Array(row.signature),
  }))
  expect(stored).toEqual([{ ...summary, at: 2 }])
  await owner.setAccess(stream, name('anna'), null)
  await owner.adoptStream(stream)
  expect((await served(owner))?.openedBy).toBeNull()
  await expect(anna.openStream(stream)).rejects.toMatchObject({ problem: 'not-allowed' })
  await expect(anna.addWraps([wrap])).rejects.toMatchObject({ problem: 'not-allowed' })
  expect(await served(anna)).toBeUndefined()
  expect(await anna.summaries([stream])).toEqual([])
})

it('an owner of another team on the same server reads and changes nothing of this one', async () => {
  const [own, other] = [await server.createDatabase(), await server.createDatabase(nextUuid())]
  const stream = nextUuid()
  await server.postgres.sql(fillSql(stream).join(';'), own.name)
  await other.addLogin('owner', 'owner')
  const client = await connect({ ...other.address('owner'), database: own.name })
  closeAfterTest({ close: () => client.end() })
  expect(await readBy(client, stream, (table) => [`SELECT * FROM castellan.${table}`])).toEqual(REFUSED)
  for (const table of TEAM_TABLES) {
    for (const [verb, text] of Object.entries(toChanges(table, stream))) {
      expect([verb, table, await changes(client, text)]).toEqual([verb, table, false])
    }
  }
})

it('a login that is not of the team keeps its rights, and one with those of an owner is named with the statement that takes them', async () => {
  const id = nextUuid()
  // Roles of its own, since other databases of this server have owners too.
  const database = await server.createDatabase(id)
  await database.addLogin('owner', 'owner')
  await database.addLogin('former', 'owner')
  const { login } = database.address('former')
  const log = closeAfterTest(openPostgresLog(database.address('owner'), nextUuid()))
  const own = database.address('owner').login
  const wanted = new Map<string, 'owner' | null>([
    [own, 'owner'],
    ...[SET_UP, login].map((name) => [name, null] as const),
  ])
  const none = new Set<string>()
  expect(await log.alignLogins(wanted, none)).toEqual([`ALTER ROLE ${login} NOLOGIN`, expect.stringContaining(login)])
  // A login with the rights of an owner that the history does not know is named, also where it has them over another role.
  await database.addLogin('unknown', 'owner')
  await database.addLogin('hidden', 'member')
  const [unknown, hidden] = [database.address('unknown').login, database.address('hidden').login]
  const over = `team_${nextUuid().slice(-8)}`
  await server.postgres.sql(`CREATE ROLE ${over} IN ROLE ${toRoles(id).owner}; GRANT ${over} TO ${hidden}`)
  wanted.delete(SET_UP)
  const named = (await log.alignLogins(wanted, none)).slice(2)
  const revoke = (of: string): string => `REVOKE ${toRoles(id).owner} FROM "${of}"`
  expect(named.map((text) => text.split(' /*')[0])).toEqual([hidden, unknown].map(revoke))
  expect((await log.alignLogins(wanted, new Set([unknown]))).slice(2)).toHaveLength(1)
  await server.postgres.sql(named.join(';'))
  expect((await log.alignLogins(wanted, none)).slice(2)).toHaveLength(1)
  // A login asks once, under one invite.
  const knock = { device: nextUuid(), signKey: crypto.random(32), boxKey: crypto.random(32), mac: crypto.random(32) }
  const team = nextUuid()
  const [asking, answering] = [database.address('hidden'), database.address('owner')].map((address) =>
    closeAfterTest(openPostgresLog(address, team)),
  )
  for (const invite of [nextUuid(), nextUuid()]) await asking!.knock({ ...knock, invite, login: hidden })
  expect(await answering!.listKnocks()).toHaveLength(1)
})
