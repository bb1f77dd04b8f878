import type { REPORT_UNITS } from '../contract/reports.ts'
import { changePercent, shareText, signedDollars, signedPercent, withMinus } from '../domain/text/amounts.ts'
import { dollarText, roundToCent } from '../domain/text/money.ts'
import { minorText } from '../domain/usage/invoice.ts'
import { said } from '../domain/text/said.ts'

export interface NumberCell {
  readonly unit: (typeof REPORT_UNITS)[number]
  readonly value: number
  /** Decimal places, for `minor`. */
  readonly digits?: number | undefined
  /** For `share`: more may have been spent on days that were not read. */
  readonly isAtLeast?: boolean | undefined
  /** For `difference`: what was before. People see the difference of the two amounts as they are shown. */
  readonly before?: number | undefined
}

export function isNumber(cell: DocumentCell): cell is NumberCell {
  return cell !== null && typeof cell === 'object' && 'unit' in cell
}

/** The place of a number that is not known, with the reason in a word: `not read`. It is never shown as zero. */
export interface AbsentCell {
  readonly absent: string
}

/** Null is an empty cell. */
export type DocumentCell = string | NumberCell | AbsentCell | null

/** Rows that are made each time they are read, so that a long table is never in memory. */
export type DocumentRows = Iterable<readonly DocumentCell[]>

export function makeRows<T>(
  items: Iterable<T>,
  toCells: (item: T, at: number) => readonly DocumentCell[],
): DocumentRows {
  return {
    *[Symbol.iterator]() {
      let at = 0
      for (const item of items) {
        yield toCells(item, at)
        at += 1
      }
    },
  }
}

export interface DocumentTable {
  readonly type: 'table'
  /** Names the sheet of a workbook; different from those of other tables once the client is added. */
  readonly name: string
  readonly head: readonly string[]
  readonly rows: DocumentRows
  /** The last row, set off; with as many cells. */
  readonly total: readonly DocumentCell[] | null
}

/** A chart of the table after it. */
export interface DocumentChart {
  readonly type: 'chart'
  readonly title: string
  readonly summary: string
  readonly labels: readonly string[]
  /** Micro-USD for each label. `identity`: what it is, for its colour; null for the sum of the rest. */
  readonly series: readonly {
    readonly name: string
    readonly identity: string | null
    readonly values: readonly number[]
  }[]
}

export type DocumentBlock =
  | { readonly type: 'heading'; readonly depth: 2 | 3; readonly text: string }
  | { readonly type: 'paragraph'; readonly text: string }
  | DocumentTable
  | DocumentChart

/** A report as data; each format prints it in its own way. All text is safe to show, and may contain any character. */
export interface UsageDocument {
  readonly title: string
  readonly blocks: readonly DocumentBlock[]
  /** The rows as records, for CSV: the same columns for all. */
  readonly records: { readonly head: readonly string[]; readonly rows: DocumentRows; readonly count: number }
}

const COUNT = new Intl.NumberFormat('en')

/** Micro-USD as people see them, in whole cents. */
export function roundCell({ value, before = 0 }: NumberCell): number {
  return roundToCent(value + before) - roundToCent(before)
}

/** A cell as text for people. */
export function cellText(cell: DocumentCell): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return cell
  if ('absent' in cell) return cell.absent
  const { unit, value, digits = 2, isAtLeast = false } = cell
  if (unit === 'usd') return dollarText(value)
  if (unit === 'difference') return signedDollars(roundCell(cell))
  if (unit === 'minor') return minorText(value, digits)
  if (unit === 'change') return signedPercent(value)
  if (unit === 'permille') return shareText(value, false)
  if (isAtLeast) return `≥ ${COUNT.format(value)} %`
  return withMinus(unit === 'count' ? COUNT.format(value) : `${COUNT.format(value)} %`)
}

/** True if a column contains numbers, by its first cell that is not empty. */
export function isNumeric({ rows, total }: Pick<DocumentTable, 'rows' | 'total'>, column: number): boolean {
  for (const row of rows) {
    const cell = row[column] ?? null
    if (cell !== null) return typeof cell === 'object'
  }
  return typeof (total?.[column] ?? '') === 'object'
}

/** A name on one line, without secrets; `none` in brackets if it is null. */
export function getName(name: string | null, none: string): string {
  const line = name === null ? '' : said(name).replaceAll(/\s+/gu, ' ').trim()
  return line === '' ? `(${none})` : line
}

/** An amount in micro-USD. */
export function usd(value: number): NumberCell {
  return { unit: 'usd', value }
}

/** A count, whole. */
export function count(value: number): NumberCell {
  return { unit: 'count', value }
}

/** How much more than before, in whole per cent, half away from zero; null where there was nothing before. */
export function change(now: number, before: number): NumberCell | null {
  const value = changePercent(now, before)
  return value === null ? null : { unit: 'change', value }
}

/** How much more than before in micro-USD. */
export function difference(now: number, before: number): NumberCell {
  return { unit: 'difference', value: now - before, before }
}
