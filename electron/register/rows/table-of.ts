import { type Decision, type DecisionsOn, foldDecision } from '../../../shared/decisions/fold.ts'
import type { Params, Reader, Value, Writer } from '../db/handles.ts'
import { findDifferences, type ProofProblem, type StoredRow, type Values } from './proved-table.ts'

/** A row that ends. `decision`: null where the row is made what the journal shows. */
interface RowEnd<Row, Body> {
  readonly id: number
  readonly row: Row
  readonly decision: Decision<Body> | null
}

type Columns = Readonly<Record<string, Value>>

/** How the rows that decisions make lie in a table of this register. Each field of a row is in `columns` or in `named`. */
interface TableSpec<Row, Body> {
  readonly decisions: DecisionsOn<Row, Body>
  /** In words, what of the table follows from decisions; left out where all of it does. */
  readonly part?: string
  /** The table with its alias, and the tables that have the names of what its rows belong to. */
  readonly from: string
  readonly columns: readonly (keyof Row & string)[]
  /** Fields under another name or from other tables, as SQL; `refer` writes them. */
  readonly named?: { readonly [Field in keyof Row & string]?: string }
  readonly json?: readonly (keyof Row & string)[]
  readonly flags?: readonly (keyof Row & string)[]
  /** The columns for what is in `named`; null where this register does not have what a row belongs to. */
  readonly refer?: (reader: Reader, row: Row) => Columns | null
  /** The rows of the table that decisions make; left out: all. */
  readonly where?: string
  /** The numbers of what a decision names, for one that stays in this register. */
  readonly locate?: (reader: Reader, decision: Decision<Body>) => Readonly<Record<string, number>>
  /** The columns that identify a row; left out: its number. */
  readonly identity?: readonly string[]
  /** The rows of the group of a decision: a condition, and its parameters. */
  readonly group: (decision: Decision<Body>) => readonly [where: string, params: Params]
  /** A row in words, such as `client acme`. */
  readonly words: (row: Row, id: number) => string
  /** The field of an operation that holds the number of its row in this register, or the fields with their numbers. */
  readonly number?: string | ((reader: Reader, row: Row, id: number) => Readonly<Record<string, number>>)
  /** Kinds that make what the rows belong to. */
  readonly belongsTo?: readonly string[]
  /** True if rows that change together are removed before they are written, since one may need the name that another one has. */
  readonly isReplaced?: true
  /** How a row ends, where it is not deleted as it is. */
  readonly remove?: (writer: Writer, end: RowEnd<Row, Body>) => void
  /** Where other rows refer to rows, so that one that no member had the right to add is put away: whether a row is. */
  readonly isPutAway?: (row: Row, reader: Reader) => boolean
  readonly copies?: (reader: Reader) => readonly ProofProblem[]
  /** How a row is written, where it is more than its columns. `id`: null for a new one. */
  readonly write?: (writer: Writer, id: number | null, row: Row) => number | null
  /** Makes room for a row before it is written. */
  readonly prepare?: (writer: Writer, id: number | null, row: Row) => void
  /** Writes what follows from a row that was written. */
  readonly follow?: (writer: Writer, id: number, row: Row, before: Row | null) => void
  /** Writes what a decision on a row sets for this register alone. */
  readonly keepLocal?: (writer: Writer, id: number, decision: Decision<Body>) => void
}

