import { z } from 'zod'

import type { Params, Reader } from './handles.ts'

type Row = Record<string, unknown>
type Decode = (row: Row) => unknown
type Schema = z.core.$ZodType
type ObjectSchema = z.ZodObject | z.ZodDiscriminatedUnion

/** Tests check each row against its schema, so that a statement that does not match its type fails there. */
const CHECKS = process.env['CASTELLAN_CHECK_OUTPUT'] === '1'

/**
 * The rows of a statement in the form of a schema. Its columns have the names of the schema, those of a nested object
 * with a dot (`AS "client.slug"`). Booleans are read from 0 and 1; lists, records and an object in one column from
 * JSON. A nullable nested object is null when its first column is null. Optional fields are left to the caller.
 */
export function readRows<T extends z.ZodObject>(
  reader: Reader,
  schema: T,
  sql: string,
  params?: Params,
): z.output<T>[] {
  const rows = reader.all<Row>(sql, params)
  const columns = CHECKS ? Object.keys(rows[0] ?? {}) : []
  const decoded = rows.map(getDecoder(schema)) as z.output<T>[]
  if (CHECKS) checkRows(schema, sql, columns, decoded)
  return decoded
}

export function* iterateRows<T extends z.ZodObject>(
  reader: Reader,
  schema: T,
  sql: string,
  params?: Params,
): Generator<z.output<T>> {
  const decode = getDecoder(schema)
  for (const row of reader.iterate<Row>(sql, params)) {
    const columns = CHECKS ? Object.keys(row) : []
    const decoded = decode(row) as z.output<T>
    if (CHECKS) checkRows(schema, sql, columns, [decoded])
    yield decoded
  }
}

/** The first of these rows; null when there is none. */
export function readRow<T extends z.ZodObject>(
  reader: Reader,
  schema: T,
  sql: string,
  params?: Params,
): z.output<T> | null {
  return readRows(reader, schema, sql, params)[0] ?? null
}

/** Throws a `TypeError` that names the statement. */
function checkRows(schema: z.ZodObject, sql: string, columns: readonly string[], rows: readonly unknown[]): void {
  const unknown = columns.find((column) => !hasColumn(schema, column.split('.')))
  if (unknown !== undefined) throw new TypeError(`The schema has no column ${unknown}: ${sql}`)
  const { error } = z.array(schema).safeParse(rows)
  if (error) throw new TypeError(`Rows do not match their schema: ${z.prettifyError(error)}\n${sql}`)
}

function hasColumn(schema: Schema | undefined, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return schema !== undefined
  const bare = schema && unwrap(schema)
  if (bare instanceof z.ZodObject) return hasColumn(bare.shape[name], rest)
  return bare instanceof z.ZodDiscriminatedUnion && bare.options.some((option) => hasColumn(option, [name, ...rest]))
}

const decoders = new WeakMap<Schema, Decode>()

function getDecoder(schema: z.ZodObject): Decode {
  const decoder = decoders.get(schema) ?? compileRow(schema)
  decoders.set(schema, decoder)
  return decoder
}

/** A flat row is completed in place, since it already has the right form. */
function compileRow(schema: z.ZodObject): Decode {
  if (Object.values(schema.shape).some((field) => isNested(unwrap(field)))) return compileObject(schema, '')
  const changed = compileFields(schema, '').filter(({ decode }) => decode !== null)
  return (row) => {
    for (const { key, decode } of changed) row[key] = decode?.(row)
    return row
  }
}

function compileObject(schema: z.ZodObject, prefix: string): Decode {
  const fields = compileFields(schema, prefix)
  return (row) => {
    const object: Row = {}
    for (const { key, column, decode } of fields) object[key] = decode === null ? row[column] : decode(row)
    return object
  }
}

interface Field {
  readonly key: string
  readonly column: string
  /** Null where the column holds the value as it is. */
  readonly decode: Decode | null
}

function compileFields(schema: z.ZodObject, prefix: string): Field[] {
  return Object.entries(schema.shape)
    .filter(([, field]) => !(field instanceof z.ZodOptional))
    .map(([key, field]) => ({ key, column: prefix + key, decode: compileField(field, prefix + key) }))
}

function compileField(schema: Schema, column: string): Decode | null {
  if (schema instanceof z.ZodNullable) return compileNullable(schema.unwrap(), column)
  // A missing column stays missing, to be found by the check.
  if (schema instanceof z.ZodBoolean) return (row) => (row[column] === undefined ? undefined : row[column] === 1)
  const parse: Decode = (row) => JSON.parse(row[column] as string)
  if (isNested(schema)) {
    const decode = compileNested(schema, `${column}.`)
    return (row) => (row[column] === undefined ? decode(row) : parse(row))
  }
  return schema instanceof z.ZodArray || schema instanceof z.ZodTuple || schema instanceof z.ZodRecord ? parse : null
}

function compileNullable(schema: Schema, column: string): Decode | null {
  const decode = compileField(schema, column)
  if (decode === null) return null
  const first = firstColumn(schema, column)
  return (row) => ((row[column] === undefined ? row[first] : row[column]) === null ? null : decode(row))
}

function compileNested(schema: ObjectSchema, prefix: string): Decode {
  if (schema instanceof z.ZodObject) return compileObject(schema, prefix)
  const { discriminator, options } = schema.def
  const byValue = new Map(
    options.flatMap((option) => {
      const each = option as z.ZodObject
      const decode = compileObject(each, prefix)
      const tag = each.shape[discriminator]
      const values = tag instanceof z.ZodEnum ? tag.options : tag instanceof z.ZodLiteral ? [...tag.values] : []
      return values.map((value) => [value as unknown, decode] as const)
    }),
  )
  return (row) => byValue.get(row[prefix + discriminator])?.(row)
}

function firstColumn(schema: Schema, column: string): string {
  if (schema instanceof z.ZodDiscriminatedUnion) return `${column}.${schema.def.discriminator}`
  const [first] = schema instanceof z.ZodObject ? Object.entries(schema.shape) : []
  return first === undefined ? column : firstColumn(unwrap(first[1]), `${column}.${first[0]}`)
}

function unwrap(schema: Schema): Schema {
  return schema instanceof z.ZodNullable ? schema.unwrap() : schema
}

function isNested(schema: Schema): schema is ObjectSchema {
  return schema instanceof z.ZodObject || schema instanceof z.ZodDiscriminatedUnion
}
