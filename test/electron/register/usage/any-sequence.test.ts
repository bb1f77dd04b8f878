import { Readable } from 'node:stream'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { mergePeople, splitPeople } from '../../../../electron/register/people/merge.ts'
import { usageBy, type UsageMonths } from '../../../../electron/register/usage/by.ts'
import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import { usageMatrix } from '../../../../electron/register/usage/matrix.ts'
import { refreshUsageNames } from '../../../../electron/register/usage/names.ts'
import { countRecords } from '../../../../electron/service/usage/import.ts'
import { readRecords } from '../../../../electron/service/usage/read-records.ts'
import { USAGE_BY, type UsageBy } from '../../../../shared/contract/usage.ts'
import { parseKeyName } from '../../../../shared/domain/naming.ts'
import type { UsageFact } from '../../../../shared/domain/usage/fact.ts'
import {
  dayText,
  monthOfDay,
  USAGE_ROLLUPS,
  USAGE_MEASURES,
  type UsageRollup,
} from '../../../../shared/domain/usage/rollups.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../../drills/drill.ts'
import { USAGE_SOURCES, type UsageSource } from '../../../../shared/domain/usage/source.ts'
import { key, newConnection, newRegister, project, getReading, user } from '../registers.ts'

const AT = Date.UTC(2026, 10, 1)
const FIRST_DAY = 20_700
const KEY_NAMES = ['prod-web-api', 'dev-data-etl'] as const
const PEOPLE = 3
/** The client of each connection. */
const CLIENTS = ['acme', 'acme', 'beta'] as const

/** One use, as first reported; the model keeps all of them, and adds up on request. */
interface Atom extends UsageFact {
  readonly client: string
  /** Null for a client's internal records. */
  readonly connection: number | null
  readonly feature: string
  /** The slot of the report, for provider data. */
  readonly report: string
}

const connections = fc.nat(CLIENTS.length - 1)
const word = (...words: string[]): fc.Arbitrary<string> => fc.constantFrom('', ...words)
const projectWord = connections.chain((n) => word(`proj_${n}`, 'other'))
const keyWord = fc
  .tuple(connections, fc.nat(KEY_NAMES.length - 1), fc.integer({ min: 1, max: 3 }))
  .chain(([n, slot, version]) => word(keyId(n, slot, version), 'unknown'))
const principalWord = fc
  .tuple(connections, fc.nat(PEOPLE - 1))
  .chain(([n, person]) => word(`u_${n}_${person}`, `P${person}@acme.example`, 'stranger'))

const measures = {
  requests: fc.nat(50),
  input: fc.integer({ min: 5000, max: 100_000 }),
  cached: fc.nat(5000),
  cacheWrite: fc.nat(5000),
  output: fc.nat(5000),
  cost: fc.nat(9_000_000),
  estimate: fc.nat(1_000_000),
}
const place = {
  day: fc.integer({ min: FIRST_DAY, max: FIRST_DAY + 70 }),
  project: projectWord,
  key: keyWord,
  principal: principalWord,
  model: word('m1', 'm2'),
}
const record = fc.record({ ...place, ...measures, feature: word('chat', 'search'), id: fc.nat(60) })
const fact = fc.record({ ...place, ...measures, item: fc.constantFrom('', 'tokens') })

const command = fc.oneof(
  fc.record({
    does: fc.constant('records' as const),
    client: fc.constantFrom('acme', 'beta'),
    records: fc.array(record, { minLength: 1, maxLength: 25 }),
  }),
  fc.record({
    does: fc.constant('days' as const),
    connection: connections,
    report: fc.constantFrom('cost' as const, 'messages' as const),
    from: fc.integer({ min: FIRST_DAY, max: FIRST_DAY + 60 }),
    length: fc.integer({ min: 1, max: 40 }),
    facts: fc.array(fact, { maxLength: 10 }),
  }),
  fc.record({ does: fc.constant('rotate' as const), connection: connections, slot: fc.nat(KEY_NAMES.length - 1) }),
  fc.record({ does: fc.constant('merge' as const), keep: fc.nat(PEOPLE - 1), other: fc.nat(PEOPLE - 1) }),
  fc.record({ does: fc.constant('split' as const) }),
)
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never

function keyId(connection: number, slot: number, version: number): string {
  return `key_${connection}_${slot}_${version}`
}

