import { randomUUID } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { DAY_MS } from '../../../../shared/domain/day.ts'
import { createUid, createUidOf } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { exchange } from '../../../../electron/team/exchange.ts'
import { makeRandom } from '../../../providers/random.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { namedRows } from '../apply/named-rows.ts'
import { grant, key, newBriefRegister, type Part, project, user } from '../registers.ts'
import { findProblems } from './contents.ts'
import { decideIn, foundRegisterTeam, readIn } from './registers.ts'

const NOW = Date.UTC(2026, 10, 1)
const NO_PAUSE = async (): Promise<void> => undefined
const added = { name: 'Acme', kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
const connected = {
  provider: 'openai',
  platform: null,
  organizationId: null,
  label: 'Acme OpenAI',
  baseUrl: null,
  access: 'read-only' as const,
}

/** The founder and Anna, an operator, who have a client with a connection; no reading yet. */
async function setUp() {
  const { team, registers } = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => NOW)))
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'operator')
  const [own, hers] = [registers.get('Founder')!, registers.get('anna')!]
  const connection = createUidOf(client, NOW)
  decideIn(own, 'Founder', { kind: 'client.added', client: 'acme', body: { ...added, clientUid: client } })
  decideIn(own, 'Founder', {
    kind: 'connection.added',
    client: 'acme',
    body: { ...connected, connectionUid: connection },
  })
  const exchangeAll = async (): Promise<void> => {
    for (const one of [team.founder, anna, team.founder, anna]) {
      expect(await one.exchange()).toMatchObject({ stopped: [], refused: [], blocked: [] })
    }
  }
  await exchangeAll()
  const rows = (register: Register) => {
    const id = register.reader.value<number>('SELECT id FROM connection WHERE uid = ?', [connection])!
    return namedRows(register, id)
  }
  const waiting = ({ reader }: Register): unknown => reader.value('SELECT count(*) FROM team_pending')
  return { team, registers: () => registers, anna, client, own, hers, connection, exchangeAll, rows, waiting }
}

const few: readonly Part[] = [
  { source: 'users', facts: [user('u1'), grant('u1', null)] },
  { source: 'keys', facts: [key('k1', { project: null })] },
]
const random = makeRandom(4)
/** Names that cannot be compressed, so that the reading does not fit into its operation. */
const many: readonly Part[] = [
  {
    source: 'users',
    facts: Array.from({ length: 1500 }, (_, at) => user(`u${at}`, { name: `${random()}${random()}`.slice(0, 30) })),
  },
]

