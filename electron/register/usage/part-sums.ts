import {
  COUNTED_ROLLUPS,
  USAGE_DIMENSIONS,
  USAGE_ROLLUPS,
  KEPT_MEASURES,
  type UsageDimension,
  ROLLUP_SOURCES,
  type UsageRollup,
} from '../../../shared/domain/usage/rollups.ts'
import type { Writer } from '../db/handles.ts'
import { addCellRows, type CellRows, ROW_WIDTH, type UsageOwner, PLACES } from './cells.ts'
import { usageNames } from './names.ts'
import { orderBy } from './order-by.ts'
import { keepPartRows } from './part-rows.ts'
import { releaseMemory } from './release-memory.ts'

/** Numbers for each new cell: the position of its roll-up in `COUNTED_ROLLUPS`, period, and the words of up to three dimensions. */
export const CELL_WIDTH = 5

const MEASURES = KEPT_MEASURES.length

/** Records whose words and cells are numbered from 0, in the order of their first occurrence. */
export interface NumberedRecords {
  readonly count: number
  /** For each of `COUNTED_ROLLUPS` the cell of each record. */
  readonly cells: readonly Uint32Array[]
  /** For each of `KEPT_MEASURES` the value of each record; null where all are 0. */
  readonly measures: readonly (Float64Array | null)[]
  readonly words: Readonly<Record<UsageDimension, readonly string[]>>
  readonly newCells: Uint32Array
}

/**
 * The sums of a part of an import, in memory until they are counted: one write for each cell, however many records it
 * has.
 */
export interface PartSums {
  add(records: NumberedRecords, isNew: Uint8Array): void
  /**
   * Writes the sums to the cells of an owner, and stores what a part added to them. Another part may begin then, whose words
   * and cells are numbered from 0 again. Throws `SumRefused`.
   */
  write(writer: Writer, owner: UsageOwner, part: number): void
}

/** The cells of one roll-up, `PLACES` numbers each, and their sums: a column for each measure that any record has. */
interface RollupSums {
  /** Position in `USAGE_ROLLUPS`. */
  readonly position: number
  readonly by: readonly UsageDimension[]
  count: number
  room: number
  places: Uint32Array
  sums: (Float64Array | null)[]
}

/** Small, since each part has sums for each roll-up, and most files few of them. */
const FIRST_ROOM = 64

/** Large: memory that was reserved and not written yet takes no space, and what was copied waits for the garbage collector. */
const GROWTH = 16

export function newPartSums(): PartSums {
  let words = noWords()
  const faces: readonly RollupSums[] = COUNTED_ROLLUPS.map((position) => ({
    position,
    by: USAGE_ROLLUPS[position]?.by ?? [],
    count: 0,
    room: FIRST_ROOM,
    places: new Uint32Array(FIRST_ROOM * PLACES),
    sums: noSums(),
  }))

  // The rows of one roll-up after the other.
  let scratch = new Float64Array(0)

  const takeNew = (records: NumberedRecords): void => {
    for (const dimension of USAGE_DIMENSIONS) for (const word of records.words[dimension]) words[dimension].push(word)
    const { newCells } = records
    for (let at = 0; at < newCells.length; at += CELL_WIDTH) {
      const face = faces[newCells[at] ?? 0]
      if (face === undefined) continue
      if (face.count === face.room) grow(face)
      for (let n = 0; n < PLACES; n += 1) face.places[face.count * PLACES + n] = newCells[at + 1 + n] ?? 0
      face.count += 1
    }
  }
  return {
    add(records, isNew) {
      takeNew(records)
      for (const [n, values] of records.measures.entries()) {
        if (values === null) continue
        // A repeated request is added as 0: the loop below runs for each record, roll-up and measure.
        for (let record = 0; record < records.count; record += 1) if (isNew[record] === 0) values[record] = 0
        for (const [position, face] of faces.entries()) {
          const sums = (face.sums[n] ??= new Float64Array(face.room))
          addAll(sums, records.cells[position] ?? new Uint32Array(0), values, records.count)
        }
      }
    },
    write(writer, owner, part) {
      const names = Object.fromEntries(
        USAGE_DIMENSIONS.map((dimension) => [
          dimension,
          Float64Array.from(usageNames(writer, owner.clientId, dimension, words[dimension])),
        ]),
      ) as Record<UsageDimension, Float64Array>
      for (const face of faces) {
        if (scratch.length < face.count * ROW_WIDTH) scratch = new Float64Array(face.count * ROW_WIDTH)
        const rows = inOrder(face, names, scratch)
        empty(face)
        for (const each of [rows, ...derivedRows(rows)]) {
          addCellRows(writer, owner, each)
          keepPartRows(writer, part, each)
        }
      }
      words = noWords()
    },
  }
}

