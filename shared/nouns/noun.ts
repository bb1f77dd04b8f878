import { z } from 'zod'

import type { Filters, FilterShape } from './filter.ts'
import type { ClientRef, ConnectionRef, FindingMark } from './values.ts'
import { scopeShape } from './values.ts'

/** How a list shows the values of a field: the kind of its cells, and how they are written in JSON and in a file. */
export type Kind =
  | 'text'
  | 'code'
  | 'word'
  | 'status'
  | 'count'
  | 'flag'
  | 'instant'
  | 'minute'
  | 'day'
  | 'texts'
  | 'client'
  | 'clients'
  | 'connection'
  | 'provider-connection'
  | 'project'
  | 'level'
  | 'provider'
  | 'findings'
  | 'own'

/** A column of a table in a terminal. */
export interface TableColumn {
  /** Where the terminal has another heading than the window, since it shows another value. */
  readonly title?: string
  readonly align?: 'right'
  /** May be cut when the screen is narrow. */
  readonly flexible?: true
  /** The least width after a cut; 8 unless given. */
  readonly keep?: number
  /** Never cut, since people type it again. */
  readonly whole?: true
  /** Left out before others where the screen is too narrow for all. */
  readonly optional?: true
  /** Read as a whole: broken into lines where the screen is narrow, and never cut or left out. */
  readonly sentence?: true
}

/** How lists show a field. */
export interface Layout {
  /** The column of the window, and the word by which it is sorted; the key without *At* or *On* unless given. */
  readonly id?: string
  /** Minimum width in the window, in characters; columns with `grow` share the remaining width. */
  readonly wide?: number
  readonly grow?: number
  /** Its content carries meaning when cut: the column cannot be made narrower than `wide`. */
  readonly whole?: true
  readonly align?: 'end'
  /** True if the window hides the column at first. */
  readonly hidden?: true
  /** Shown in a cell of the window without a value. */
  readonly empty?: string
  /** True if only the window has it. */
  readonly drawn?: true
  /** Of a day: the window shows how far away it is. */
  readonly distant?: true
  /** Its column in the terminal; left out: only JSON and files have it. */
  readonly table?: TableColumn
}

/** One value of a row that lists show, described once: for the window, the terminal, files and the guide. */
export interface Field<Row = never, Value = unknown> extends Layout {
  readonly kind: Kind
  /** Empty: no table has it. */
  readonly heading: string
  /** Left out: the value of the row under the same name. */
  readonly value?: (row: Row) => Value
}

type MakeField<Value> = <Row>(heading: string, layout?: Layout, value?: (row: Row) => Value) => Field<Row, Value>

function makeKind<Value>(kind: Kind): MakeField<Value> {
  return (heading, layout, value) => ({ kind, heading, ...layout, ...(value && { value }) })
}

type Optional<T> = T | null | undefined

/** Text written by a provider, a file or a person. */
export const text = makeKind<Optional<string | number>>('text')
/** Text that a program reads: an id, an address. */
export const code = makeKind<Optional<string>>('code')
/** A word of Castellan; the cell of the window has it for people. */
export const word = makeKind<Optional<string>>('word')
/** A word of Castellan as a badge. */
export const status = makeKind<Optional<string>>('status')
export const count = makeKind<Optional<number>>('count')
export const flagged = makeKind<Optional<boolean>>('flag')
/** Milliseconds since the epoch; tables of the terminal show the day, or with `minute` also the time. */
export const instant = makeKind<Optional<number>>('instant')
export const minute = makeKind<Optional<number>>('minute')
export const day = makeKind<Optional<string>>('day')
export const texts = makeKind<readonly string[]>('texts')
/** The level of a role. */
export const levelled = makeKind<Optional<string>>('level')
/** A value whose cells in the window are drawn by the list itself. */
export const own = makeKind<JsonValue | undefined>('own')

export type JsonValue = string | number | boolean | null

/** A value that only the window has. */
export function drawn<Row>(heading: string, layout: Layout): Field<Row> {
  return own(heading, { ...layout, drawn: true })
}

/** The number of a row, by which the terminal names it. */
export function idField<Row>(value?: (row: Row) => number): Field<Row, Optional<number>> {
  return count('ID', { table: { align: 'right' } }, value)
}

/** A value that only JSON and files have. */
export function json<Row>(value?: (row: Row) => JsonValue | undefined): Field<Row> {
  return own('', {}, value)
}

