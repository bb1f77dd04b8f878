import { hash } from 'node:crypto'

/** Where a file's rows differ from those it should have; rows count from 1. */
export interface RowDifference {
  readonly row: number
  readonly kind: 'changed' | 'missing' | 'added' | 'moved'
  /** Where a moved row belongs. */
  readonly from?: number
}

/** The most rows that are named. */
const MOST = 100

/**
 * Compares the rows of a file with those it should have. Rows that are missing are numbered as they should be, the
 * others as they are. A row among equal ones may be named by another of them.
 */
export function rowDifferences(should: RowDigests, is: RowDigests): readonly RowDifference[] {
  const start = commonStart(should, is)
  const end = commonEnd(should, is, start)
  const wanted = range(start, should.count - end)
  const found = range(start, is.count - end)
  if (wanted.length === found.length) return sameLength(should, is, wanted)
  const known = new Set(wanted.map((row) => should.at(row)))
  const there = new Set(found.map((row) => is.at(row)))
  const missing = wanted.filter((row) => !there.has(should.at(row)))
  const added = found.filter((row) => !known.has(is.at(row)))
  // A row that was changed is missing as it was and added as it is, at the same place from either end.
  const differences: RowDifference[] = []
  const paired = Math.min(missing.length, added.length)
  for (const row of added.slice(0, paired)) differences.push({ row: row + 1, kind: 'changed' })
  for (const row of missing.slice(paired)) differences.push({ row: row + 1, kind: 'missing' })
  for (const row of added.slice(paired)) differences.push({ row: row + 1, kind: 'added' })
  // Equal rows: one of them is missing or there once too often.
  if (differences.length === 0) {
    differences.push(
      wanted.length > found.length
        ? { row: should.count - end, kind: 'missing' }
        : { row: is.count - end, kind: 'added' },
    )
  }
  return differences.sort((a, b) => a.row - b.row).slice(0, MOST)
}

function sameLength(should: RowDigests, is: RowDigests, rows: readonly number[]): readonly RowDifference[] {
  const home = new Map(rows.map((row) => [should.at(row), row]))
  return rows
    .filter((row) => should.at(row) !== is.at(row))
    .slice(0, MOST)
    .map((row) => {
      const from = home.get(is.at(row))
      return from === undefined ? { row: row + 1, kind: 'changed' } : { row: row + 1, kind: 'moved', from: from + 1 }
    })
}

function commonStart(a: RowDigests, b: RowDigests): number {
  const most = Math.min(a.count, b.count)
  let row = 0
  while (row < most && a.at(row) === b.at(row)) row += 1
  return row
}

function commonEnd(a: RowDigests, b: RowDigests, start: number): number {
  const most = Math.min(a.count, b.count) - start
  let rows = 0
  while (rows < most && a.at(a.count - 1 - rows) === b.at(b.count - 1 - rows)) rows += 1
  return rows
}

function range(from: number, until: number): readonly number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, n) => from + n)
}

const WORDS: Readonly<Record<RowDifference['kind'], string>> = {
  changed: 'was changed',
  missing: 'is missing',
  added: 'was inserted',
  moved: 'was moved',
}

export function differenceWord({ row, kind, from }: RowDifference): string {
  return `Row ${row} ${WORDS[kind]}${from === undefined ? '' : `: row ${from} is there instead`}.`
}

/**
 * The first 8 of 32 bytes of the hashes of a file's lines: enough to find where two files differ, and small enough to
 * hold a million of them.
 */
export interface RowDigests {
  readonly count: number
  readonly at: (row: number) => bigint | undefined
}

export interface GrowingDigests extends RowDigests {
  readonly add: (digest: bigint) => void
}

export function newDigests(): GrowingDigests {
  let values = new BigUint64Array(256)
  let count = 0
  return {
    get count() {
      return count
    },
    at: (row) => (row < count ? values[row] : undefined),
    add: (digest) => {
      if (count === values.length) {
        const more = new BigUint64Array(count * 2)
        more.set(values)
        values = more
      }
      values[count] = digest
      count += 1
    },
  }
}

/** Of a line with its line feed. */
export function computeDigest(line: Uint8Array | string): bigint {
  return hash('sha256', line, 'buffer').readBigUInt64BE(0)
}

export function digestOfHex(hex: string): bigint {
  return BigInt(`0x${hex.slice(0, 16)}`)
}
