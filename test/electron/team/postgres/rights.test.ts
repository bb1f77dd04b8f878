import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../../../../electron/team/postgres/connect.ts'
import { run } from '../../../../electron/team/postgres/set-up.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { nextUuid } from '../world.ts'
import { startTeamServer, type TeamServer } from './database.ts'

let server: TeamServer
beforeAll(async () => {
  server = await startTeamServer()
})
afterAll(() => server.stop())

describe('row-level security', () => {
  const TABLES = ['server', 'stream', 'entry', 'blob', 'lease', 'access', 'wrap', 'knock'] as const
  type Outcome = 'all' | 'own' | 'none' | 'refused'
  /** What each login gets of SELECT, by table: all rows, those of its stream, none, or an error. */
  const READ: Readonly<Record<string, Readonly<Record<(typeof TABLES)[number], Outcome>>>> = {
    reviewer: {
      server: 'all',
      stream: 'own',
      entry: 'own',
      blob: 'own',
      lease: 'own',
      access: 'own',
      wrap: 'own',
      knock: 'refused',
    },
    viewer: {
      server: 'all',
      stream: 'own',
      entry: 'own',
      blob: 'own',
      lease: 'own',
      access: 'own',
      wrap: 'own',
      knock: 'refused',
    },
    stranger: {
      server: 'all',
      stream: 'none',
      entry: 'none',
      blob: 'none',
      lease: 'none',
      access: 'none',
      wrap: 'none',
      knock: 'refused',
    },
    revoked: {
      server: 'all',
      stream: 'none',
      entry: 'none',
      blob: 'none',
      lease: 'none',
      access: 'none',
      wrap: 'none',
      knock: 'refused',
    },
    owner: {
      server: 'all',
      stream: 'all',
      entry: 'own',
      blob: 'own',
      lease: 'own',
      access: 'all',
      wrap: 'all',
      knock: 'all',
    },
  }
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
    'reviewer insert entry',
    'reviewer insert blob',
    'reviewer insert lease',
    'reviewer update lease',
    // Anyone who has a login may ask to be enrolled.
    ...Object.keys(READ).map((login) => `${login} insert knock`),
  ]

  it('gives each login what its streams are, and lets it change what is listed', async () => {
    const database = await server.createDatabase()
    const [mine, other] = [nextUuid(), nextUuid()]
    const logins = Object.keys(READ)
    for (const login of logins) await database.addLogin(login, login === 'owner' ? 'owner' : 'member')
    const fill = [mine, other].flatMap((stream) => [
      `INSERT INTO castellan.stream VALUES ('${stream}', 1)`,
      entrySql(stream, 0),
      blobSql(stream),
      leaseSql(stream),
      `INSERT INTO castellan.wrap (stream_id, device_id, generation, commitment, sealed) VALUES ('${stream}', '${stream}', 1, ${ZEROS(32)}, '')`,
      knockSql(stream, nextUuid()),
      `INSERT INTO castellan.access VALUES ('${stream}', 'c_else', true)`,
    ])
    const access = ['reviewer', 'viewer', 'owner'].map(
      (login) =>
        `INSERT INTO castellan.access VALUES ('${mine}', '${database.address(login).login}', ${login !== 'viewer'})`,
    )
    await server.postgres.sql([...fill, ...access].join(';'), database.name)

    const came: string[] = []
    const read: Record<string, Record<string, Outcome>> = {}
    for (const login of logins) {
      const client = await connect(database.address(login))
      closeAfterTest({ close: () => client.end() })
      const seen: [string, Outcome][] = []
      for (const table of TABLES) seen.push([table, await readAs(client, table, mine)])
      read[login] = Object.fromEntries(seen)
      for (const table of TABLES) {
        for (const [verb, text] of Object.entries(toChanges(table, mine))) {
          if (await changes(client, text)) came.push(`${login} ${verb} ${table}`)
        }
        expect(await changes(client, `TRUNCATE castellan.${table}`)).toBe(false)
        expect(await changes(client, `DROP TABLE castellan.${table}`)).toBe(false)
      }
    }
    expect(read).toEqual(READ)
    expect(came.toSorted()).toEqual(CHANGE.toSorted())
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
      ['SET ROLE castellan_owner', '42501'],
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
    const prepared = { name: 'mine', text: 'SELECT seq FROM castellan.entry WHERE stream_id = $1', values: [stream] }
    expect((await client.query(prepared)).rowCount).toBe(1)
    await server.postgres.sql(`DELETE FROM castellan.access WHERE stream_id = '${stream}'`, database.name)
    // A plan that was kept over the loss of access shows nothing either.
    expect((await client.query(prepared)).rowCount).toBe(0)
    await expect(run(anna, [`CREATE ROLE c_mine LOGIN`])).rejects.toMatchObject({ problem: 'not-allowed' })
  })
})

