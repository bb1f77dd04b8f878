import { Option } from 'commander'
import type { z } from 'zod'

import type { Api } from '../../../shared/contract/contract.ts'
import type { ViewList } from '../../../shared/contract/views.ts'
import type { Filters } from '../../../shared/nouns/filter.ts'
import { type Field as NounField, type JsonValue, type KeyedField, listFields } from '../../../shared/nouns/noun.ts'
import type { ClientRef } from '../../../shared/nouns/values.ts'
import type { Command } from './command.ts'
import { defineListVerb } from './list-verb.ts'
import type { Field, ReadSlice } from './listing.ts'
import { manyOption, wholeNumber } from './options.ts'
import type { Act } from './run.ts'
import { readViewFilter, VIEW_OPTION } from './saved-view.ts'
import type { Cell } from './text/cell.ts'
import { shown } from './text/shown.ts'
import type { Column } from './text/table.ts'
import { dayCell, isoTime, minuteCell } from './text/when.ts'

/** The part of a noun that a table and JSON are made from. */
interface PrintedNoun<Row extends z.ZodObject, Fields> {
  readonly row: Row
  readonly fields: Fields
}

/** Cells that are not the JSON value as text, by the key of their field. */
export type OwnCells<Row, Fields> = { readonly [Key in keyof Fields]?: (row: Row) => Cell }

/** The fields of a noun for the terminal, in its order. */
export function toFields<Row extends z.ZodObject, Fields extends Readonly<Record<string, NounField<z.output<Row>>>>>(
  noun: PrintedNoun<Row, Fields>,
  cells: OwnCells<z.output<Row>, Fields> = {},
): readonly Field<z.output<Row>>[] {
  return makeFields<z.output<Row>>(noun.fields, cells)
}

/** The fields of the terminal for described fields, in their order. Throws for a cell without a field. */
export function makeFields<Row>(
  fields: Readonly<Record<string, NounField<Row>>>,
  cells: OwnCells<Row, Readonly<Record<string, unknown>>> = {},
): readonly Field<Row>[] {
  for (const key of Object.keys(cells)) if (!Object.hasOwn(fields, key)) throw new Error(`${key} is not a field.`)
  return listFields(fields)
    .filter(({ drawn }) => drawn !== true)
    .map((field): Field<Row> => {
      const cell = cells[field.key] ?? (field.table && toCell(field))
      return {
        key: field.key,
        json: (row) => toJson(field, row),
        ...(field.table && { column: toTableColumn(field) }),
        ...(cell && { cell }),
      }
    })
}

function toTableColumn({ kind, heading, table }: KeyedField<never>): Column {
  const isNumber = kind === 'count'
  return {
    title: heading,
    ...(isNumber && { align: 'right' as const }),
    ...(kind === 'client' && { whole: true }),
    ...table,
  }
}

/** The value of a field as JSON and files have it. */
function toJson<Row>({ kind, read }: KeyedField<Row>, row: Row): JsonValue {
  const value = read(row) ?? null
  if (value === null) return null
  switch (kind) {
    case 'instant':
    case 'minute':
      return isoTime(value as number)
    case 'texts':
      return (value as readonly string[]).join(', ')
    case 'client':
      return (value as ClientRef).slug
    case 'clients':
      return (value as readonly ClientRef[]).map(({ slug }) => slug).join(' ')
    case 'connection':
    case 'provider-connection':
      return (value as { readonly label: string }).label
    case 'project':
      return (value as { readonly name: string }).name
    case 'code':
    case 'count':
    case 'day':
    case 'findings':
    case 'flag':
    case 'level':
    case 'own':
    case 'provider':
    case 'status':
    case 'text':
    case 'word':
      break
  }
  return value as JsonValue
}

function toCell<Row>({ kind, read }: KeyedField<Row>): ((row: Row) => Cell) | undefined {
  const readInstant = (row: Row): number | null => (read(row) as number | null | undefined) ?? null
  if (kind === 'instant') return (row) => dayCell(readInstant(row))
  if (kind === 'minute') return (row) => minuteCell(readInstant(row))
  if (kind === 'project') {
    return (row) => {
      const project = read(row) as { readonly name: string } | null
      return project === null ? '(organization)' : shown(project.name)
    }
  }
  return undefined
}

/** Adds the filters of a noun to a command, in its order. */
export function addFilters(command: Command, filters: Filters): void {
  for (const [name, { option }] of Object.entries(filters)) {
    if (option === undefined) continue
    const { placeholder, help, choices, many, whole } = option
    const flags = placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`
    const plain = new Option(flags, help)
    if (whole) plain.argParser(wholeNumber)
    command.addOption(many ? manyOption(flags, help, choices) : choices ? plain.choices(choices) : plain)
  }
}

interface NounVerb<Row, Filter> {
  readonly fields: Parameters<typeof defineListVerb<Row>>[2]['fields']
  /** Printed instead of a table without rows; what brings rows in unless given. */
  readonly empty?: string
  /** The saved views that `--view` names. */
  readonly views?: ViewList
  readonly read: (api: Api, filter: Filter) => ReadSlice<Row>
}

/** Defines a command that lists the rows of a noun, with its filters as options. */
export function defineNounVerb<Row extends z.ZodObject, Filter extends z.ZodObject>(
  command: Command,
  act: Act,
  noun: { readonly many: string; readonly row: Row; readonly filters: Filters; readonly filter: Filter },
  verb: NounVerb<z.output<Row>, z.input<Filter>>,
): void {
  const { fields, empty = `No ${noun.many}. Add a connection and sync it, or import a file.`, views, read } = verb
  if (views !== undefined) command.option(...VIEW_OPTION)
  addFilters(command, noun.filters)
  defineListVerb<z.output<Row>, z.input<Filter> & { readonly view?: string }>(command, act, {
    fields,
    empty,
    read: (api, { view, ...asked }) => {
      const filter = asked as z.input<Filter> & { readonly client?: string }
      if (views === undefined) return read(api, filter)
      const seen = readViewFilter(api, views, noun, view, filter)
      return async (slice) => read(api, { ...(await seen), ...filter })(slice)
    },
  })
}
