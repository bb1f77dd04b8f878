import {
  USAGE_DIMENSIONS,
  USAGE_ROLLUPS,
  KEPT_MEASURES,
  type UsageDimension,
  type UsageRollup,
} from '../../../shared/domain/usage/rollups.ts'
import type { Writer } from '../db/handles.ts'
import { addCellRows, type CellRows, ROW_WIDTH, type UsageOwner } from './cells.ts'
import { usageNames } from './names.ts'
import { orderBy } from './order-by.ts'
import { keepPartRows } from './part-rows.ts'

/** Numbers for each new cell: position of its roll-up, period, and the words of up to three dimensions. */
export const CELL_WIDTH = 5

const ROLLUPS = USAGE_ROLLUPS.length
const MEASURES = KEPT_MEASURES.length

/** Numbers that identify a cell of a roll-up: its period and up to three words. */
const PLACES = CELL_WIDTH - 1

/** Records whose words and cells are numbered from 0, in the order of their first occurrence. */
export interface NumberedRecords {
  readonly count: number
  /** For each record one cell of each roll-up. */
  readonly cells: Uint32Array
  /** For each record one number for each measure. */
  readonly measures: Float64Array
  readonly words: Readonly<Record<UsageDimension, readonly string[]>>
  readonly newCells: Uint32Array
}

/**
 * The sums of a part of an import, in memory until they are counted: one write for each cell, however many records it
 * has.
 */
export interface PartSums {
  add(records: NumberedRecords, isNew: Uint8Array): void
  /** Writes the sums to the cells of an owner, and stores what a part added to them. Throws `SumRefused`. */
  write(writer: Writer, owner: UsageOwner, part: number): void
}

/** The cells of one roll-up, `PLACES` numbers each, and their sums. */
interface RollupSums {
  readonly by: readonly UsageDimension[]
  count: number
  places: Uint32Array
  sums: Float64Array
}

/** Small, since each part has sums for each roll-up, and most files few of them. */
const FIRST_ROOM = 64

export function newPartSums(): PartSums {
  const words: Record<UsageDimension, string[]> = { project: [], key: [], principal: [], model: [], feature: [] }
  const faces: readonly RollupSums[] = USAGE_ROLLUPS.map(({ by }: UsageRollup) => ({
    by,
    count: 0,
    places: new Uint32Array(FIRST_ROOM * PLACES),
    sums: new Float64Array(FIRST_ROOM * MEASURES),
  }))

  const takeNew = (records: NumberedRecords): void => {
    for (const dimension of USAGE_DIMENSIONS) for (const word of records.words[dimension]) words[dimension].push(word)
    const { newCells } = records
    for (let at = 0; at < newCells.length; at += CELL_WIDTH) {
      const face = faces[newCells[at] ?? 0]
      if (face === undefined) continue
      if (face.count * PLACES === face.places.length) grow(face)
      for (let n = 0; n < PLACES; n += 1) face.places[face.count * PLACES + n] = newCells[at + 1 + n] ?? 0
      face.count += 1
    }
  }
  return {
    add(records, isNew) {
      takeNew(records)
      const { cells: to, measures, count } = records
      const used = usedMeasures(measures, count)
      for (const [position, { sums }] of faces.entries()) {
        for (let record = 0; record < count; record += 1) {
          if (isNew[record] === 0) continue
          const from = record * MEASURES
          const at = (to[record * ROLLUPS + position] ?? 0) * MEASURES
          for (const n of used) sums[at + n] = (sums[at + n] ?? 0) + (measures[from + n] ?? 0)
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
      for (const [position, face] of faces.entries()) {
        const rows = inOrder(position, face, names)
        addCellRows(writer, owner, rows)
        keepPartRows(writer, part, rows)
      }
    },
  }
}

function grow(face: RollupSums): void {
  const [places, sums] = [new Uint32Array(face.places.length * 2), new Float64Array(face.sums.length * 2)]
  places.set(face.places)
  sums.set(face.sums)
  face.places = places
  face.sums = sums
}

/** The measures that any record has; most files have no cache and no estimate. */
function usedMeasures(measures: Float64Array, count: number): readonly number[] {
  const isUsed = new Uint8Array(MEASURES)
  for (let at = 0; at < count * MEASURES; at += MEASURES) {
    for (let n = 0; n < MEASURES; n += 1) if (measures[at + n] !== 0) isUsed[n] = 1
  }
  return KEPT_MEASURES.flatMap((_, n) => (isUsed[n] === 1 ? [n] : []))
}

/** The cells of one roll-up with their sums, in the order of the register's table; unchanged cells are left out. */
function inOrder(
  face: number,
  { by, count, places, sums }: RollupSums,
  names: Readonly<Record<UsageDimension, Float64Array>>,
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
  const rows = new Float64Array(count * ROW_WIDTH)
  let to = 0
  for (const cell of orderBy(columns.slice(0, by.length + 1), count)) {
    let isEmpty = true
    for (let n = 0; n < MEASURES; n += 1) {
      const measure = sums[cell * MEASURES + n] ?? 0
      if (measure !== 0) isEmpty = false
      rows[to + PLACES + n] = measure
    }
    if (isEmpty) continue
    for (let place = 0; place < PLACES; place += 1) rows[to + place] = columns[place]?.[cell] ?? 0
    to += ROW_WIDTH
  }
  return { face, count: to / ROW_WIDTH, rows }
}