describe('what a sync read', () => {
  it('is carried out after its connection and before what rests on it, whichever stream a new device reads first', async () => {
    const { team, registers, anna, own, connection, client, exchangeAll, rows } = await setUp()
    const budget = (externalId: string, budgetUid: string) => ({
      kind: 'budget.set' as const,
      client: 'acme',
      body: {
        budgetUid,
        connectionUid: connection,
        project: { connectionUid: connection, externalId },
        amount: 1_000_000,
        usd: '1.00',
        enforcement: 'alert' as const,
        thresholds: [80],
      },
    })
    // All of it waits while the server does not answer: a connection, what it reports, and what is decided about that.
    const second = createUidOf(client, NOW + 1)
    readIn(own, 'Founder', connection, [{ source: 'projects', facts: [project('p1')] }], NOW)
    decideIn(own, 'Founder', budget('p1', createUid(NOW + 2)))
    decideIn(own, 'Founder', {
      kind: 'connection.added',
      client: 'acme',
      body: { ...connected, connectionUid: second },
    })
    readIn(own, 'Founder', second, few, NOW + 3)
    await exchangeAll()
    const facts = team.founder.replica.membership()!.clients.get(client)!.facts
    const placed = anna.replica.entries(facts, 0, 9).map(({ verdict }) => verdict.kind === 'effective' && verdict.op)
    expect(placed).toMatchObject([{ decisions: 1 }, { decisions: 3 }])
    const decided = anna.replica.entries(client, 2, 9).map(({ verdict }) => verdict.kind === 'effective' && verdict.op)
    expect(decided).toMatchObject([{ kind: 'budget.set', facts: 0 }, { kind: 'connection.added' }])

    const ben = await team.join('ben')
    await team.grant(client, ben, 'viewer')
    // Only the decisions at first: the budget waits for the reading that it rests on.
    const only = {
      ...ben.log,
      pull: async (stream: string, from: number) => (stream === facts ? [] : ben.log.pull(stream, from, 99)),
    }
    expect(await exchange(ben.replica, only, NO_PAUSE)).toMatchObject({
      stopped: [{ reason: 'rests-missing', stream: client, seq: 2 }],
    })
    expect(await ben.exchange()).toMatchObject({ stopped: [] })
    const his = registers().get('ben')!
    expect(rows(his)).toEqual(rows(own))
    expect(his.reader.value('SELECT count(*) FROM budget WHERE project_id IS NOT NULL')).toBe(1)
    expect(findProblems(his)).toEqual([])
  })

  it('leaves no word of a client in the register of a member who may not see it', async () => {
    const { team, own, hers, connection, client, exchangeAll } = await setUp()
    const secret = await team.openClient()
    const hidden = createUidOf(secret, NOW + 1)
    const named = { ...added, name: 'Kanarienvogel', notes: 'Kanarienvogel', clientUid: secret }
    decideIn(own, 'Founder', { kind: 'client.added', client: 'kanarienvogel', body: named })
    const label = { ...connected, label: 'Kanarienvogel', connectionUid: hidden }
    decideIn(own, 'Founder', { kind: 'connection.added', client: 'kanarienvogel', body: label })
    const word = (parts: readonly Part[]): readonly Part[] => [
      ...parts,
      { source: 'projects', facts: [project('kanarienvogel', { name: 'Kanarienvogel' })] },
    ]
    for (const [of, parts] of [
      [connection, few],
      [hidden, word(few)],
      [hidden, word(many)],
    ] as const) {
      readIn(own, 'Founder', of, parts, NOW + DAY_MS)
    }
    await exchangeAll()
    const dump = ({ reader }: Register): string => {
      const tables = reader.column<string>(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite_%'",
      )
      return tables
        .flatMap((table) => reader.all<Readonly<Record<string, unknown>>>(`SELECT * FROM "${table}"`))
        .flatMap((row) =>
          Object.values(row).map((value) =>
            value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
          ),
        )
        .join('\n')
        .toLowerCase()
    }
    expect(dump(own)).toContain('kanarienvogel')
    expect(dump(hers)).not.toContain('kanarienvogel')
    expect(dump(hers)).toContain(client)
    expect(dump(hers)).not.toContain(hidden)
  })

  it('reaches the other members, short ones in the operation and long ones beside it', async () => {
    const { own, hers, connection, exchangeAll, rows, waiting } = await setUp()
    readIn(own, 'Founder', connection, few, NOW)
    readIn(own, 'Founder', connection, many, NOW + DAY_MS)
    expect(own.reader.value('SELECT count(*) FROM team_blob')).toBe(1)
    await exchangeAll()
    expect(rows(hers)).toEqual(rows(own))
    expect(rows(hers)['principal_version']!.length).toBeGreaterThan(1500)
    expect(rows(hers)['key_version']).toHaveLength(1)
    expect(hers.reader.column('SELECT operator FROM sync')).toEqual(['Founder', 'Founder'])
    expect(hers.reader.value('SELECT count(*) FROM finding')).toBe(own.reader.value('SELECT count(*) FROM finding'))
    // The other way, after which both are at rest.
    readIn(hers, 'anna', connection, few, NOW + 2 * DAY_MS)
    await exchangeAll()
    expect(rows(own)).toEqual(rows(hers))
    expect(own.reader.column('SELECT operator FROM sync ORDER BY id')).toEqual(['Founder', 'Founder', 'anna'])
    for (const register of [own, hers]) {
      expect(waiting(register)).toBe(0)
      expect(findProblems(register)).toEqual([])
    }
  })

  const users = (...names: string[]): readonly Part[] => [
    { source: 'users', facts: names.flatMap((name) => [user(name), grant(name, null)]) },
  ]
  const shown = ({ reader }: Register): readonly string[] =>
    reader.column(
      `SELECT p.external_id FROM principal p JOIN principal_version v ON v.principal_id = p.id
       WHERE v.to_sync IS NULL ORDER BY 1`,
    )

  it('is shown on all devices where it followed what its author had read, whatever their clocks show', async () => {
    const { own, hers, connection, exchangeAll } = await setUp()
    // Anna's clock is three days ahead.
    readIn(hers, 'anna', connection, users('u1'), NOW + 3 * DAY_MS)
    await exchangeAll()
    readIn(own, 'Founder', connection, users('u1', 'u2'), NOW + 1)
    await exchangeAll()
    expect([own, hers].map(shown)).toEqual([
      ['u1', 'u2'],
      ['u1', 'u2'],
    ])
    readIn(hers, 'anna', connection, users('u3'), NOW - 3 * DAY_MS)
    await exchangeAll()
    expect([own, hers].map(shown)).toEqual([['u3'], ['u3']])
  })

  it('of two whose authors had not read the other: the one that began later is shown on all devices, else the one placed later', async () => {
    const { team, registers, own, hers, connection, client, exchangeAll } = await setUp()
    const ben = await team.join('ben')
    await team.grant(client, ben, 'viewer')
    for (const [at, later, expected] of [
      [10, 1, 'hers'],
      [20, -1, 'own'],
      [30, 0, 'hers'],
    ] as const) {
      readIn(own, 'Founder', connection, users('own'), NOW + at)
      readIn(hers, 'anna', connection, users('hers'), NOW + at + later)
      await team.founder.exchange()
      await exchangeAll()
      await ben.exchange()
      expect([own, hers, registers().get('ben')!].map(shown)).toEqual([[expected], [expected], [expected]])
    }
  })

  it('keeps no other one from being shown after it could not be placed', async () => {
    const { own, hers, connection, exchangeAll } = await setUp()
    readIn(hers, 'anna', connection, users('u1'), NOW + DAY_MS)
    // Her turn to read the connection had ended.
    hers.transact((writer) => writer.run('DELETE FROM team_pending'))
    readIn(own, 'Founder', connection, users('u2'), NOW)
    await exchangeAll()
    expect([own, hers].map(shown)).toEqual([['u2'], ['u2']])
  })

  it('waits through a kill between sync and exchange, and is stored before it is placed', async () => {
    const { team, own, hers, connection, exchangeAll, rows, waiting } = await setUp()
    readIn(own, 'Founder', connection, many, NOW)
    // The process ends after the sync, and again between the blobs and the entry.
    const { replica, log } = team.founder
    const cut = { ...log, push: () => Promise.reject(new Error('killed')) }
    await expect(exchange(replica, cut, NO_PAUSE)).rejects.toThrow('killed')
    expect(waiting(own)).toBe(1)
    expect(own.reader.value('SELECT count(*) FROM team_blob')).toBe(1)
    await exchangeAll()
    expect(waiting(own)).toBe(0)
    expect(rows(hers)).toEqual(rows(own))
  })

  it('changes nothing where a later one was applied, where it is about another client, or is not a reading', async () => {
    const { team, anna, own, hers, connection, exchangeAll, rows, client } = await setUp()
    readIn(own, 'Founder', connection, few, NOW + DAY_MS)
    await exchangeAll()
    const before = rows(hers)
    const facts = team.founder.replica.membership()!.clients.get(client)!.facts
    const [first] = team.founder.replica.entries(facts, 0, 1)
    const { op } = first!.verdict as Extract<(typeof first & object)['verdict'], { readonly kind: 'effective' }>
    const again = (body: object): void => {
      team.founder.replica.wait(facts, {
        uid: createUid(NOW),
        op: { ...op, body: { ...op.body, ...body } },
      })
    }
    again({ syncUid: createUidOf(client, 1), began: 1 })
    again({ pieces: [{ inline: 'AAAA' }] })
    again({ connectionUid: createUidOf(randomUUID(), 2) })
    await exchangeAll()
    expect(rows(hers)).toEqual(before)
    const verdicts = anna.replica.entries(facts, 0, 9).map(({ verdict }) => verdict)
    expect(verdicts.map(({ kind }) => kind)).toEqual(['effective', 'effective', 'effective', 'void'])
    expect(verdicts[3]).toMatchObject({ reason: 'of-another-client' })
  })

  it('of a client whose key is lost is on a device that did not have it before, and on a new one, although its connection is placed again later', async () => {
    const { team, registers, anna, client, own, hers, connection, exchangeAll, rows } = await setUp()
    const ben = await team.join('ben')
    await team.grant(client, ben, 'viewer')
    team.founder.decideTeam('access.revoked', { clientUid: client, memberUid: ben.member })
    await team.founder.exchange()
    await team.rotate()
    await exchangeAll()
    // The founder's device has not read it when it declares the key lost.
    readIn(hers, 'anna', connection, many, NOW)
    await anna.exchange()
    const { log } = team.founder
    const pull: typeof log.pull = async (stream, from, most) =>
      stream === team.team ? log.pull(stream, from, most) : []
    const lose = async (generation: number): Promise<void> => {
      team.founder.decideTeam('key.lost', { scope: client, generation })
      await exchange(team.founder.replica, { ...log, pull }, NO_PAUSE)
      await team.rotate()
      for (const one of [anna, team.founder, anna]) await one.exchange()
    }
    await lose(2)
    expect(rows(own)).toEqual(rows(hers))
    // The first key had sealed the connection.
    const { next } = team.founder.replica.stream(client).place
    await lose(1)
    const carla = await team.join('carla')
    await team.grant(client, carla, 'viewer')
    // She gets the reading before the entry that adds the connection again.
    const some: typeof log.pull = async (stream, from, most) =>
      (await carla.log.pull(stream, from, most)).filter(({ seq }) => stream !== client || seq < next)
    await exchange(carla.replica, { ...carla.log, pull: some }, NO_PAUSE)
    expect((await carla.exchange()).stopped).toEqual([])
    const last = registers().get('carla')!
    expect(rows(last)).toEqual(rows(hers))
    for (const register of [own, hers, last]) expect(findProblems(register)).toEqual([])
  })
})
