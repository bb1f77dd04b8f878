import * as fc from 'fast-check'

export const TABLES = ['journal', 'review', 'review_item'] as const
export type Table = (typeof TABLES)[number]
export type Row = Readonly<Record<string, string | number | null>>

/** Columns that evidence depends on. */
const COLUMNS: Readonly<Record<Table, readonly string[]>> = {
  journal: ['at', 'operator', 'action', 'client', 'subject', 'body', 'previous', 'hash'],
  review: [
    'uid',
    'state',
    'name',
    'opened_at',
    'opened_by',
    'due_on',
    'override',
    'signed_by',
    'signed_at',
    'acknowledged_by',
    'acknowledged_at',
  ],
  review_item: ['decision', 'change_to', 'why', 'until', 'decided_by', 'decided_at', 'batch', 'self_review'],
}

/** Columns that accept certain words only. */
const WORDS: Readonly<Record<string, readonly (string | number | null)[]>> = {
  state: ['open', 'signed', 'acknowledged', 'withdrawn'],
  decision: ['keep', 'change', 'remove', 'unknown', null],
  self_review: [0, 1],
}

const NUMBERS: ReadonlySet<string> = new Set(['at', 'opened_at', 'signed_at', 'acknowledged_at', 'decided_at', 'batch'])

export interface RowTampering {
  readonly table: Table
  readonly kind: 'change' | 'delete' | 'swap' | 'insert' | 'truncate'
  /** Which row, which other, which column; each modulo their number. */
  readonly at: number
  readonly other: number
  readonly column: number
  readonly text: string
}

export const someRowTampering: fc.Arbitrary<RowTampering> = fc.record({
  table: fc.constantFrom(...TABLES),
  kind: fc.constantFrom('change', 'delete', 'swap', 'insert', 'truncate'),
  at: fc.nat(),
  other: fc.nat(),
  column: fc.nat(),
  text: fc.string({ minLength: 1, maxLength: 4 }),
})

export interface TamperedRows {
  readonly rows: readonly Row[]
  /** The numbers of the rows that have to be named. */
  readonly named: readonly number[]
}

const getKey = (table: Table): string => (table === 'journal' ? 'seq' : 'id')

/** Applies it to the rows of a table; null where nothing would change, or the table itself would refuse it. */
export function tamperRows(rows: readonly Row[], how: RowTampering): TamperedRows | null {
  const result = DO[how.kind](rows, how)
  if (result === null || JSON.stringify(result.rows) === JSON.stringify(rows)) return null
  // One review of a kind is open at a time, by an index.
  const isTaken = how.table === 'review' && result.rows.filter((row) => row['state'] === 'open').length > 1
  return isTaken ? null : result
}

const DO: Readonly<Record<RowTampering['kind'], (rows: readonly Row[], how: RowTampering) => TamperedRows | null>> = {
  change: (rows, how) => {
    const place = how.at % rows.length
    const row = rows[place] ?? {}
    const name = COLUMNS[how.table][how.column % COLUMNS[how.table].length] ?? ''
    return {
      rows: rows.with(place, { ...row, [name]: otherCell(name, row[name] ?? null, how) }),
      named: [findId(row, how)],
    }
  },
  delete: (rows, how) => {
    const place = how.at % rows.length
    return { rows: rows.toSpliced(place, 1), named: [findId(rows[place], how)] }
  },
  truncate: (rows, how) => {
    const place = how.at % rows.length
    return {
      rows: rows.slice(0, place),
      named: rows
        .slice(place)
        .map((row) => findId(row, how))
        .slice(0, how.table === 'journal' ? 1 : 50),
    }
  },
  insert: (rows, how) => {
    const number = findId(rows.at(-1), how) + 1
    const own = how.table === 'journal' ? { hash: `${how.text}${number}`.padEnd(64, '0') } : { position: 10_000 }
    // No two reviews have one uid, by an index.
    const other = how.table === 'review' ? { uid: `${how.text}${number}` } : own
    const row = { ...rows[how.at % rows.length], [getKey(how.table)]: number, ...other }
    return { rows: [...rows, row], named: [number] }
  },
  swap: (rows, how) => {
    if (how.table === 'review') return null
    const [place, again] = [how.at % rows.length, how.other % rows.length]
    const [one = {}, two = {}] = [rows[place], rows[again]]
    const proof = (row: Row): string => JSON.stringify(COLUMNS[how.table].map((name) => row[name]))
    if (proof(one) === proof(two)) return null
    // Only what evidence depends on is swapped; the rows keep their numbers.
    const toProof = (row: Row): Row => Object.fromEntries(COLUMNS[how.table].map((name) => [name, row[name] ?? null]))
    return {
      rows: rows.with(place, { ...one, ...toProof(two) }).with(again, { ...two, ...toProof(one) }),
      named: [findId(one, how), findId(two, how)],
    }
  },
}

function findId(row: Row | undefined, { table }: RowTampering): number {
  return Number(row?.[getKey(table)])
}

function otherCell(name: string, value: string | number | null, { other, text }: RowTampering): string | number | null {
  const words = WORDS[name]
  if (words) return words[other % words.length] ?? null
  if (NUMBERS.has(name)) return Number(value ?? 0) + 1 + (other % 9)
  return name === 'body' ? otherBody(String(value), other, text) : `${value ?? ''}${text}`
}

/** Values that a field of a body may have in a row that was changed outside the product. */
const ODD_VALUES = [null, 7, 1e15, '', [null], [[1]], {}] as const

/** Returns all bodies that differ from one in a field or as a whole, so that none is of the kind of its row. */
export function listOtherBodies(text: string): readonly string[] {
  const body = JSON.parse(text) as Readonly<Record<string, unknown>>
  const changed = Object.keys(body).flatMap((name) => [
    ...ODD_VALUES.map((value) => ({ ...body, [name]: value })),
    Object.fromEntries(Object.entries(body).filter(([other]) => other !== name)),
  ])
  return [...changed, ...ODD_VALUES].map((other) => JSON.stringify(other)).filter((other) => other !== text)
}

function otherBody(before: string, other: number, text: string): string {
  const bodies = [JSON.stringify({ text }), ...listOtherBodies(before)]
  return bodies[other % bodies.length] ?? ''
}
