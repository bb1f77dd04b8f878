import {
  USAGE_DIMENSIONS,
  USAGE_FACES,
  USAGE_MEASURES,
  type UsageDimension,
} from '../../../shared/domain/usage/faces.ts'
import type { Writer } from '../handles.ts'
import { addToCells, type CellSum, type UsageOwner } from './cells.ts'
import { usageNames } from './names.ts'

/** Numbers for each new cell: position of its face, period, and the words of up to three dimensions in turn. */
export const CELL_WIDTH = 5

const FACES = USAGE_FACES.length
const MEASURES = USAGE_MEASURES.length

/** Records whose words and cells are numbered from 0, in the order in which they first came. */
export interface NumberedRecords {
  readonly count: number
  /** For each record one cell of each face. */
  readonly cells: Uint32Array
  /** For each record one number for each measure. */
  readonly measures: Float64Array
  readonly words: Readonly<Record<UsageDimension, readonly string[]>>
  readonly newCells: Uint32Array
}

/** The sums of a part of an import, in memory until they are counted: one write for each cell, however many records fall into it. */
export interface PartSums {
  add(records: NumberedRecords, isNew: Uint8Array): void
  /** Writes the sums to the cells of an owner. */
  write(writer: Writer, owner: UsageOwner): void
}

export function newPartSums(): PartSums {
  const words: Record<UsageDimension, string[]> = { project: [], key: [], principal: [], model: [], feature: [] }
  const faces: readonly FaceSums[] = USAGE_FACES.map(({ by }) => ({
    by,
    cells: [],
    sums: new Float64Array(1024 * MEASURES),
  }))

  const takeNew = (records: NumberedRecords): void => {
    for (const dimension of USAGE_DIMENSIONS) for (const word of records.words[dimension]) words[dimension].push(word)
    for (let at = 0; at < records.newCells.length; at += CELL_WIDTH) {
      const [face = 0, ...cell] = records.newCells.subarray(at, at + CELL_WIDTH)
      faces[face]?.cells.push(...cell)
    }
    for (const face of faces) {
      const needed = (face.cells.length / PLACES) * MEASURES
      if (needed > face.sums.length) face.sums = grown(face.sums, needed)
    }
  }
  return {
    add(records, isNew) {
      takeNew(records)
      const { cells: to, measures, count } = records
      for (const [position, { sums }] of faces.entries()) {
        for (let record = 0; record < count; record += 1) {
          if (isNew[record] === 0) continue
          const from = record * MEASURES
          const at = (to[record * FACES + position] ?? 0) * MEASURES
          for (let n = 0; n < MEASURES; n += 1) sums[at + n] = (sums[at + n] ?? 0) + (measures[from + n] ?? 0)
        }
      }
    },
    write(writer, owner) {
      const names = Object.fromEntries(
        USAGE_DIMENSIONS.map((dimension) => [
          dimension,
          usageNames(writer, owner.clientId, dimension, words[dimension]),
        ]),
      ) as Record<UsageDimension, number[]>
      for (const [position, face] of faces.entries()) addToCells(writer, owner, inOrder(position, face, names))
    },
  }
}

/** The cells of one face, four numbers each (period and up to three words), and their sums. */
interface FaceSums {
  readonly by: readonly UsageDimension[]
  readonly cells: number[]
  sums: Float64Array
}

const PLACES = CELL_WIDTH - 1

function grown(sums: Float64Array, needed: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(Math.max(needed, sums.length * 2))
  next.set(sums)
  return next
}

/** The cells of one face with their sums, in the order of the register's table; those to which nothing was added are left out. */
function* inOrder(
  position: number,
  { by, cells, sums }: FaceSums,
  names: Readonly<Record<UsageDimension, readonly number[]>>,
): Generator<CellSum> {
  const count = cells.length / PLACES
  const placed = Float64Array.from(cells, (number, at) => {
    const dimension = by[(at % PLACES) - 1]
    // The first of the four is the period; a dimension that the face does not have stays 0.
    if (at % PLACES === 0) return number
    return dimension === undefined ? 0 : (names[dimension][number] ?? 0)
  })
  const order = Uint32Array.from({ length: count }, (_, cell) => cell).sort((x, y) => {
    for (let n = 0; n < PLACES; n += 1) {
      const difference = (placed[x * PLACES + n] ?? 0) - (placed[y * PLACES + n] ?? 0)
      if (difference !== 0) return difference
    }
    return 0
  })
  for (const cell of order) {
    const measures = sums.subarray(cell * MEASURES, (cell + 1) * MEASURES)
    if (measures.every((measure) => measure === 0)) continue
    const [period = 0, a = 0, b = 0, c = 0] = placed.subarray(cell * PLACES, (cell + 1) * PLACES)
    yield { face: position, period, a, b, c, measures }
  }
}
