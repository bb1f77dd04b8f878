import Sqlite from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { makeReader, type Value } from '../../../../electron/register/db/handles.ts'
import { readRow, readRows } from '../../../../electron/register/db/rows.ts'

const reader = makeReader(new Sqlite(':memory:'), {})

const place = z.object({ id: z.number(), name: z.string().nullable(), isDefault: z.boolean() })
const use = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['known', 'before']), at: z.number() }),
  z.object({ state: z.literal('never') }),
])
const nested = z.object({
  key: z.string(),
  size: z.number().nullable(),
  isOwn: z.boolean(),
  isKnown: z.boolean().nullable(),
  place,
  project: place.extend({ in: place.nullable() }).nullable(),
  use,
  lastUse: use.nullable(),
  words: z.array(z.string()),
  counts: z.record(z.string(), z.number()).nullable(),
  pair: z.tuple([z.number(), z.boolean()]),
  note: z.string().optional(),
})
const flat = nested.pick({ key: true, size: true, isOwn: true, isKnown: true, words: true, counts: true })

const number = fc.integer()
const somePlace = fc.record({ id: number, name: fc.option(fc.string()), isDefault: fc.boolean() })
const someUse = fc.oneof(
  fc.record({ state: fc.constantFrom('known' as const, 'before' as const), at: number }),
  fc.record({ state: fc.constant('never' as const) }),
)
const someFlat = {
  key: fc.string(),
  size: fc.option(number),
  isOwn: fc.boolean(),
  isKnown: fc.option(fc.boolean()),
  words: fc.array(fc.string()),
  counts: fc.option(
    fc.dictionary(
      fc.string(),
      number.map((n) => n || 0),
      { noNullPrototype: true },
    ),
  ),
}
const someNested = {
  ...someFlat,
  place: somePlace,
  project: fc.option(
    fc.record({ id: number, name: fc.option(fc.string()), isDefault: fc.boolean(), in: fc.option(somePlace) }),
  ),
  use: someUse,
  lastUse: fc.option(someUse),
  pair: fc.tuple(number, fc.boolean()),
}

type Columns = [name: string, value: Value][]

/** The columns in which a statement returns a value; for a null object, its first column. */
function toColumns(schema: z.core.$ZodType, name: string, value: unknown): Columns {
  if (schema instanceof z.ZodNullable) {
    return value === null ? [[firstColumn(schema.unwrap(), name), null]] : toColumns(schema.unwrap(), name, value)
  }
  if (schema instanceof z.ZodObject || schema instanceof z.ZodDiscriminatedUnion) {
    const fields = Object.entries(value as object)
    return fields.flatMap(([key, each]) =>
      toColumns(
        schema instanceof z.ZodObject ? (schema.shape[key] as z.ZodType) : z.any(),
        name === '' ? key : `${name}.${key}`,
        each,
      ),
    )
  }
  if (typeof value === 'boolean') return [[name, value ? 1 : 0]]
  return [[name, typeof value === 'object' ? JSON.stringify(value) : (value as Value)]]
}

function firstColumn(schema: z.core.$ZodType, name: string): string {
  if (schema instanceof z.ZodObject) return `${name}.${Object.keys(schema.shape)[0] ?? ''}`
  return schema instanceof z.ZodDiscriminatedUnion ? `${name}.state` : name
}

function select(columns: Columns): [sql: string, params: Value[]] {
  return [`SELECT ${columns.map(([name]) => `? AS "${name}"`).join(', ')}`, columns.map(([, value]) => value)]
}

describe('rows of a statement', () => {
  it.each([
    { what: 'flat', schema: flat, drawn: fc.record(someFlat) },
    { what: 'nested', schema: nested, drawn: fc.record(someNested) },
  ])('match their schema: $what', ({ schema, drawn }) => {
    fc.assert(
      fc.property(drawn, (row) => {
        const [sql, params] = select(toColumns(schema, '', row))
        expect(readRow(reader, schema, sql, params)).toEqual(row)
      }),
    )
  })

  it('have the fields in the order of the schema, whatever the order of the columns', () => {
    const schema = z.object({ id: z.number(), of: z.object({ name: z.string() }), on: z.boolean() })
    const [row] = readRows(reader, schema, `SELECT 1 AS "on", 'x' AS "of.name", 2 AS id`)
    expect(JSON.stringify(row)).toBe('{"id":2,"of":{"name":"x"},"on":true}')
  })

  it('read an object from one JSON column', () => {
    const schema = z.object({ facts: place, more: place.nullable() })
    const facts = { id: 1, name: null, isDefault: true }
    const sql = 'SELECT ? AS facts, NULL AS more'
    expect(readRow(reader, schema, sql, [JSON.stringify(facts)])).toEqual({ facts, more: null })
  })

  it('are empty where the statement finds none', () => {
    expect(readRows(reader, nested, 'SELECT 1 WHERE false')).toEqual([])
    expect(readRow(reader, nested, 'SELECT 1 WHERE false')).toBeNull()
  })
})

describe('a statement that does not match its schema', () => {
  const schema = z.object({ id: z.number(), place: place.nullable(), isOwn: z.boolean() })
  it.each([
    ['lacks a column', `SELECT 1 AS id, NULL AS "place.id"`],
    ['lacks a nested object', `SELECT 1 AS id, 1 AS isOwn`],
    ['lacks a column of a nested object', `SELECT 1 AS id, 1 AS isOwn, 2 AS "place.id", 1 AS "place.isDefault"`],
    ['has a column too many', `SELECT 1 AS id, 1 AS isOwn, NULL AS "place.id", 3 AS other`],
    ['has a column too many in a nested object', `SELECT 1 AS id, 1 AS isOwn, NULL AS "place.id", 3 AS "place.other"`],
    ['has another type', `SELECT 'one' AS id, 1 AS isOwn, NULL AS "place.id"`],
  ])('throws in tests and names the statement: %s', (_, sql) => {
    expect(() => readRows(reader, schema, sql)).toThrow(TypeError)
    expect(() => readRows(reader, schema, sql)).toThrow(sql)
  })
})
