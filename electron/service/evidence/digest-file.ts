import { createHash } from 'node:crypto'

import type { EvidenceTable } from '../../../shared/report/evidence-records.ts'
import { newCsvMaker, type RecordVisitor } from './csv-maker.ts'
import { lineCounter } from './lines.ts'

/** A file of a pack that is read once, to its end. */
export interface FileToDigest {
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** Of the JSON file of a table. */
  readonly fields: EvidenceTable['fields'] | null
  readonly isCounted: boolean
}

/** What is kept of it. */
export interface FileDigest {
  readonly name: string
  /** SHA-256 in hex; null where it cannot be read completely. */
  readonly sha256: string | null
  /** Of the JSON file of a table, what `CsvMaker.end` returns. */
  readonly made: string | null
  /** Its lines; 0 where they are not counted. */
  readonly rows: number
}

/** Who else gets what is read: its pieces, or the records of a table in the form that Castellan writes. Neither may throw. */
interface Visitors {
  readonly piece?: ((piece: Uint8Array) => void) | undefined
  readonly record?: RecordVisitor | undefined
}

export async function digestFile(
  { name, fields, isCounted }: FileToDigest,
  pieces: AsyncIterable<Uint8Array>,
  visit: Visitors = {},
): Promise<FileDigest> {
  const maker = fields === null ? null : newCsvMaker({ fields }, visit.record)
  const counter = isCounted ? lineCounter() : null
  const whole = createHash('sha256')
  let isComplete = true
  try {
    for await (const piece of pieces) {
      whole.update(piece)
      maker?.add(piece)
      counter?.add(piece)
      visit.piece?.(piece)
    }
  } catch {
    isComplete = false
  }
  return {
    name,
    sha256: isComplete ? whole.digest('hex') : null,
    made: maker?.end() ?? null,
    rows: counter?.count() ?? 0,
  }
}

/**
 * Reads the files of a list that are not taken yet, one after the other. `taken` counts those that are, for all threads that read the
 * same list.
 */
export async function digestNext(
  files: readonly FileToDigest[],
  taken: Int32Array,
  read: (file: FileToDigest) => AsyncIterable<Uint8Array>,
): Promise<readonly FileDigest[]> {
  const digests: FileDigest[] = []
  for (let at = Atomics.add(taken, 0, 1); at < files.length; at = Atomics.add(taken, 0, 1)) {
    const file = files[at]
    if (file !== undefined) digests.push(await digestFile(file, read(file)))
  }
  return digests
}