/** A table that follows from decisions. */
export interface TableOf {
  readonly table: string
  /** In words, what of the table follows from decisions; left out where all of it does. */
  readonly part?: string
  /** The fields of its rows that decisions determine. */
  readonly columns: readonly string[]
  readonly kinds: readonly string[]
  /** Kinds that make a row whose name is its own. */
  readonly makes: ReadonlySet<string>
  /** Kinds that make what its rows belong to. In a team it may come after them, where it had lost its effect and was placed again. */
  readonly belongsTo: readonly string[]
  readonly isReplaced: boolean
  readonly rows: (reader: Reader) => readonly StoredRow[]
  readonly readGroup: (reader: Reader, decision: Decision) => readonly StoredRow[]
  readonly keyOf: (decision: Decision, rows: ReadonlyMap<string, Values>) => string
  readonly groupOf: (decision: Decision) => string
  readonly fold: (rows: Map<string, Values>, decision: Decision) => void
  /** True if a folded row is one of the table. */
  readonly isStored: (values: Values) => boolean
  /** True if this register has what a row belongs to: a team's history may name what it has not read yet. */
  readonly isHere: (reader: Reader, values: Values) => boolean
  /** True if a row is one that was put away, since the operation that made it had no effect and other rows refer to it. */
  readonly isPutAway: (row: StoredRow, reader: Reader) => boolean
  /** Where another table has a copy of a column for its indexes: the rows in which the two differ. */
  readonly copies: (reader: Reader) => readonly ProofProblem[]
  readonly locate: (reader: Reader, decision: Decision) => Readonly<Record<string, number>>
  readonly findNumbers: (reader: Reader, row: Pick<StoredRow, 'id' | 'values'>) => Readonly<Record<string, number>>
  readonly keepLocal: (writer: Writer, id: number, decision: Decision) => void
  /**
   * `isRemoved`: whether the stored row was removed, to be written again. Returns the number of the row; null where this register does
   * not have what it belongs to. A row that stays keeps its number, which windows hold.
   */
  readonly write: (writer: Writer, stored: StoredRow | null, values: Values, isRemoved?: boolean) => number | null
  readonly remove: (writer: Writer, stored: StoredRow, decision: Decision | null) => void
}

