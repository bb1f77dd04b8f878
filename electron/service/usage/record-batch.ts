import type { NumberedRecords } from '../../register/usage/part-sums.ts'
import type { RequestNumbers } from '../../register/usage/requests.ts'

/** A row that could not be read, and why. */
export interface RecordProblem {
  /** Line in the file, from 1. */
  readonly line: number
  readonly says: string
}

/**
 * Records on their way from the thread that reads a file to the one that writes the register: whole columns of numbers,
 * since a million small objects would take longer to transfer than to read. `begins` is true when the numbering of
 * words and cells restarts with it.
 */
export interface RecordBatch extends NumberedRecords, RequestNumbers {
  readonly begins: boolean
  /** Rows of this batch, refused ones included. */
  readonly read: number
  readonly refused: number
  readonly problems: readonly RecordProblem[]
}

/** The memory of its columns, to move to another thread. */
export function listBuffers({ requests, newCells, cells, measures }: RecordBatch): ArrayBuffer[] {
  const columns = [requests, newCells, ...cells, ...measures.filter((each) => each !== null)]
  return columns.map(({ buffer }) => buffer as ArrayBuffer)
}