/** The register, and everything that was reported, not added up. */
interface World {
  readonly register: Register
  readonly clientIds: ReadonlyMap<string, number>
  readonly connectionIds: readonly number[]
  readonly people: readonly number[]
  atoms: Atom[]
  readonly counted: Set<string>
  /** Of each connection and slot: its newest version. */
  readonly versions: number[][]
  readonly merges: { readonly id: number; readonly keep: number; readonly other: number }[]
}

function newWorld(): World {
  const register = newRegister()
  const connectionIds = CLIENTS.map((client, n) => newConnection(register, client, n === 1 ? 'anthropic' : 'openai'))
  const versions = CLIENTS.map(() => KEY_NAMES.map(() => 1))
  const clients = register.reader.all<{ readonly slug: string; readonly id: number }>('SELECT slug, id FROM client')
  const world = { register, connectionIds, versions, atoms: [], counted: new Set<string>(), merges: [] }
  for (const n of CLIENTS.keys()) readConnection(world, n)
  const people = Array.from({ length: PEOPLE }, (_, person) =>
    Number(register.reader.value('SELECT person_id FROM principal WHERE external_id = ?', [`u_0_${person}`])),
  )
  return { ...world, people, clientIds: new Map(clients.map(({ slug, id }) => [slug, id])) }
}

function readConnection(
  { register, connectionIds, versions }: Pick<World, 'register' | 'connectionIds' | 'versions'>,
  n: number,
): void {
  const keys = KEY_NAMES.map((name, slot) => {
    const version = versions[n]?.[slot] ?? 1
    return key(keyId(n, slot, version), { name, project: `proj_${n}`, createdAt: Date.UTC(2026, version, 1) })
  })
  const users = Array.from({ length: PEOPLE }, (_, person) =>
    user(`u_${n}_${person}`, { name: `Person ${person}`, email: `p${person}@acme.example` }),
  )
  const reading = getReading(connectionIds[n] ?? 0, [
    { source: 'users', facts: users },
    { source: 'projects', facts: [project(`proj_${n}`)] },
    { source: 'project-keys', project: `proj_${n}`, facts: keys },
  ])
  register.transact((writer) => applyReading(writer, reading))
}

async function run(world: World, reported: Command): Promise<void> {
  const { register, clientIds, connectionIds, people, versions, merges } = world
  switch (reported.does) {
    case 'records': {
      const clientId = clientIds.get(reported.client) ?? 0
      const head =
        'date,request_id,project,key,user,model,feature,requests,input_tokens,cached_tokens,output_tokens,cost'
      const lines = reported.records.map((r) =>
        [
          dayText(r.day),
          r.id,
          r.project,
          r.key,
          r.principal,
          r.model,
          r.feature,
          r.requests,
          r.input,
          r.cached,
          r.output,
          (r.cost / 1e6).toFixed(6),
        ].join(),
      )
      const text = Readable.from([Buffer.from([head, ...lines].join('\n'))])
      const options = { register, clientId, client: reported.client, file: 'f', operator: 'Mara', now: () => AT }
      await Array.fromAsync(countRecords(options, readRecords({ text, seed: clientId, lastDay: 30_000 })))
      for (const r of reported.records) {
        if (world.counted.has(`${reported.client} ${r.id}`)) continue
        world.counted.add(`${reported.client} ${r.id}`)
        world.atoms.push({
          ...r,
          cacheWrite: 0,
          estimate: 0,
          client: reported.client,
          connection: null,
          item: '',
          report: '',
        })
      }
      return
    }
    case 'days': {
      const { report, from } = reported
      const [to, client] = [from + reported.length, CLIENTS[reported.connection] ?? '']
      const owner = { clientId: clientIds.get(client) ?? 0, connectionId: connectionIds[reported.connection] ?? 0 }
      register.transact((writer) => replaceUsageDays(writer, owner, { report, from, to, facts: reported.facts }))
      const isReplaced = (atom: Atom): boolean =>
        atom.connection === reported.connection && atom.report === report && atom.day >= from && atom.day < to
      world.atoms = [
        ...world.atoms.filter((atom) => !isReplaced(atom)),
        ...reported.facts
          .filter(({ day }) => day >= from && day < to)
          .map((one) => ({ ...one, client, connection: reported.connection, feature: '', report })),
      ]
      return
    }
    case 'rotate': {
      const slots = versions[reported.connection]
      if (slots === undefined || (slots[reported.slot] ?? 3) >= 3) return
      slots[reported.slot] = (slots[reported.slot] ?? 1) + 1
      readConnection(world, reported.connection)
      return
    }
    case 'merge': {
      const [keep, other] = [standing(world, reported.keep), standing(world, reported.other)]
      if (keep === other) return
      const of = { keep: people[keep] ?? 0, other: people[other] ?? 0, at: AT, by: 'Mara', uid: createUid(AT) }
      const id = register.transact((writer) => mergePeople(writer, of))
      merges.push({ id, keep, other })
      return
    }
    case 'split': {
      const last = merges.pop()
      if (last !== undefined) register.transact((writer) => splitPeople(writer, last.id, AT))
    }
  }
}

