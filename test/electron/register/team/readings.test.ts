import { describe, expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { addWaiting } from '../../../../electron/register/team/waiting.ts'
import { exchange } from '../../../../electron/team/exchange.ts'
import { DAY_MS } from '../../../../shared/domain/day.ts'
import { makeRandom } from '../../../providers/random.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { namedRows } from '../apply/named-rows.ts'
import { grant, key, newBriefRegister, type Part, project, user } from '../registers.ts'
import { findProblems } from './contents.ts'
import {
  addClient,
  decideIn,
  expectWhole,
  foundRegisterTeam,
  type Laptop,
  listCounting,
  readFromZero,
  readIn,
} from './registers.ts'

const NOW = Date.UTC(2026, 10, 1)
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
  const team = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => NOW)))
  const { founder } = team
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'operator')
  const connection = createUid(NOW)
  addClient(founder, client, 'acme')
  const body = { ...connected, connectionUid: connection }
  decideIn(founder, { kind: 'connection.added', client: 'acme', body })
  const exchangeAll = async (): Promise<void> => {
    for (const one of [founder, anna, founder, anna]) expectWhole(await one.exchange(), one)
  }
  await exchangeAll()
  const rows = (register: Register) => {
    const id = register.reader.value<number>('SELECT id FROM connection WHERE uid = ?', [connection])!
    return namedRows(register, id)
  }
  const waiting = ({ reader }: Register): unknown => reader.value('SELECT count(*) FROM team_waiting')
  const [own, hers] = [founder.register, anna.register]
  return { team, founder, anna, client, own, hers, connection, exchangeAll, rows, waiting }
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
const users = (...names: string[]): readonly Part[] => [
  { source: 'users', facts: names.flatMap((name) => [user(name), grant(name, null)]) },
]
const shown = ({ reader }: Register): readonly string[] =>
  reader.column(
    `SELECT p.external_id FROM principal p JOIN principal_version v ON v.principal_id = p.id
     WHERE v.to_sync IS NULL ORDER BY 1`,
  )

