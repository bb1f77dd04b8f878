import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { askToEnrol, answerKnocks } from '../../../../electron/team/enrol.ts'
import type { Entry } from '../../../../shared/team/entry.ts'
import { exchange } from '../../../../electron/team/exchange.ts'
import { fromHex, toHex } from '../../../../electron/team/hex.ts'
import { type Invite, parseInviteCode, toInviteCode } from '../../../../electron/team/invite.ts'
import { createKeyRing } from '../../../../electron/team/key-ring.ts'
import { connect } from '../../../../electron/team/postgres/connect.ts'
import { openPostgresLog } from '../../../../electron/team/postgres/postgres-log.ts'
import { passwordSql, run } from '../../../../electron/team/postgres/set-up.ts'
import { createMemoryStore } from '../../../../electron/team/memory/memory-store.ts'
import { createReplica } from '../../../../electron/team/replica.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { crypto, foundTeam, type Laptop, nextUuid, readAll, type Team } from '../world.ts'
import { startTeamServer, type TeamServer } from './database.ts'

let server: TeamServer
beforeAll(async () => {
  server = await startTeamServer()
})
afterAll(() => server.stop())

describe('a team over PostgreSQL', () => {
  it('shares what two members decide, and shuts a removed one out', async () => {
    const team = await foundTeam((await server.createDatabase()).connect)
    const [anna, ben] = [await team.join('anna'), await team.join('ben')]
    const client = await team.openClient()
    await team.grant(client, anna, 'reviewer')
    await team.grant(client, ben, 'reviewer')
    anna.decide(client, 'note.added', { v: 1, text: 'offline' })
    for (const one of [anna, ben, team.founder]) expect((await one.exchange()).stopped).toEqual([])
    expect(readAll(ben.replica, client).map(({ verdict }) => verdict.kind)).toEqual(['effective'])

    team.founder.decideTeam('member.removed', { memberUid: ben.member })
    await team.founder.exchange()
    await team.rotate()
    anna.decide(client, 'note.added', { v: 1, text: 'later' })
    await anna.exchange()
    await team.founder.exchange()
    expect(await ben.log.pull(client, 0, 10)).toEqual([])
    await ben.exchange()
    expect(readAll(ben.replica, client)).toHaveLength(1)
    expect(readAll(team.founder.replica, client)).toHaveLength(2)
    expect(anna.replica.stream(client).place.head).toEqual(team.founder.replica.stream(client).place.head)
  })

  it('places what many devices append to one stream at the same time, each once and without gaps', async () => {
    const team = await foundTeam((await server.createDatabase()).connect)
    const client = await team.openClient()
    const laptops = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => joinAs(team, client, name, 'reviewer')))
    const decided = laptops.flatMap((laptop) =>
      Array.from({ length: 8 }, (_, at) =>
        laptop.decide(client, 'note.added', { v: 1, text: `${laptop.login} ${at}` }),
      ),
    )
    const isWaiting = () => laptops.some(({ replica }) => replica.waiting(client, 9).length > 0)
    for (let rounds = 0; rounds < 30 && isWaiting(); rounds += 1) {
      await Promise.all(laptops.map((laptop) => laptop.exchange()))
    }
    const entries = await team.founder.log.pull(client, 0, 1000)
    expect(entries.map(({ seq }) => seq)).toEqual(decided.map((_, at) => at))
    expect(entries.map(({ op }) => op).toSorted()).toEqual(decided.toSorted())
    await Promise.all([team.founder, ...laptops].map((laptop) => laptop.exchange()))
    const heads = [team.founder, ...laptops].map(({ replica }) => replica.stream(client).place.head)
    expect(heads.every((head) => Buffer.compare(head, heads[0] ?? new Uint8Array()) === 0)).toBe(true)
    expect(readAll(team.founder.replica, client).every(({ verdict }) => verdict.kind === 'effective')).toBe(true)
  })

  it('takes an entry once that is pushed twice, also over two connections at the same time', async () => {
    const database = await server.createDatabase()
    const team = await foundTeam(database.connect)
    const client = await team.openClient()
    team.founder.decide(client, 'note.added', { v: 1 })
    const entries = team.founder.replica.compose(client, 1)
    const { login } = team.founder
    const second = closeAfterTest(openPostgresLog({ ...database.address('x'), login, password: login }, team.team))
    const came = await Promise.all([team.founder.log.push(entries), second.push(entries)])
    expect(came.toSorted()).toEqual(['overtaken', 'placed'])
    expect(await team.founder.log.push(entries)).toBe('overtaken')
    // The answer to a push that was placed got lost: the operation counts as placed.
    expect(await team.founder.exchange()).toMatchObject({ pulled: 1, placed: 0 })
    expect(team.founder.replica.waiting(client, 9)).toEqual([])
  })

  it('enrols a device by an invite, whose password and secret the server never stores', async () => {
    const database = await server.createDatabase()
    const team = await foundTeam(database.connect)
    const { founder } = team
    const client = await team.openClient()
    const memberUid = nextUuid()
    founder.decideTeam('member.added', { memberUid, name: 'Dora', email: 'dora@agency.example', roles: [] })
    founder.decideTeam('access.granted', { clientUid: client, memberUid, role: 'reviewer' })

    // The owner's side: a login with a password for one contact, and one code.
    await database.addLogin('dora', 'member', 'for one contact')
    const { authority, ...place } = database.address('dora')
    const secret = crypto.random(32)
    const uid = nextUuid()
    const made = { uid, team: team.team, root: toHex(team.root), secret: toHex(secret), password: 'for one contact' }
    const code = toInviteCode(crypto, { ...place, ...made, authority })
    const issued = [{ uid, login: place.login, member: memberUid, secret, until: 1000 }]

    // The new device's side.
    const invite = readInvite(code)
    await run(invite, [passwordSql(crypto, invite.login, 'of its own')])
    const log = closeAfterTest(openPostgresLog({ ...invite, password: 'of its own' }, invite.team))
    const author = { device: nextUuid(), keys: crypto.createDeviceKeys() }
    await askToEnrol(crypto, invite, author, log)
    await askToEnrol(crypto, invite, author, log)
    expect(await log.heads()).toEqual(new Map())

    const late = await answerKnocks(
      founder.replica,
      { ...founder.log, removeKnock: async () => undefined },
      team.root,
      issued,
      1001,
    )
    expect(late).toEqual({ enrol: [], refused: [{ device: author.device, reason: 'expired' }] })
    expect(await answerKnocks(founder.replica, founder.log, team.root, [], 0)).toEqual({ enrol: [], refused: [] })
    const { enrol } = await answerKnocks(founder.replica, founder.log, team.root, issued, 0)
    expect(enrol).toMatchObject([{ memberUid, deviceUid: author.device }])
    for (const body of enrol) founder.decideTeam('device.enrolled', body)
    founder.decide(client, 'note.added', { v: 1, text: 'for Dora' })
    await founder.exchange()
    await founder.administer()
    expect(await answerKnocks(founder.replica, founder.log, team.root, issued, 0)).toEqual({ enrol: [], refused: [] })
    expect(await founder.log.listKnocks()).toEqual([])

    const root = fromHex(invite.root)
    const replica = createReplica({
      crypto,
      author,
      keys: createKeyRing(),
      team: invite.team,
      root,
      store: createMemoryStore(),
    })
    expect((await exchange(replica, log)).stopped).toEqual([])
    expect(readAll(replica, client).map(({ verdict }) => verdict.kind)).toEqual(['effective'])
    expect(replica.membership()?.members.get(memberUid)?.name).toBe('Dora')
    const dump = await server.postgres.call('pg_dump', ['-d', database.name])
    for (const word of [toHex(secret), 'for one contact', 'of its own']) {
      expect(dump + server.postgres.log()).not.toContain(word)
    }
  })

  it('gives a removed device no effect, also when the owner of the database switches its policies off', async () => {
    const database = await server.createDatabase()
    const team = await foundTeam(database.connect)
    const client = await team.openClient()
    const ben = await joinAs(team, client, 'ben', 'reviewer')
    team.founder.decideTeam('member.removed', { memberUid: ben.member })
    await team.founder.exchange()
    await team.rotate()
    ben.decide(client, 'note.added', { v: 1, text: 'too late' })
    expect(await ben.exchange()).toMatchObject({ placed: 0, refused: [client] })
    team.founder.decide(client, 'note.added', { v: 1, text: 'after the removal' })
    await team.founder.exchange()

    await server.postgres.sql('ALTER TABLE castellan.entry DISABLE ROW LEVEL SECURITY', database.name)
    await server.postgres.sql(`INSERT INTO castellan.access VALUES ('${client}', '${ben.login}', true)`, database.name)
    // Its history ends before the removal, so the place that it signs for is taken: it is shown a later one.
    const [entry] = ben.replica.compose(client, 1) as [Entry]
    const [first] = await ben.log.pull(client, 0, 1)
    const head = crypto.computeHead(ben.replica.stream(client).place.head, first as Entry)
    const later = crypto.signEntry(head, { ...entry, seq: 1 }, ben.replica.author.keys.sign.privateKey)
    expect(await ben.log.push([later])).toBe('placed')
    await team.founder.exchange()
    const [, verdict] = readAll(team.founder.replica, client).map((held) => held.verdict)
    expect(verdict).toEqual({ kind: 'void', reason: 'earlier-members' })
  })

  it('has two numbers that change with every entry in sight, and with no other', async () => {
    const team = await foundTeam((await server.createDatabase()).connect)
    const [seen, hidden] = [await team.openClient(), await team.openClient()]
    const anna = await joinAs(team, seen, 'anna', 'viewer')
    const poll = async (stream: string) => {
      team.founder.decide(stream, 'note.added', { v: 1 })
      await team.founder.exchange()
      return anna.log.poll()
    }
    const before = await anna.log.poll()
    expect(await poll(hidden)).toEqual(before)
    expect(await poll(seen)).toEqual({ streams: before.streams + 1, positions: before.positions + 1 })
    expect(await poll(seen)).toEqual({ streams: before.streams + 1, positions: before.positions + 2 })
    expect([...(await anna.log.heads()).keys()].toSorted()).toEqual([seen, team.team].toSorted())
  })
})