/** The person after merges and splits. */
function standing({ merges }: World, person: number): number {
  const merge = merges.find(({ other }) => other === person)
  return merge === undefined ? person : standing({ merges } as World, merge.keep)
}

type Sums = readonly number[]

/** Adds atoms up by label; sums of zero are left out. */
function added(atoms: readonly Atom[], toLabel: (atom: Atom) => string): ReadonlyMap<string, Sums> {
  const sums = new Map<string, number[]>()
  for (const atom of atoms) {
    const sum = sums.get(toLabel(atom)) ?? USAGE_MEASURES.map(() => 0)
    for (const [n, measure] of USAGE_MEASURES.entries()) sum[n] = (sum[n] ?? 0) + atom[measure]
    sums.set(toLabel(atom), sum)
  }
  return new Map([...sums].filter(([, sum]) => sum.some((measure) => measure !== 0)))
}

/** The expected name of one row of a grouped table, from the reported data only. */
function toLabel(world: World, by: UsageBy, atom: Atom): string {
  const unknown = `${atom.client} ${by === 'person' ? atom.principal : atom.key}`
  const [, connection = '', slot = '', version = ''] = /^key_(\d)_(\d)_(\d)$/u.exec(atom.key ?? '') ?? []
  const isHeld =
    version !== '' &&
    CLIENTS[Number(connection)] === atom.client &&
    Number(version) <= (world.versions[Number(connection)]?.[Number(slot)] ?? 0)
  const parts = isHeld ? parseKeyName(KEY_NAMES[Number(slot)] ?? '') : null
  switch (by) {
    case 'logical-key':
      return isHeld ? `logical ${connection} ${slot}` : unknown
    case 'environment':
    case 'team':
      return parts?.[by] ?? ''
    case 'person': {
      const [, n = '', account = '', address = ''] = /^u_(\d)_(\d)$|^P(\d)@/u.exec(atom.principal ?? '') ?? []
      const isKnown = address !== '' || (n !== '' && CLIENTS[Number(n)] === atom.client)
      return isKnown ? `person ${standing(world, Number(account || address))}` : unknown
    }
    case 'model':
      return atom.model ?? ''
    case 'connection':
      return `${atom.client} ${atom.connection}`
    case 'client':
      return atom.client
    case 'project':
    case 'key':
    case 'principal':
    case 'feature':
      break
  }
  return `${atom.client} ${atom[by]}`
}

function labelOfRow(world: World, by: UsageBy, rowKey: string, client: string): string {
  const { register, people, connectionIds } = world
  if (by === 'environment' || by === 'team' || by === 'model') return rowKey
  if (by === 'client') return client
  if (by === 'connection') {
    const at = connectionIds.indexOf(Number(rowKey.split(' ')[1]))
    return `${client} ${at === -1 ? null : at}`
  }
  const id = Number(rowKey.replace(/^\D/u, ''))
  if (rowKey.startsWith('h')) return `person ${people.indexOf(id)}`
  if (rowKey.startsWith('l')) {
    const [, n, slot] =
      register.reader.value<string>('SELECT external_id FROM key WHERE logical_key_id = ?', [id])?.split('_') ?? []
    return `logical ${n} ${slot}`
  }
  return register.reader.value<string>(
    "SELECT c.slug || ' ' || n.word FROM usage_name n JOIN client c ON c.id = n.client_id WHERE n.id = ?",
    [id],
  ) as string
}

function hasSource(source: UsageSource): (atom: Atom) => boolean {
  return ({ connection }) => (connection === null) === (source === 'claimed')
}

