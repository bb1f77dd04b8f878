import { type Decision, type DecisionsOn, foldDecision } from '../../../shared/decisions/fold.ts'
import { isKind, type Kind } from '../../../shared/decisions/operations.ts'
import type { Params, Reader, Value, Writer } from '../db/handles.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { findDifferences, type ProofProblem, type StoredRow, type TableProof, type Values } from './proved-table.ts'

/** A row that ends. `decision`: null where the row is made what the journal shows. */
interface RowEnd<Row, Body> {
  readonly id: number
  readonly row: Row
  readonly decision: Decision<Body> | null
}

type Columns = Readonly<Record<string, Value>>

/** The decisions of a table with what came between them. */
export interface DecisionOrder<Row, Body> {
  readonly decisions: readonly Decision<Body>[]
  /** The row that decisions show, with what they do not determine as it is stored. */
  readonly limit: (stored: Row, shown: Row, isProved: boolean) => Row
}

/** Rows of another table that belong to one row, and that have uids. */
interface Parts<Row, Part> {
  readonly table: string
  readonly field: string
  readonly of: (row: Row) => readonly Part[]
  readonly words: (part: Part, id: number) => string
  /** True if this register has what a part belongs to. */
  readonly isHere: (reader: Reader, row: Row, part: Part) => boolean
  /** Deletes the parts of a row that decisions do not show, once all rows are written: another row may have taken one. */
  readonly removeOthers: (writer: Writer, id: number, shown: readonly Part[]) => void
}

/** How decisions about many rows are read as one about each. */
interface EachRow<Body> {
  readonly kinds: readonly Kind[]
  /** Those that write all of their rows by one statement when they are decided. */
  readonly inOne: readonly Kind[]
  readonly list: (reader: Reader, decision: Decision) => readonly Decision<Body>[]
}

/** How the rows that decisions make lie in a table of this register. Each field of a row is in `columns` or in `named`. */
interface TableSpec<Row, Body, Part = never> {
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
  /** The order in which all rows are read, where an index has it; left out: that of `identity`. */
  readonly order?: string
  /** For decisions about many rows. */
  readonly each?: EachRow<Body>
  /** The numbers of what a decision names, for one that stays in this register. */
  readonly locate?: (reader: Reader, decision: Decision<Body>) => Readonly<Record<string, number>>
  /** The decision with the names that rows have in this register; left out: those that it has. */
  readonly resolve?: (reader: Reader, decision: Decision<Body>) => Decision<Body>
  /** For rows that readings change between decisions: puts decisions, with the names of this register, among what was read. */
  readonly weave?: (reader: Reader, decisions: readonly Decision<Body>[]) => DecisionOrder<Row, Body>
  /** A row about which nothing was decided, where readings make its rows; left out where decisions do. */
  readonly undecided?: (row: Row) => Row
  /** The number of the row that a decision would change, where readings make the rows. */
  readonly find?: (reader: Reader, row: Row) => number | null
  readonly parts?: Parts<Row, Part>
  /** True if the sample agency has no row that no decision made. */
  readonly isDecidedAlone?: true
  /** A row that no decision made, without what later ones made of it. */
  readonly adopt?: (late: readonly Decision<Body>[]) => (row: Row) => Row
  /** True if a row may be removed by itself on a day. */
  readonly mayEnd?: (row: Row, today: Day) => boolean
  /** The columns that identify a row; left out: its number. */
  readonly identity?: readonly string[]
  /** The rows of the group of a decision: a condition, and its parameters. */
  readonly group: (decision: Decision<Body>) => readonly [where: string, params: Params]
  /** A row in words, such as `client acme`. */
  readonly words: (row: Row, id: number) => string
  /** The field of an operation that holds the number of its row in this register, or the fields with their numbers. */
  readonly number?:
    | string
    | ((reader: Reader, row: Row, id: number, decision: Decision<Body>) => Readonly<Record<string, number>>)
  /** Kinds that make what the rows belong to. */
  readonly belongsTo?: readonly string[]
  /** True if rows that change together are removed before they are written, since one may need the name that another one has. */
  readonly isReplaced?: true
  /** How a row ends, where it is not deleted as it is. */
  readonly remove?: (writer: Writer, end: RowEnd<Row, Body>) => void
  /** Where other rows refer to rows, so that one that no member had the right to add is put away: whether a row is. */
  readonly isPutAway?: (row: Row, reader: Reader) => boolean
  readonly copies?: (reader: Reader) => readonly ProofProblem[]
  /** Compares other tables with what follows for them from the rows that decisions show. */
  readonly proveOthers?: (reader: Reader, rows: readonly Row[]) => readonly TableProof[]
  /** How a row is written, where it is more than its columns. `id`: null for a new one. */
  readonly write?: (writer: Writer, id: number | null, row: Row) => number | null
  /** Makes room for a row before it is written. */
  readonly prepare?: (writer: Writer, id: number | null, row: Row) => void
  /** Writes what follows from a row that was written. */
  readonly follow?: (writer: Writer, id: number, row: Row, before: Row | null) => void
  /** Writes what follows from rows that were mended, by their numbers. Deciding does it once for all that is decided together. */
  readonly derive?: (writer: Writer, ids: readonly number[]) => void
  /**
   * Writes what a decision on a row sets beside it: for this register alone, or what a mend computes from all rows together. `rows`: the
   * group of the decision, as it was read.
   */
  readonly keepLocal?: (writer: Writer, id: number, decision: Decision<Body>, rows: ReadonlyMap<string, Row>) => void
}