describe('what a sync read', () => {
  it('is carried out after its connection and before what rests on it, in the order of one log', async () => {
    const { founder, own, hers, connection, client, exchangeAll, rows } = await setUp()
    const budget = {
      budgetUid: createUid(NOW + 2),
      connectionUid: connection,
      project: { connectionUid: connection, externalId: 'p1' },
      amount: 1_000_000,
      usd: '1.00',
      enforcement: 'alert' as const,
      thresholds: [80],
    }
    // All of it waits while the server does not answer: what a connection reports, what is decided about that, and another connection.
    const second = createUid(NOW + 1)
    readIn(founder, connection, [{ source: 'projects', facts: [project('p1')] }], NOW)
    decideIn(founder, { kind: 'budget.set', client: 'acme', body: budget })
    decideIn(founder, { kind: 'connection.added', client: 'acme', body: { ...connected, connectionUid: second } })
    readIn(founder, second, few, NOW + 3)
    await exchangeAll()
    const kinds = listCounting(founder, client).map(({ op }) => op.kind)
    expect(kinds.slice(-4)).toEqual(['reading.taken', 'budget.set', 'connection.added', 'reading.taken'])
    const zero = readFromZero(founder, 1).register
    for (const register of [hers, zero]) {
      expect(rows(register)).toEqual(rows(own))
      expect(register.reader.value('SELECT count(*) FROM budget WHERE project_id IS NOT NULL')).toBe(1)
      expect(findProblems(register)).toEqual([])
    }
    zero.close()
  })

  it('leaves no word of a client in the register of a member who may not see it', async () => {
    const { team, founder, own, hers, connection, client, exchangeAll } = await setUp()
    const secret = await team.openClient()
    const hidden = createUid(NOW + 1)
    addClient(founder, secret, 'kanarienvogel')
    const body = { ...connected, label: 'Kanarienvogel', connectionUid: hidden }
    decideIn(founder, { kind: 'connection.added', client: 'kanarienvogel', body })
    const word = (parts: readonly Part[]): readonly Part[] => [
      ...parts,
      { source: 'projects', facts: [project('kanarienvogel', { name: 'Kanarienvogel' })] },
    ]
    readIn(founder, connection, few, NOW + DAY_MS)
    readIn(founder, hidden, word(few), NOW + DAY_MS)
    readIn(founder, hidden, word(many), NOW + 2 * DAY_MS)
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
    const { founder, anna, own, hers, connection, exchangeAll, rows, waiting } = await setUp()
    readIn(founder, connection, few, NOW)
    readIn(founder, connection, many, NOW + DAY_MS)
    expect(own.reader.value('SELECT count(*) FROM team_bytes')).toBe(1)
    await exchangeAll()
    expect(own.reader.value('SELECT count(*) FROM team_bytes')).toBe(0)
    expect(rows(hers)).toEqual(rows(own))
    expect(rows(hers)['principal_version']!.length).toBeGreaterThan(1500)
    expect(rows(hers)['key_version']).toHaveLength(1)
    expect(hers.reader.column('SELECT operator FROM sync')).toEqual(['Founder', 'Founder'])
    expect(hers.reader.value('SELECT count(*) FROM finding')).toBe(own.reader.value('SELECT count(*) FROM finding'))
    // The other way, after which both are at rest.
    readIn(anna, connection, few, NOW + 2 * DAY_MS)
    await exchangeAll()
    expect(rows(own)).toEqual(rows(hers))
    expect(own.reader.column('SELECT operator FROM sync ORDER BY id')).toEqual(['Founder', 'Founder', 'anna'])
    for (const register of [own, hers]) {
      expect(waiting(register)).toBe(0)
      expect(findProblems(register)).toEqual([])
    }
  })

  it('is shown on all devices where it followed what its author had read, whatever their clocks show', async () => {
    const { founder, anna, own, hers, connection, exchangeAll } = await setUp()
    // Anna's clock is three days ahead.
    readIn(anna, connection, users('u1'), NOW + 3 * DAY_MS)
    await exchangeAll()
    readIn(founder, connection, users('u1', 'u2'), NOW + 1)
    await exchangeAll()
    expect([own, hers].map(shown)).toEqual([
      ['u1', 'u2'],
      ['u1', 'u2'],
    ])
    readIn(anna, connection, users('u3'), NOW - 3 * DAY_MS)
    await exchangeAll()
    expect([own, hers].map(shown)).toEqual([['u3'], ['u3']])
  })

  it('of two whose authors had not read the other: the one that began later is shown on all devices, else the one placed later', async () => {
    const { team, founder, anna, own, hers, connection, client, exchangeAll } = await setUp()
    const ben = await team.join('ben')
    await team.grant(client, ben, 'viewer')
    for (const [at, later, expected] of [
      [10, 1, 'hers'],
      [20, -1, 'own'],
      [30, 0, 'hers'],
    ] as const) {
      readIn(founder, connection, users('own'), NOW + at)
      readIn(anna, connection, users('hers'), NOW + at + later)
      await founder.exchange()
      await exchangeAll()
      await ben.exchange()
      expect([own, hers, ben.register].map(shown)).toEqual([[expected], [expected], [expected]])
    }
    for (const register of [own, hers, ben.register]) expect(findProblems(register)).toEqual([])
  })

  it('waits through a kill between sync and exchange, and is stored before it is placed', async () => {
    const { founder, own, hers, connection, exchangeAll, rows, waiting } = await setUp()
    readIn(founder, connection, many, NOW)
    // The process ends after the sync, and again between the blobs and the batch.
    const killed = { ...founder.server, append: () => Promise.reject(new Error('killed')) }
    await expect(exchange({ ...founder, server: killed })).rejects.toThrow('killed')
    expect(waiting(own)).toBe(1)
    expect(own.reader.value('SELECT count(*) FROM team_bytes')).toBe(1)
    await exchangeAll()
    expect(waiting(own)).toBe(0)
    expect(rows(hers)).toEqual(rows(own))
  })

  it('changes nothing where a later one was applied, where it is about another client, or is not a reading', async () => {
    const { founder, own, hers, connection, exchangeAll, rows, client } = await setUp()
    readIn(founder, connection, few, NOW + DAY_MS)
    await exchangeAll()
    const before = rows(hers)
    const { op } = listCounting(founder, client).at(-1)!
    const again = (body: object): void =>
      own.transact((writer) =>
        addWaiting(writer, client, { ...op, uid: createUid(NOW), body: { ...op.body, ...body } }),
      )
    again({ syncUid: createUid(1), began: 1 })
    again({ pieces: [{ inline: 'AAAA' }] })
    again({ connectionUid: createUid(2) })
    await exchangeAll()
    expect(rows(hers)).toEqual(before)
    expect(rows(own)).toEqual(before)
    for (const register of [own, hers]) expect(findProblems(register)).toEqual([])
  })

  it('of a client that a member may see only later is on their device, from its first reading on', async () => {
    const { team, founder, own, connection, client, exchangeAll, rows } = await setUp()
    readIn(founder, connection, few, NOW)
    readIn(founder, connection, many, NOW + DAY_MS)
    await exchangeAll()
    const carla: Laptop = await team.join('carla')
    expect(carla.register.reader.value('SELECT count(*) FROM client')).toBe(0)
    await team.grant(client, carla, 'viewer')
    expectWhole(await carla.exchange(), carla)
    expect(rows(carla.register)).toEqual(rows(own))
    expect(findProblems(carla.register)).toEqual([])
  })
})
