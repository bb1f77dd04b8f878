import { isContractProcedure } from '@orpc/contract'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { makeReader } from '../../../../electron/register/db/handles.ts'
import { migrate } from '../../../../electron/register/db/migrate.ts'
import { checkReach, idsIn, type Thing } from '../../../../electron/service/core/reach.ts'
import { id } from '../../../../shared/contract/common.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { refused, seeded } from '../seeded.ts'

/** Operations with the schema of their input. */
const OPERATIONS = Object.entries(contract).flatMap(([area, own]) =>
  Object.entries(own)
    .filter(([, operation]) => isContractProcedure(operation))
    .map(([name, operation]) => ({ operation: `${area}.${name}`, schema: operation['~orpc'].inputSchema as unknown })),
)

/** An input with one id, at one place of the schema. */
interface Place {
  readonly field: string
  readonly input: (value: unknown) => unknown
}

/** Numbers that look like ids and are not: of a version within its plan, of a batch within its review. */
const NO_IDS = ['version', 'batch']

/** Every place of a schema that holds an id, with an input that names the client and, where a kind is named, each kind. */
function listPlaces(schema: unknown, field = '', wrap: Place['input'] = (value) => value): readonly Place[] {
  if (schema === id || (schema instanceof z.ZodNumber && /^ids?$|Ids?$/u.test(field))) {
    return NO_IDS.includes(field) ? [] : [{ field, input: wrap }]
  }
  if (schema instanceof z.ZodObject) {
    return listVariants(schema.shape).flatMap((named) =>
      Object.entries(schema.shape).flatMap(([name, inner]) =>
        listPlaces(inner, name, (value) => wrap({ ...named, [name]: value })),
      ),
    )
  }
  if (schema instanceof z.ZodArray) return listPlaces(schema.element, field, (value) => wrap([value]))
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => listPlaces(option, field, wrap))
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return listPlaces(schema.unwrap(), field, wrap)
  }
  return []
}

/** The other fields of an object: the client, and each kind that an id beside it may be of. */
function listVariants(shape: Readonly<Record<string, unknown>>): readonly object[] {
  const client = 'client' in shape ? { client: 'own' } : {}
  for (const name of ['kind', 'subjectKind', 'part']) {
    const unwrapped = shape[name] instanceof z.ZodOptional ? shape[name].unwrap() : shape[name]
    if (!('id' in shape || 'subjectId' in shape)) continue
    if (unwrapped instanceof z.ZodEnum) return unwrapped.options.map((kind) => ({ ...client, [name]: kind }))
    // A filter takes one kind, or a list of kinds.
    if (unwrapped instanceof z.ZodUnion) {
      return unwrapped.options.flatMap((option) =>
        option instanceof z.ZodEnum
          ? option.options.flatMap((kind) => [
              { ...client, [name]: kind },
              { ...client, [name]: [kind] },
            ])
          : [],
      )
    }
    if (unwrapped instanceof z.ZodLiteral) return [{ ...client, [name]: unwrapped.value }]
  }
  return [client]
}

const takesClient = (schema: unknown): boolean =>
  schema instanceof z.ZodObject && ('client' in schema.shape || 'filter' in schema.shape)

const PLACES = OPERATIONS.flatMap(({ operation, schema }) =>
  listPlaces(schema).map((place) => ({ operation, schema, ...place, shown: JSON.stringify(place.input(1)) })),
)

/** The tables of things, with the columns that tie a row to its client; entries of the audit log name it by its slug. */
const TABLES: Readonly<Record<Exclude<Thing, 'entry'>, readonly [table: string, by: readonly string[]]>> = {
  connection: ['connection', ['client_id']],
  plan: ['plan', ['client_id']],
  budget: ['budget', ['client_id']],
  folder: ['usage_folder', ['client_id']],
  import: ['usage_import', ['client_id']],
  price: ['price_pin', ['client_id']],
  review: ['review', ['client_id']],
  sync: ['sync', ['connection_id']],
  project: ['project', ['connection_id']],
  key: ['key', ['connection_id']],
  event: ['event', ['connection_id']],
  federation: ['federation_version', ['connection_id']],
  certificate: ['certificate_version', ['connection_id']],
  finding: ['finding', ['connection_id']],
  remediation: ['remediation', ['connection_id']],
  person: ['person', []],
  principal: ['principal', ['connection_id', 'person_id']],
  'review-item': ['review_item', ['connection_id']],
  rotation: ['rotation', ['key_id']],
  match: ['person_match', ['person_id', 'other_id']],
  merge: ['person_merge', ['kept_id', 'other_id']],
  view: ['saved_view', ['client_id']],
}

const OWN = 1001
const OTHER = 2002
const BOTH = 3003

const db = new Sqlite(':memory:')
const reader = makeReader(db, {})

/** Inserts a row with the given values; other required values are made up, since only its client matters. */
function insert(table: string, given: Readonly<Record<string, number | string | null>>): void {
  const columns = db.pragma(`table_info(${table})`) as readonly {
    readonly name: string
    readonly type: string
    readonly notnull: number
    readonly dflt_value: unknown
  }[]
  const row = Object.fromEntries(
    columns
      .filter(({ name, notnull, dflt_value: usual }) => name in given || (notnull === 1 && usual === null))
      .map(({ name, type }) => [
        name,
        name in given ? given[name] : type === 'TEXT' ? `${table} ${given['id']}` : given['id'],
      ]),
  )
  const names = Object.keys(row)
  const quoted = names.map((name) => `"${name}"`).join(', ')
  db.prepare(`INSERT INTO ${table} (${quoted}) VALUES (${names.map((name) => `:${name}`).join(', ')})`).run(row)
}