export type PartValues = Values & { readonly uid: string; readonly id?: number }

/** A table that follows from decisions. */
export interface TableOf {
  readonly table: string
  /** In words, what of the table follows from decisions; left out where all of it does. */
  readonly part?: string
  /** The fields of its rows that decisions determine. */
  readonly columns: readonly string[]
  readonly kinds: readonly string[]
  /** Kinds that deciding settles row by row. */
  readonly settled: readonly string[]
  /** Kinds that create a row under a new uid. */
  readonly makes: ReadonlySet<string>
  /** Kinds that make what its rows belong to. In a team it may come after them, where it had lost its effect and was placed again. */
  readonly belongsTo: readonly string[]
  readonly isReplaced: boolean
  readonly isDecidedAlone: boolean
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
  readonly proveOthers: (reader: Reader, rows: readonly Values[]) => readonly TableProof[]
  readonly each: ((reader: Reader, decision: Decision) => readonly Decision[]) | null
  readonly locate: (reader: Reader, decision: Decision) => Readonly<Record<string, number>>
  readonly resolve: (reader: Reader, decision: Decision) => Decision
  readonly weave: ((reader: Reader, decisions: readonly Decision[]) => DecisionOrder<Values, unknown>) | null
  readonly undecided: (row: Values) => Values | undefined
  /**
   * The number and the words of a row that readings made, or to which a decision gave its number; null where the table has neither, or
   * where the row was not read.
   */
  readonly findNumbered: (reader: Reader, row: Values) => { readonly id: number; readonly words: string } | null
  readonly parts: Parts<Values, PartValues> | null
  readonly adopt: (late: readonly Decision[]) => (row: Values) => Values
  readonly mayEnd: (row: Values, today: Day) => boolean
  readonly findNumbers: (
    reader: Reader,
    row: Pick<StoredRow, 'id' | 'values'>,
    decision: Decision,
  ) => Readonly<Record<string, number>>
  readonly derive: (writer: Writer, ids: readonly number[]) => void
  readonly keepLocal: (writer: Writer, id: number, decision: Decision, rows: ReadonlyMap<string, Values>) => void
  /**
   * `isRemoved`: whether the stored row was removed, to be written again. Returns the number of the row; null where this register does
   * not have what it belongs to. A row that stays keeps its number, which windows hold.
   */
  readonly write: (writer: Writer, stored: StoredRow | null, values: Values, isRemoved?: boolean) => number | null
  readonly remove: (writer: Writer, stored: StoredRow, decision: Decision | null) => void
}