const ZEROS = (bytes: number): string => `'\\x${'00'.repeat(bytes)}'`

function entrySql(stream: string, seq: number, generation = 1): string {
  return `INSERT INTO castellan.entry (stream_id, seq, prev_seq, op_id, device_id, device_seq, generation, opset, team_seq,
    op_hash, signature, sealed) VALUES ('${stream}', ${seq}, ${seq === 0 ? 'NULL' : seq - 1}, '${nextUuid()}', '${nextUuid()}',
    0, ${generation}, 1, 0, ${ZEROS(32)}, ${ZEROS(64)}, '')`
}

function blobSql(stream: string): string {
  return `INSERT INTO castellan.blob VALUES ('${stream}', '\\x${nextUuid().replaceAll('-', '').repeat(2)}', '')`
}

function leaseSql(stream: string): string {
  return `INSERT INTO castellan.lease (stream_id, job_id, due_at) VALUES ('${stream}', '${nextUuid()}', now())`
}

function knockSql(stream: string, invite: string): string {
  return `INSERT INTO castellan.knock (stream_id, invite_id, device_id, sign_key, box_key, mac)
    VALUES ('${stream}', '${invite}', '${invite}', ${ZEROS(32)}, ${ZEROS(32)}, ${ZEROS(32)})`
}

/** A statement for each verb that would change something of a stream. */
function toChanges(table: string, stream: string): Readonly<Record<string, string>> {
  const inserts: Readonly<Record<string, string>> = {
    server: `INSERT INTO castellan.server VALUES ('${nextUuid()}', 1)`,
    stream: `INSERT INTO castellan.stream VALUES ('${nextUuid()}', 1)`,
    entry: entrySql(stream, 1),
    blob: blobSql(stream),
    lease: leaseSql(stream),
    access: `INSERT INTO castellan.access VALUES ('${stream}', 'c_mine', true)`,
    wrap: `INSERT INTO castellan.wrap (stream_id, device_id, generation, commitment, sealed) VALUES ('${stream}', '${nextUuid()}', 1, ${ZEROS(32)}, '')`,
    knock: knockSql(stream, nextUuid()),
  }
  const sets: Readonly<Record<string, string>> = {
    server: 'schema_version = 2',
    stream: 'generation = 2',
    entry: "sealed = ''",
    blob: "sealed = ''",
    lease: 'token = 9',
    access: 'may_append = true',
    wrap: "sealed = ''",
    knock: `mac = ${ZEROS(32)}`,
  }
  return {
    insert: inserts[table] ?? '',
    update: `UPDATE castellan.${table} SET ${sets[table]}`,
    delete: `DELETE FROM castellan.${table}`,
  }
}

/** Whether a statement changes a row; nothing of it is kept. */
async function changes(client: Client, text: string): Promise<boolean> {
  await client.query('BEGIN')
  try {
    return ((await client.query(text)).rowCount ?? 0) > 0
  } catch {
    return false
  } finally {
    await client.query('ROLLBACK')
  }
}

async function readAs(client: Client, table: string, stream: string): Promise<'all' | 'own' | 'none' | 'refused'> {
  try {
    const { rows } = await client.query<{ stream_id?: string }>(`SELECT * FROM castellan.${table}`)
    if (rows.length === 0) return 'none'
    return table !== 'server' && rows.every((row) => row.stream_id === stream) ? 'own' : 'all'
  } catch {
    return 'refused'
  }
}
