import { type Decision, type DecisionsOn, foldDecision } from '../../../shared/decisions/fold.ts'
import { toPlaced } from '../db/journal.ts'
import type { Params, Reader, Value, Writer } from '../db/handles.ts'
import {
  findDifferences,
  type Mend,
  type ProvedTable,
  type Recorded,
  type StoredRow,
  type Values,
} from './proved-table.ts'

/** How the rows that decisions make lie in a table of this register. A field that is not told of is a column as it is. */
interface TableSpec<Row, Body> {
  readonly decisions: DecisionsOn<Row, Body>
  /** In words, what of the table follows from decisions; left out where all of it does. */
  readonly part?: string
  /** The table with its alias, and the tables that have the names of what its rows belong to. */
  readonly from: string
  readonly columns: readonly (keyof Row & string)[]
  /** Fields that other tables have, as SQL. */
  readonly named?: { readonly [Field in keyof Row & string]?: string }
  readonly json?: readonly (keyof Row & string)[]
  readonly flags?: readonly (keyof Row & string)[]
  /** Columns that hold numbers of this register in place of names; null where it does not have what a row belongs to. */
  readonly refer?: (reader: Reader, row: Row) => Readonly<Record<string, Value>> | null
  /** The columns that identify a row; left out: its number. */
  readonly identity?: readonly string[]
  /** The rows of the group of a decision: a condition, and its parameters. */
  readonly group: (decision: Decision<Body>) => readonly [where: string, params: Params]
  /** A row in words, such as `client acme`. */
  readonly words: (row: Row, id: number) => string
  /** The field of an operation that holds the number of its row in this register. */
  readonly number?: string
  readonly belongsTo?: readonly string[]
  readonly isReplaced?: true
  /** Writes what follows from a row that was written. */
  readonly follow?: (writer: Writer, id: number, row: Row) => void
}

/** A table that follows from decisions. */
export interface TableOf extends ProvedTable {
  readonly isFolded: true
  readonly number: string | null
  readonly mend: Mend
  readonly kinds: readonly string[]
  readonly keyOf: (decision: Decision) => string
  readonly groupOf: (decision: Decision) => string
  readonly fold: (rows: Map<string, Values>, decision: Decision) => void
  readonly readGroup: (reader: Reader, decision: Decision) => readonly StoredRow[]
}

export function isFolded(table: ProvedTable): table is TableOf {
  return 'isFolded' in table
}

/** The kinds of decisions that a table follows from. */
export function listKinds(table: ProvedTable): readonly string[] {
  return isFolded(table) ? table.kinds : Object.keys(table.effects)
}

export function toDecision({ action: kind, ...row }: Recorded): Decision {
  return { kind, ...row, placed: toPlaced(row) }
}

export function tableOf<Row extends object, Body>(spec: TableSpec<Row, Body>): TableOf {
  const { decisions, from, columns, json = [], flags = [], identity = ['id'], refer = () => ({}) } = spec
  const { table, key, group = key } = decisions
  const named: { readonly [Field in keyof Row & string]?: string } = spec.named ?? {}
  const [, alias = ''] = from.split(' ')
  const fields = [...columns, ...(Object.keys(named) as (keyof Row & string)[])]
  const toSql = (field: keyof Row & string): string => `${named[field] ?? `${alias}."${field}"`} AS "${field}"`
  const order = identity.map((column) => `${alias}."${column}"`)
  const select = `SELECT ${order[0]} AS "row number", ${fields.map(toSql).join(', ')} FROM ${from}`

  const parse = ({ 'row number': id, ...read }: Readonly<Record<string, Value>>): StoredRow => {
    const parsed = Object.entries(read).map(([field, value]): readonly [string, unknown] => {
      if (json.includes(field as keyof Row & string) && value !== null) return [field, JSON.parse(String(value))]
      return [field, flags.includes(field as keyof Row & string) ? value === 1 : value]
    })
    const row = Object.fromEntries(parsed) as Row
    const number = Number(id)
    return { id: number, key: key.in(row), group: group.in(row), words: spec.words(row, number), values: row as Values }
  }
  const toColumn = (row: Row, field: keyof Row & string): Value => {
    const value = row[field]
    if (json.includes(field)) return value === null ? null : JSON.stringify(value)
    return flags.includes(field) ? Number(value) : (value as Value)
  }
  const identify = (writer: Writer, { id, values }: StoredRow): readonly Value[] => {
    if (spec.identity === undefined) return [id]
    const row: Readonly<Record<string, unknown>> = { ...values, ...refer(writer, values as Row) }
    return identity.map((column) => row[column] as Value)
  }
  const isIt = identity.map((column) => `"${column}" = ?`).join(' AND ')

  return {
    table,
    ...(spec.part === undefined ? {} : { part: spec.part }),
    ...(spec.belongsTo === undefined ? {} : { belongsTo: spec.belongsTo }),
    isFolded: true,
    number: spec.number ?? null,
    columns: fields,
    rows: (reader) => reader.all<Readonly<Record<string, Value>>>(`${select} ORDER BY ${order.join(', ')}`).map(parse),
    readGroup: (reader, decision) => {
      const [where, params] = spec.group(decision as Decision<Body>)
      return reader.all<Readonly<Record<string, Value>>>(`${select} WHERE ${where}`, params).map(parse)
    },
    keyOf: (decision) => key.of(decision as Decision<Body>),
    fold: (rows, decision) => foldDecision(decisions, rows as Map<string, Row>, decision as Decision<Body>),
    effects: {},
    kinds: Object.keys(decisions.folds),
    groupOf: (decision) => group.of(decision as Decision<Body>),
    isHere: (reader, values) => refer(reader, values as Row) !== null,
    mend: {
      ...(spec.isReplaced === undefined ? {} : { isReplaced: spec.isReplaced }),
      remove: (writer, stored) => void writer.run(`DELETE FROM ${table} WHERE ${isIt}`, identify(writer, stored)),
      write: (writer, stored, values) => {
        const row = values as Row
        const referred = refer(writer, row)
        if (referred === null) return null
        const own = Object.fromEntries(columns.map((field) => [field, toColumn(row, field)]))
        const isNew = stored === null || spec.isReplaced === true
        const kept = stored === null ? {} : spec.identity === undefined ? { id: stored.id } : {}
        const changed = isNew ? { ...kept, ...own, ...referred } : pickChanged(stored, values, { own, referred })
        const [names, params] = [Object.keys(changed), Object.values(changed)]
        const quoted = names.map((name) => `"${name}"`)
        const { lastId } = isNew
          ? writer.run(
              `INSERT INTO ${table} (${quoted.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
              params,
            )
          : writer.run(`UPDATE ${table} SET ${quoted.map((name) => `${name} = ?`).join(', ')} WHERE ${isIt}`, [
              ...params,
              ...identify(writer, stored),
            ])
        const id = stored?.id ?? (spec.identity === undefined ? lastId : Number(changed[identity[0] ?? '']))
        spec.follow?.(writer, id, row)
        return id
      },
    },
  }
}

/** The columns that change; what names a row by numbers changes with its names. */
function pickChanged(
  { values: stored }: StoredRow,
  values: Values,
  {
    own,
    referred,
  }: { readonly own: Readonly<Record<string, Value>>; readonly referred: Readonly<Record<string, Value>> },
): Readonly<Record<string, Value>> {
  const changed = findDifferences(stored, values)
  const isNamed = changed.some((field) => !(field in own))
  return {
    ...Object.fromEntries(Object.entries(own).filter(([field]) => changed.includes(field))),
    ...(isNamed ? referred : {}),
  }
}