/** Removes all cells, and releases their memory. */
function empty(face: RollupSums): void {
  for (const each of [face.places, ...face.sums]) if (each !== null) releaseMemory(each)
  face.count = 0
  face.room = FIRST_ROOM
  face.places = new Uint32Array(FIRST_ROOM * PLACES)
  face.sums = noSums()
}

function noSums(): (Float64Array | null)[] {
  return KEPT_MEASURES.map(() => null)
}

function noWords(): Record<UsageDimension, string[]> {
  return { project: [], key: [], principal: [], model: [], feature: [] }
}

function addAll(sums: Float64Array, cells: Uint32Array, values: Float64Array, count: number): void {
  for (let record = 0; record < count; record += 1) {
    const cell = cells[record] ?? 0
    sums[cell] = (sums[cell] ?? 0) + (values[record] ?? 0)
  }
}

function grow(face: RollupSums): void {
  face.room *= GROWTH
  const places = new Uint32Array(face.room * PLACES)
  places.set(face.places)
  face.places = places
  for (const [n, values] of face.sums.entries()) {
    if (values === null) continue
    const sums = new Float64Array(face.room)
    sums.set(values)
    face.sums[n] = sums
  }
}

/**
 * The cells of one roll-up with their sums, in the order of the register's table; unchanged cells are left out. The rows are
 * in the memory given.
 */
function inOrder(
  { position, by, count, places, sums }: RollupSums,
  names: Readonly<Record<UsageDimension, Float64Array>>,
  rows: Float64Array,
): CellRows {
  const columns = Array.from({ length: PLACES }, (_, place) => {
    const column = new Float64Array(count)
    // The first is the period; a dimension that the roll-up does not have stays 0.
    const dimension = by[place - 1]
    const numbers = dimension === undefined ? null : names[dimension]
    if (place > 0 && numbers === null) return column
    for (let cell = 0; cell < count; cell += 1) {
      const number = places[cell * PLACES + place] ?? 0
      column[cell] = numbers === null ? number : (numbers[number] ?? 0)
    }
    return column
  })
  let to = 0
  for (const cell of orderBy(columns.slice(0, by.length + 1), count)) {
    let isEmpty = true
    for (let n = 0; n < MEASURES; n += 1) {
      const measure = sums[n]?.[cell] ?? 0
      if (measure !== 0) isEmpty = false
      rows[to + PLACES + n] = measure
    }
    if (isEmpty) continue
    for (let place = 0; place < PLACES; place += 1) rows[to + place] = columns[place]?.[cell] ?? 0
    to += ROW_WIDTH
  }
  return { face: position, count: to / ROW_WIDTH, rows }
}

/** The rows of all roll-ups that are added up from those of another one, each in the order of the register's table. */
function derivedRows(source: CellRows): readonly CellRows[] {
  return ROLLUP_SOURCES.flatMap((from, face) => (from === source.face ? [derive(source, face)] : []))
}

function derive(source: CellRows, face: number): CellRows {
  const dimensions: UsageRollup['by'] = USAGE_ROLLUPS[source.face]?.by ?? []
  const by: UsageRollup['by'] = USAGE_ROLLUPS[face]?.by ?? []
  // The first is the period.
  const places = [0, ...by.map((dimension) => 1 + dimensions.indexOf(dimension))]
  const columns = places.map((place) => {
    const column = new Float64Array(source.count)
    for (let row = 0; row < source.count; row += 1) column[row] = source.rows[row * ROW_WIDTH + place] ?? 0
    return column
  })
  const rows = new Float64Array(source.count * ROW_WIDTH)
  let last = -ROW_WIDTH
  for (const row of orderBy(columns, source.count)) {
    if (last < 0 || columns.some((column, n) => column[row] !== rows[last + n])) {
      last += ROW_WIDTH
      for (const [n, column] of columns.entries()) rows[last + n] = column[row] ?? 0
    }
    for (let n = PLACES; n < ROW_WIDTH; n += 1) {
      rows[last + n] = (rows[last + n] ?? 0) + (source.rows[row * ROW_WIDTH + n] ?? 0)
    }
  }
  return { face, count: last / ROW_WIDTH + 1, rows }
}