const inMonths = (from: number, to: number) => ({ over: 'month', from, to }) as const

const SPANS: readonly (UsageMonths & { readonly of: (atom: Atom) => boolean })[] = [
  ...USAGE_SOURCES.map((source) => ({ ...inMonths(0, 9999), source, of: hasSource(source) })),
  {
    ...inMonths(0, 9999),
    source: 'billed',
    client: 'acme',
    of: (atom) => atom.connection !== null && atom.client === 'acme',
  },
  ...[monthOfDay(FIRST_DAY), monthOfDay(FIRST_DAY) + 1].flatMap((month) =>
    USAGE_SOURCES.map((source) => ({
      ...inMonths(month, month),
      source,
      of: (atom: Atom) => monthOfDay(atom.day) === month && hasSource(source)(atom),
    })),
  ),
]

function checkRollups(world: World): void {
  const { register, connectionIds, clientIds, atoms } = world
  const words = new Map(
    register.reader
      .all<{ readonly id: number; readonly word: string }>('SELECT id, word FROM usage_name')
      .map(({ id, word: text }) => [id, text]),
  )
  for (const { code, period, by } of USAGE_ROLLUPS as readonly UsageRollup[]) {
    const expected = added(atoms, (atom) =>
      [
        clientIds.get(atom.client),
        atom.connection === null ? 0 : connectionIds[atom.connection],
        period === 'day' ? atom.day : monthOfDay(atom.day),
        ...by.map((dimension) => atom[dimension]),
      ].join('|'),
    )
    const cells = register.reader.all<Readonly<Record<string, number>>>('SELECT * FROM usage_cell WHERE face = ?', [
      code,
    ])
    const held = cells.map((cell) => [
      [
        cell['client_id'],
        cell['connection_id'],
        cell['period'],
        ...by.map((_, n) => words.get(cell['abc'.charAt(n)] ?? 0)),
      ].join('|'),
      ['requests', 'input', 'cached', 'cache_write', 'output', 'cost', 'estimate'].map((column) => cell[column]),
    ])
    expect([code, new Map(held as [string, number[]][])]).toEqual([code, expected])
    expect(held).toHaveLength(expected.size)
  }
}

function checkAnswers(world: World): void {
  const { reader } = world.register
  for (const { of, ...span } of SPANS) {
    const atoms = world.atoms.filter(of)
    for (const by of USAGE_BY) {
      const rows = usageBy(reader, span, by)
      const reported = rows.map((row) => [
        labelOfRow(world, by, row.rowKey, row.client?.slug ?? ''),
        USAGE_MEASURES.map((measure) => row[measure]),
      ])
      expect([by, new Map(reported as [string, number[]][])]).toEqual([
        by,
        added(atoms, (atom) => toLabel(world, by, atom)),
      ])
      expect(new Set(reported.map(([label]) => label)).size).toBe(rows.length)
    }
    for (const pair of ['key-model', 'feature-key'] as const) {
      const [row, column] = pair === 'key-model' ? (['key', 'model'] as const) : (['feature', 'key'] as const)
      const cells = usageMatrix(reader, span, pair).cells.map(({ cost, input, output }) => [cost, input, output].join())
      const expected = added(atoms, (atom) => [atom.client, atom[row], atom[column]].join('|'))
      const at = (['cost', 'input', 'output'] as const).map((measure) => USAGE_MEASURES.indexOf(measure))
      expect([pair, cells.toSorted()]).toEqual([
        pair,
        [...expected.values()].map((sums) => at.map((n) => sums[n]).join()).toSorted(),
      ])
    }
  }
}

describe('after any sequence of records, reported days, corrections, rotations, merges and splits', () => {
  it('every roll-up and every answer is the raw sum, in whole micro-dollars', { timeout: DRILL_LIMIT_MS }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 10 }), async (commands) => {
        const world = newWorld()
        for (const reported of commands) await run(world, reported)
        world.register.transact((writer) => {
          for (const id of world.clientIds.values()) refreshUsageNames(writer, id)
        })
        checkRollups(world)
        checkAnswers(world)
        const types = world.register.reader.column('SELECT DISTINCT typeof(cost) || typeof(estimate) FROM usage_cell')
        expect(types.filter((type) => type !== 'integerinteger')).toEqual([])
      }),
      drillRuns('usage-rollups'),
    )
  })
})
