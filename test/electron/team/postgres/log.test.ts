import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

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
import { createMemoryStore } from '../../../team/memory/memory-store.ts'
import { createReplica } from '../../../../electron/team/replica.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { KEPT, tryBlobs } from '../kept-blobs.ts'
import { LEASED, tryLeases } from '../tried-leases.ts'
import { crypto, foundTeam, type Laptop, nextUuid, readAll, type Team, toNote } from '../world.ts'
import { DRILL_LIMIT_MS, drill } from '../../../drills/drill.ts'
import { startTeamServer, type TeamServer } from './database.ts'
import type { Asked } from './runner-child.ts'
import { entrySql } from './statements.ts'

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
    anna.decide(client, ...toNote('offline'))
    for (const one of [anna, ben, team.founder]) expect((await one.exchange()).stopped).toEqual([])
    expect(readAll(ben.replica, client).map(({ verdict }) => verdict.kind)).toEqual(['effective'])

    team.founder.decideTeam('member.removed', { memberUid: ben.member })
    await team.founder.exchange()
    await team.rotate()
    anna.decide(client, ...toNote('later'))
    await anna.exchange()
    await team.founder.exchange()
    expect(await ben.log.pull(client, 0, 10)).toEqual([])
    await ben.exchange()
    expect(readAll(ben.replica, client)).toHaveLength(1)
    expect(readAll(team.founder.replica, client)).toHaveLength(3)
    expect(anna.replica.stream(client).place.head).toEqual(team.founder.replica.stream(client).place.head)
  })

  it('places what many devices append to one stream at the same time, each once and without gaps', async () => {
    const team = await foundTeam((await server.createDatabase()).connect)
    const client = await team.openClient()
    const laptops = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => joinAs(team, client, name, 'reviewer')))
    const decided = laptops.flatMap((laptop) =>
      Array.from({ length: 8 }, (_, at) => laptop.decide(client, ...toNote(`${laptop.login} ${at}`))),
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
    team.founder.decide(client, ...toNote('x'))
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

  it('names a transaction that another login leaves open, which holds the next position', async () => {
    const database = await server.createDatabase()
    const team = await foundTeam(database.connect)
    const anna = await team.join('anna')
    const { login } = team.founder
    const holder = await connect({ ...database.address('x'), login: anna.login, password: anna.login })
    closeAfterTest({ close: () => holder.end() })
    await holder.query('BEGIN')
    await holder.query(entrySql(team.team, team.founder.replica.stream(team.team).place.next))
    const log = closeAfterTest(openPostgresLog({ ...database.address('x'), login, password: login }, team.team, 50))
    team.founder.decideTeam('member.removed', { memberUid: anna.member })
    await expect(exchange(team.founder.replica, log)).rejects.toMatchObject({
      problem: 'held',
      message: expect.stringContaining('idle in transaction') as string,
    })
    await holder.query('ROLLBACK')
    expect(await exchange(team.founder.replica, log)).toMatchObject({ placed: 1 })
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
    // The server and this test are on one machine, so their clocks are one.
    const times: number[] = []
    const asked = Date.now()
    await log.server((time) => times.push(time))
    expect(times.map((time) => time >= asked - 1 && time <= Date.now() + 1)).toEqual([true])

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
    founder.decide(client, ...toNote('for Dora'))
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
    ben.decide(client, ...toNote('too late'))
    expect(await ben.exchange()).toMatchObject({ placed: 0, refused: [client] })

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

  it('keeps blobs for those who read the stream, takes them from those who append, and gives the first that fit', async () => {
    const database = await server.createDatabase()
    expect(await tryBlobs(database.connect)).toEqual(KEPT)
    const tooLong = `INSERT INTO castellan.blob VALUES ('${nextUuid()}', '\\x${'00'.repeat(32)}', convert_to(repeat('x', 1048577), 'UTF8'))`
    await expect(server.postgres.sql(tooLong, database.name)).rejects.toThrow('blob_sealed_check')
  })

  it('gives each job to one of eight runners at a time, and refuses what one pushes that slept through its lease', async () => {
    const database = await server.createDatabase()
    const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
    expect(await tryLeases(database.connect, sleep)).toEqual(LEASED)
  })

  it(
    'publishes nothing of a runner that was stopped past its lease and woken, and reads no job twice within its interval',
    async () => {
      const { count } = drill('stopped-runners')
      const database = await server.createDatabase()
      const team = await foundTeam(database.connect)
      const stream = await team.openClient()
      const jobs = Array.from({ length: 5 }, nextUuid)
      await team.founder.log.addJobs(jobs.map((job) => ({ stream, job })))
      const asked = { team: team.team, stream, jobs, lease: 400, read: 120, interval: 250 }
      // A sample is cheap; the drill has all eight.
      const together = count === 1 ? 3 : 8
      const runners = await Promise.all(
        Array.from({ length: together }, async (_, at) => {
          const login = `c_stopped${at}`
          await (await database.connect(login, 'member', team.team)).close()
          await team.founder.log.setAccess(stream, login, 'append')
          return startRunner({ ...asked, address: { ...database.address('x'), login, password: login } })
        }),
      )
      let late = 0
      for (let at = 0; late < count; at += 1) {
        const runner = runners[at % runners.length]!
        runner.skip()
        const { job } = await runner.next(({ did }) => did === 'took')
        runner.child.kill('SIGSTOP')
        await new Promise((resolve) => setTimeout(resolve, 1.5 * asked.lease))
        runner.child.kill('SIGCONT')
        // On a busy machine it may have been stopped only once it had placed it.
        if ((await runner.next((line) => line.job === job && line.did !== 'took')).did === 'late') late += 1
      }
      const lines = (await Promise.all(runners.map((runner) => runner.end()))).flat()
      const placed = await team.founder.log.pull(stream, 0, 10_000)
      const times = Map.groupBy(placed, ({ opHash }) => toHex(opHash).slice(0, 32))
      expect(new Set(times.keys())).toEqual(new Set(jobs.map((job) => job.replaceAll('-', ''))))
      expect(new Set(placed.map(({ op }) => op))).toEqual(new Set(lines.flatMap(({ entry }) => entry ?? [])))
      // Stopped between both, a runner has placed it and not given the job back: it is due for another then.
      const kept = new Set(lines.flatMap(({ did, entry }) => (did === 'kept' ? (entry ?? []) : [])))
      const gaps = [...times.values()].flatMap((readings) =>
        readings.slice(1).flatMap(({ placedAt }, at) => {
          const before = readings[at]!
          return kept.has(before.op) ? [] : [placedAt - before.placedAt]
        }),
      )
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(asked.interval)
    },
    DRILL_LIMIT_MS,
  )

  it('shows the newest entry of each stream in sight, and of no other', async () => {
    const team = await foundTeam((await server.createDatabase()).connect)
    const [seen, hidden] = [await team.openClient(), await team.openClient()]
    const anna = await joinAs(team, seen, 'anna', 'viewer')
    const poll = async (stream: string) => {
      team.founder.decide(stream, ...toNote('x'))
      await team.founder.exchange()
      return anna.log.heads()
    }
    const before = await anna.log.heads()
    expect(await poll(hidden)).toEqual(before)
    expect([...before.keys()]).toEqual([team.team])
    for (const seq of [0, 1]) {
      const after = await poll(seen)
      const [entry] = await anna.log.pull(seen, seq, 1)
      const { sealed: _, pushedBy: __, placedAt: ___, ...newest } = entry!
      expect(after).toEqual(new Map([...before, [seen, newest]]))
    }
  })
})

interface Line {
  readonly did: string
  readonly job: string
  /** The name of the operation that it placed. */
  readonly entry: string | undefined
}

/** A runner in a process of its own. */
function startRunner(asked: Asked) {
  const child = spawn(process.execPath, [`${import.meta.dirname}/runner-child.ts`, JSON.stringify(asked)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  closeAfterTest({ close: () => void child.kill('SIGKILL') })
  const exited = once(child, 'exit')
  const lines: Line[] = []
  let heard = Promise.withResolvers<void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [did = '', job = '', entry] = line.split(' ')
    lines.push({ did, job, entry })
    heard.resolve()
    heard = Promise.withResolvers()
  })
  let read = 0
  return {
    child,
    /** Passes over what it has printed until now. */
    skip: (): void => {
      read = lines.length
    },
    /** The next line of a kind that it prints, after those that were waited for. */
    next: async (isMeant: (line: Line) => boolean): Promise<Line> => {
      for (;;) {
        const line = lines[read]
        if (line === undefined) await heard.promise
        else {
          read += 1
          if (isMeant(line)) return line
        }
      }
    },
    /** Lets it end, and returns all that it printed. */
    end: async (): Promise<readonly Line[]> => {
      child.stdin.end()
      expect(await exited).toEqual([0, null])
      return lines
    },
  }
}

/** A member with a role for a client, who has exchanged. */
async function joinAs(team: Team, client: string, name: string, role: 'viewer' | 'reviewer'): Promise<Laptop> {
  const laptop = await team.join(name)
  await team.grant(client, laptop, role)
  await laptop.exchange()
  return laptop
}

/** The invite of a code that has to be one. */
function readInvite(code: string): Invite {
  const parsed = parseInviteCode(crypto, code)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.invite
}
