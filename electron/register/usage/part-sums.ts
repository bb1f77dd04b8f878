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
  const cells: number[][] = USAGE_FACES.map(() => [])
  const sums = USAGE_FACES.map(() => new Float64Array(1024 * MEASURES))

  const takeNew = (records: NumberedRecords): void => {
    for (const dimension of USAGE_DIMENSIONS) for (const word of records.words[dimension]) words[dimension].push(word)
    const added = records.newCells
    for (let at = 0; at < added.length; at += CELL_WIDTH) {
      const face = added[at]!
      cells[face]!.push(added[at + 1]!, added[at + 2]!, added[at + 3]!, added[at + 4]!)
    }
    for (let face = 0; face < FACES; face += 1) {
      const needed = (cells[face]!.length / (CELL_WIDTH - 1)) * MEASURES
      if (needed > sums[face]!.length) sums[face] = grown(sums[face]!, needed)
    }
  }
  return {
    add(records, isNew) {
      takeNew(records)
      const { cells: to, measures, count } = records
      for (let record = 0; record < count; record += 1) {
        if (isNew[record] === 0) continue
        const from = record * MEASURES
        for (let face = 0; face < FACES; face += 1) {
          const sum = sums[face]!
          const at = to[record * FACES + face]! * MEASURES
          for (let n = 0; n < MEASURES; n += 1) sum[at + n]! += measures[from + n]!
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
      for (let face = 0; face < FACES; face += 1) {
        addToCells(writer, owner, inOrder(face, cells[face]!, sums[face]!, names))
      }
    },
  }
}

function grown(sums: Float64Array, needed: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(Math.max(needed, sums.length * 2))
  next.set(sums)
  return next
}

/** The cells of one face with their sums, in the order of the register's table; those to which nothing was added are left out. */
function* inOrder(
  face: number,
  cells: readonly number[],
  sums: Float64Array,
  names: Readonly<Record<UsageDimension, readonly number[]>>,
): Generator<CellSum> {
  const { by }: { readonly by: readonly UsageDimension[] } = USAGE_FACES[face]!
  const width = CELL_WIDTH - 1
  const count = cells.length / width
  const place = (cell: number, n: number): number => {
    const dimension = by[n]
    return dimension === undefined ? 0 : (names[dimension][cells[cell * width + 1 + n]!] ?? 0)
  }
  const placed = Float64Array.from({ length: count * width }, (_, at) => {
    const [cell, n] = [Math.floor(at / width), at % width]
    return n === 0 ? cells[at]! : place(cell, n - 1)
  })
  const order = Uint32Array.from({ length: count }, (_, cell) => cell).sort((x, y) => {
    for (let n = 0; n < width; n += 1) {
      const difference = placed[x * width + n]! - placed[y * width + n]!
      if (difference !== 0) return difference
    }
    return 0
  })
  for (const cell of order) {
    const measures = sums.subarray(cell * MEASURES, (cell + 1) * MEASURES)
    if (measures.every((measure) => measure === 0)) continue
    const at = cell * width
    yield { face, period: placed[at]!, a: placed[at + 1]!, b: placed[at + 2]!, c: placed[at + 3]!, measures }
  }
}