export function tableOf<Row extends object, Body>(spec: TableSpec<Row, Body>): TableOf {
  const { decisions, columns, identity = ['id'], number, refer = () => ({}) } = spec
  const { table, key, group = key } = decisions
  const { select, order, parse, toColumns } = readColumns(spec)
  const [hasNumber, isIt] = [spec.identity === undefined, identity.map((column) => `"${column}" = ?`).join(' AND ')]

  const toStored = (read: Columns): StoredRow => {
    const [id, row] = [Number(read['row number']), parse(read)]
    return { id, key: key.in(row), group: group.in(row), words: spec.words(row, id), values: row as Values }
  }
  const identify = (writer: Writer, { id, values }: StoredRow): readonly Value[] => {
    if (hasNumber) return [id]
    const row: Readonly<Record<string, unknown>> = { ...values, ...refer(writer, values as Row) }
    return identity.map((column) => row[column] as Value)
  }
  const insert = (writer: Writer, row: Columns): number => {
    const names = Object.keys(row)
    const { lastId } = writer.run(
      `INSERT INTO ${table} (${names.map(quote).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      Object.values(row),
    )
    return hasNumber ? lastId : Number(row[identity[0] ?? ''])
  }
  const update = (writer: Writer, stored: StoredRow, row: Columns): number => {
    const set = Object.keys(row).map((name) => `${quote(name)} = ?`)
    writer.run(`UPDATE ${table} SET ${set.join(', ')} WHERE ${isIt}`, [
      ...Object.values(row),
      ...identify(writer, stored),
    ])
    return stored.id
  }
  const write: TableOf['write'] = (writer, stored, values, isRemoved = false) => {
    const row = values as Row
    if (spec.write !== undefined) return spec.write(writer, stored?.id ?? null, row)
    const referred = refer(writer, row)
    if (referred === null) return null
    spec.prepare?.(writer, stored?.id ?? null, row)
    const own = toColumns(row)
    const isNew = stored === null || isRemoved
    const id = isNew
      ? insert(writer, { ...(stored !== null && hasNumber ? { id: stored.id } : {}), ...own, ...referred })
      : update(writer, stored, pickChanged(stored, values, own, referred))
    spec.follow?.(writer, id, row, stored === null ? null : (stored.values as Row))
    return id
  }
  const remove: TableOf['remove'] = (writer, stored, decision) => {
    const row = stored.values as Row
    if (spec.remove === undefined) writer.run(`DELETE FROM ${table} WHERE ${isIt}`, identify(writer, stored))
    else spec.remove(writer, { id: stored.id, row, decision: decision as Decision<Body> | null })
  }
  return {
    table,
    columns: [...columns, ...Object.keys(spec.named ?? {})],
    kinds: Object.keys(decisions.folds),
    makes: new Set(decisions.makes),
    isStored: (values) => decisions.isStored?.(values as Row) ?? true,
    keyOf: (decision, rows) => key.of(decision as Decision<Body>, rows as ReadonlyMap<string, Row>),
    groupOf: (decision) =>
      decisions.group?.of(decision as Decision<Body>) ?? key.of(decision as Decision<Body>, new Map()),
    fold: (rows, decision) => foldDecision(decisions, rows as Map<string, Row>, decision as Decision<Body>),
    rows: (reader) => reader.all<Columns>(`${select} WHERE ${spec.where ?? 'true'} ORDER BY ${order}`).map(toStored),
    readGroup: (reader, decision) => {
      const [where, params] = spec.group(decision as Decision<Body>)
      return reader.all<Columns>(`${select} WHERE ${where} AND ${spec.where ?? 'true'}`, params).map(toStored)
    },
    findNumbers: (reader, { id, values }) =>
      typeof number === 'function' ? number(reader, values as Row, id) : number === undefined ? {} : { [number]: id },
    locate: (reader, decision) => spec.locate?.(reader, decision as Decision<Body>) ?? {},
    keepLocal: (writer, id, decision) => spec.keepLocal?.(writer, id, decision as Decision<Body>),
    isHere: (reader, values) => refer(reader, values as Row) !== null,
    write,
    remove,
    isReplaced: spec.isReplaced === true,
    belongsTo: spec.belongsTo ?? [],
    copies: spec.copies ?? (() => []),
    isPutAway: ({ values }, reader) => spec.isPutAway?.(values as Row, reader) ?? false,
    ...(spec.part === undefined ? {} : { part: spec.part }),
  }
}

const quote = (name: string): string => `"${name}"`

/** How rows are read as fields, and their own columns written. */
function readColumns<Row extends object, Body>(spec: TableSpec<Row, Body>) {
  const { from, columns, identity = ['id'] } = spec
  const [, alias = ''] = from.split(' ')
  const [json, flags] = [new Set<string>(spec.json), new Set<string>(spec.flags)]
  const order = identity.map((column) => `${alias}.${quote(column)}`)
  const named = Object.entries<string | undefined>(spec.named ?? {})
  const fields = [...columns.map((column) => [column, `${alias}.${quote(column)}`] as const), ...named]
  const parseValue = (field: string, value: Value): unknown => {
    if (json.has(field) && value !== null) return JSON.parse(String(value))
    return flags.has(field) ? value === 1 : value
  }
  const toColumn = (field: string, value: unknown): Value => {
    if (json.has(field) && value !== null) return JSON.stringify(value)
    return flags.has(field) ? Number(value) : (value as Value)
  }
  return {
    select: `SELECT ${order[0]} AS "row number", ${fields.map(([field, sql]) => `${sql} AS ${quote(field)}`).join(', ')} FROM ${from}`,
    order: order.join(', '),
    parse: (read: Columns): Row =>
      Object.fromEntries(fields.map(([field]) => [field, parseValue(field, read[field] ?? null)])) as Row,
    toColumns: (row: Row): Columns => Object.fromEntries(columns.map((field) => [field, toColumn(field, row[field])])),
  }
}

/** The columns that change; what names a row by numbers changes with its names. */
function pickChanged({ values: stored }: StoredRow, values: Values, own: Columns, referred: Columns): Columns {
  const changed = findDifferences(stored, values)
  const isNamed = changed.some((field) => !(field in own))
  return {
    ...Object.fromEntries(Object.entries(own).filter(([field]) => changed.includes(field))),
    ...(isNamed ? referred : {}),
  }
}