/** Makes such fields of several values, under their own names. */
export function plain<Key extends string>(
  ...keys: readonly Key[]
): Readonly<Record<Key, Field<Readonly<Record<Key, JsonValue>>>>> {
  return Object.fromEntries(keys.map((key) => [key, json()])) as ReturnType<typeof plain<Key>>
}

/** The client of a row, by its short name in the terminal; some rows have none. */
export function clientField(layout: Layout): Field<{ readonly client: ClientRef | null }> {
  return { kind: 'client', heading: 'Client', table: {}, ...layout }
}

/** All clients of a row. */
export function clientsField(layout: Layout): Field<{ readonly clients: readonly ClientRef[] }> {
  return { kind: 'clients', heading: 'Clients', wide: 15, grow: 1, ...layout }
}

export interface OfConnection {
  readonly connection: Pick<ConnectionRef, 'id' | 'label'>
}

/** The connection of a row, by its number and its label. */
export function connectionFields(
  layout: Layout,
  kind: 'connection' | 'provider-connection' = 'connection',
): Readonly<Record<'connectionId' | 'connection', Field<OfConnection>>> {
  return {
    connectionId: json((row) => row.connection.id),
    connection: { kind, heading: 'Connection', ...layout },
  }
}

/** The project of a row; a row without one belongs to the whole organization. */
export function projectField(layout: Layout): Field<{ readonly project: { readonly name: string } | null }> {
  return { kind: 'project', heading: 'Project', ...layout }
}

/** The provider of the connection of a row. */
export function providerField(layout: Layout = {}): Field<{ readonly connection: Pick<ConnectionRef, 'provider'> }> {
  return { kind: 'provider', heading: 'Provider', ...layout, value: (row) => row.connection.provider }
}

/** The open findings about a row, which only the window has. */
export function findingsField(): Field<{ readonly findings?: FindingMark | undefined }> {
  return { kind: 'findings', heading: 'Findings', drawn: true }
}

interface Spec<Fields, F extends Filters, Sort extends string> {
  /** The name under which its columns are remembered. */
  readonly id: string
  /** Its heading in the guide. */
  readonly title: string
  readonly one: string
  readonly many: string
  /** The paragraphs of the guide about the list, and about one without rows. */
  readonly about: string
  readonly none: string
  /** In the order of JSON and of the terminal. */
  readonly fields: Fields
  /** The columns of the window in its order, each with its paragraph of the guide. */
  readonly columns: { readonly [Key in keyof NoInfer<Fields>]?: string }
  readonly filters: F
  /** The natural order first; none where there is one alone. */
  readonly sorts: readonly Sort[]
}

/** A list, described once. */
export interface Noun<
  Row extends z.ZodObject = z.ZodObject,
  Fields = Readonly<Record<string, Field>>,
  F extends Filters = Filters,
  Sort extends string = string,
> extends Spec<Fields, F, Sort> {
  /** A row as the contract has it. */
  readonly row: Row
  /** The filters as the contract takes them, with the client in scope. */
  readonly filter: z.ZodObject<FilterShape<F> & typeof scopeShape>
}

/**
 * Describes a list once, by its rows and their fields: the contract, the terminal, the window, files and the guide follow.
 *
 * @example noun(z.object({ keyId: id, name: z.string() }), { fields: { keyId: idField(), name: text('Key', { wide: 18 }) }, … })
 */
export function noun<
  Row extends z.ZodObject,
  Fields extends Readonly<Record<string, Field<z.output<Row>>>>,
  F extends Filters,
  Sort extends string,
>(row: Row, spec: Spec<Fields, F, Sort>): Noun<Row, Fields, F, Sort> {
  const shape = Object.fromEntries(Object.entries(spec.filters).map(([name, { value }]) => [name, value]))
  return { ...spec, row, filter: z.object({ ...scopeShape, ...(shape as FilterShape<F>) }) }
}

/** A field with its key. */
export interface KeyedField<Row> extends Field<Row> {
  readonly key: string
  readonly read: (row: Row) => unknown
}

/** Fields in their order, each with what it reads of a row. */
export function listFields<Row>(fields: Readonly<Record<string, Field<Row>>>): readonly KeyedField<Row>[] {
  return Object.entries(fields).map(([key, field]) => ({
    ...field,
    key,
    read: field.value ?? ((row) => (row as Readonly<Record<string, unknown>>)[key]),
  }))
}

/** The id of a column in the window, by which it is also sorted: `lastUsedAt` is `last-used`. */
export function getColumnId(key: string, { id }: Pick<Layout, 'id'>): string {
  return id ?? key.replace(/(?:At|On)$/u, '').replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)
}