export function tableOf<Row extends object, Body, Part = never>(spec: TableSpec<Row, Body, Part>): TableOf {
  const { decisions, columns, identity = ['id'], number, refer = () => ({}) } = spec
  const { table, key, group = key } = decisions
  const { select, order, parse, toColumns } = readColumns(spec)
  // A rotation that a sync recognized is folded too, but no row of the audit log decides it.
  const kinds: readonly Kind[] = spec.each?.kinds ?? Object.keys(decisions.folds).filter(isKind)
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
    if (spec.write !== undefined) return spec.write(writer, stored?.id ?? spec.find?.(writer, row) ?? null, row)
    const referred = refer(writer, row)
    if (referred === null) return null
    spec.prepare?.(writer, stored?.id ?? null, row)
    const own = toColumns(row)
    const isNew = stored === null || isRemoved
    const id = isNew
      ? insert(writer, { ...(stored !== null && hasNumber ? { id: stored.id } : {}), ...own, ...referred })
      : update(
          writer,
          stored,
          // Another row may have taken a value of this one as it was prepared.
          spec.prepare === undefined ? pickChanged(stored, values, own, referred) : { ...own, ...referred },
        )
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
    kinds,
    settled: kinds.filter((kind) => spec.each?.inOne.includes(kind) !== true),
    each: spec.each?.list ?? null,
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
    findNumbers: (reader, { id, values }, decision) =>
      typeof number === 'function'
        ? number(reader, values as Row, id, decision as Decision<Body>)
        : number === undefined
          ? {}
          : { [number]: id },
    resolve: (reader, decision) => spec.resolve?.(reader, decision as Decision<Body>) ?? decision,
    weave: (spec.weave as TableOf['weave'] | undefined) ?? null,
    undecided: (values) => spec.undecided?.(values as Row) as Values | undefined,
    findNumbered: (reader, values) => {
      const own = columns.some((column) => column === 'id') ? Number(values['id']) : null
      const id = spec.find?.(reader, values as Row) ?? own
      return id === null ? null : { id, words: spec.words(values as Row, id) }
    },
    parts: (spec.parts as Parts<Values, PartValues> | undefined) ?? null,
    adopt: (late) => (spec.adopt?.(late as readonly Decision<Body>[]) ?? same) as (row: Values) => Values,
    mayEnd: (values, today) => spec.mayEnd?.(values as Row, today) ?? false,
    locate: (reader, decision) => spec.locate?.(reader, decision as Decision<Body>) ?? {},
    derive: (writer, ids) => spec.derive?.(writer, ids),
    keepLocal: (writer, id, decision, rows) =>
      spec.keepLocal?.(writer, id, decision as Decision<Body>, rows as ReadonlyMap<string, Row>),
    isHere: (reader, values) => refer(reader, values as Row) !== null,
    write,
    remove,
    isReplaced: spec.isReplaced === true,
    isDecidedAlone: spec.isDecidedAlone === true,
    belongsTo: spec.belongsTo ?? [],
    copies: spec.copies ?? (() => []),
    proveOthers: (reader, rows) => spec.proveOthers?.(reader, rows as readonly Row[]) ?? [],
    isPutAway: ({ values }, reader) => spec.isPutAway?.(values as Row, reader) ?? false,
    ...(spec.part === undefined ? {} : { part: spec.part }),
  }
}

const same = <T>(value: T): T => value
const quote = (name: string): string => `"${name}"`

/** How rows are read as fields, and their own columns written. */
function readColumns<Row extends object, Body, Part>(spec: TableSpec<Row, Body, Part>) {
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
    order: spec.order ?? order.join(', '),
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