/** Two clients, each with one of everything under one number. */
beforeAll(() => {
  migrate(db, { now: 0, backup: () => '' })
  db.pragma('foreign_keys = OFF')
  db.pragma('ignore_check_constraints = ON')
  for (const [number, slug] of [
    [OWN, 'own'],
    [OTHER, 'other'],
  ] as const) {
    insert('client', { id: number, slug })
    insert('journal', { id: number, seq: number, client: slug, body: '{}' })
    for (const [table, by] of Object.values(TABLES)) {
      insert(table, { id: number, ...Object.fromEntries(by.map((column) => [column, number])) })
    }
  }
  insert('price_pin', { id: BOTH, client_id: null })
  // A person of both clients.
  insert('person', { id: BOTH })
  insert('principal', { id: BOTH, connection_id: OWN, person_id: BOTH })
  insert('principal', { id: BOTH + 1, connection_id: OTHER, person_id: BOTH })
})

afterAll(() => void db.close())

const check = (operation: string, schema: unknown, input: unknown) => () =>
  checkReach(reader, 'own', { operation, schema, input })

describe('a session of one client', () => {
  it.each(PLACES)('$operation knows what the id in $shown is of', ({ operation, input }) => {
    expect(idsIn(operation, input(77))).toMatchObject([{ id: 77 }])
  })

  it.each(PLACES)('$operation refuses the id of another client in $shown', ({ operation, schema, input }) => {
    expect(check(operation, schema, input(OTHER))).toThrow('belongs to another client')
    expect(check(operation, schema, input(OWN))).not.toThrow()
  })

  it.each(OPERATIONS.filter(({ schema }) => takesClient(schema)))(
    '$operation is refused for another client and without one',
    ({ operation, schema }) => {
      const named = (client: string) =>
        schema instanceof z.ZodObject && 'filter' in schema.shape ? { filter: { client } } : { client }
      expect(check(operation, schema, named('other'))).toThrow('another client')
      expect(check(operation, schema, {})).toThrow('all clients')
      expect(check(operation, schema, named('own'))).not.toThrow()
    },
  )

  it('is refused every operation that names neither a client nor an id, except those that reach none', () => {
    const free = OPERATIONS.filter(({ schema }) => !takesClient(schema) && listPlaces(schema).length === 0).filter(
      ({ operation, schema }) => {
        try {
          check(operation, schema, { slug: 'own' })()
          return true
        } catch {
          return false
        }
      },
    )
    expect(free.map(({ operation }) => operation).toSorted()).toEqual([
      'app.events',
      'app.info',
      'app.integrity',
      'app.unlock',
      'client.archive',
      'client.get',
      'client.list',
      'client.restore',
      'client.update',
      'desktop.saveTarget',
      'evidence.verify',
      'evidence.verifyRegister',
      'findings.evaluate',
      'findings.rules',
      'people.findMatches',
      'plan.check',
      'plan.fromYaml',
      'plan.guide',
      'plan.toYaml',
      'remediation.approve',
      'settings.get',
      'sync.watch',
    ])
    for (const name of ['get', 'update', 'archive', 'restore'] as const) {
      const schema = contract.client[name]['~orpc'].inputSchema
      expect(check(`client.${name}`, schema, { slug: 'other' })).toThrow('another client')
    }
  })

  it('reads a person of two clients, and does not merge them', () => {
    expect(
      check('people.get', contract.people.get['~orpc'].inputSchema, { client: 'own', personId: BOTH }),
    ).not.toThrow()
    expect(check('people.merge', contract.people.merge['~orpc'].inputSchema, { keep: OWN, other: BOTH })).toThrow(
      `Person ${BOTH} belongs to another client as well.`,
    )
  })

  it('does not remove a price that holds for all clients', () => {
    expect(check('prices.clear', contract.prices.clear['~orpc'].inputSchema, { priceId: BOTH })).toThrow(
      `Price ${BOTH} concerns all clients`,
    )
  })

  it('leaves an id that does not exist to the operation', () => {
    expect(check('keys.get', contract.keys.get['~orpc'].inputSchema, { keyId: 9 })).not.toThrow()
  })

  it('is enforced by every way to call the service', async () => {
    const { service, connections } = await seeded()
    const api = service.getApi('acme')
    expect(await refused(api.connection.remove({ id: connections.borealis }))).toMatchObject({
      code: 'CONFLICT',
      message: `Connection ${connections.borealis} belongs to another client.`,
    })
    expect((await api.connection.get({ id: connections.acme })).client.slug).toBe('acme')
    expect((await api.client.list({})).map(({ slug }) => slug)).toEqual(['acme'])
    // A call without a client is about the client of the session.
    expect((await api.connection.list({})).map(({ id }) => id)).toEqual([connections.acme])
    expect((await api.policy.set({ values: { adminKeyDays: 7 } })).effective.adminKeyDays).toBe(7)
    expect((await service.api.policy.get({})).policy.adminKeyDays).not.toBe(7)
  })
})