/** A member with a role for a client, who has exchanged. */
async function joinAs(team: Team, client: string, name: string, role: 'viewer' | 'reviewer'): Promise<Laptop> {
  const laptop = await team.join(name)
  await team.grant(client, laptop, role)
  await laptop.exchange()
  return laptop
}

describe('row-level security', () => {
  const TABLES = ['server', 'stream', 'entry', 'access', 'wrap', 'knock'] as const
  type Outcome = 'all' | 'own' | 'none' | 'refused'
  /** What each login gets of SELECT, by table: all rows, those of its stream, none, or an error. */
  const READ: Readonly<Record<string, Readonly<Record<(typeof TABLES)[number], Outcome>>>> = {
    reviewer: { server: 'all', stream: 'own', entry: 'own', access: 'own', wrap: 'own', knock: 'refused' },
    viewer: { server: 'all', stream: 'own', entry: 'own', access: 'own', wrap: 'own', knock: 'refused' },
    stranger: { server: 'all', stream: 'none', entry: 'none', access: 'none', wrap: 'none', knock: 'refused' },
    revoked: { server: 'all', stream: 'none', entry: 'none', access: 'none', wrap: 'none', knock: 'refused' },
    owner: { server: 'all', stream: 'all', entry: 'own', access: 'all', wrap: 'all', knock: 'all' },
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
    'reviewer insert entry',
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

/** The invite of a code that has to be one. */
function readInvite(code: string): Invite {
  const parsed = parseInviteCode(crypto, code)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.invite
}

const ZEROS = (bytes: number): string => `'\\x${'00'.repeat(bytes)}'`

function entrySql(stream: string, seq: number, generation = 1): string {
  return `INSERT INTO castellan.entry (stream_id, seq, prev_seq, op_id, device_id, device_seq, generation, opset, team_seq,
    op_hash, signature, sealed) VALUES ('${stream}', ${seq}, ${seq === 0 ? 'NULL' : seq - 1}, '${nextUuid()}', '${nextUuid()}',
    0, ${generation}, 1, 0, ${ZEROS(32)}, ${ZEROS(64)}, '')`
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
    access: `INSERT INTO castellan.access VALUES ('${stream}', 'c_mine', true)`,
    wrap: `INSERT INTO castellan.wrap (stream_id, device_id, generation, commitment, sealed) VALUES ('${stream}', '${nextUuid()}', 1, ${ZEROS(32)}, '')`,
    knock: knockSql(stream, nextUuid()),
  }
  const sets: Readonly<Record<string, string>> = {
    server: 'schema_version = 2',
    stream: 'generation = 2',
    entry: "sealed = ''",
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
