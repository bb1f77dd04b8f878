import { parentPort, workerData } from 'node:worker_threads'

import type { Moment } from '../../../shared/domain/day.ts'
import { accessIds } from '../../register/access/access.ts'
import { changesOfSyncs } from '../../register/changes/timeline.ts'
import type { Reader } from '../../register/db/handles.ts'
import { openReader } from '../../register/db/unlocked.ts'
import { findingGroups, subjectIds } from '../../register/findings/groups.ts'
import { findingIds } from '../../register/findings/list.ts'
import { writeKeyless } from '../../register/keyless/document.ts'
import { keylessIds, readKeyless } from '../../register/keyless/keyless.ts'
import { keyIds } from '../../register/keys/keys.ts'
import { personIds } from '../../register/people/people.ts'
import { countStructure } from '../../register/read/structure.ts'
import { readAdvice } from '../../register/recommendations/advice.ts'
import { readRevision } from '../../register/db/meta.ts'

/**
 * Works out the order of a long list, or an answer for which a long register is read whole, in a thread of its own, through
 * a connection of its own that only reads.
 */

const ORDERS = {
  access: (reader: Reader, query: Parameters<typeof accessIds>[1], { now }: Moment) => accessIds(reader, query, now),
  findings: (reader: Reader, query: Parameters<typeof findingIds>[1], { today }: Moment) =>
    findingIds(reader, query, today),
  keyless: keylessIds,
  keys: keyIds,
  people: (reader: Reader, query: Parameters<typeof personIds>[1], moment: Moment) => personIds(reader, query, moment),
  subjects: (reader: Reader, query: Parameters<typeof subjectIds>[1], { today }: Moment) =>
    subjectIds(reader, query, today),
} as const

const ANSWERS = {
  advice: readAdvice,
  changesOfSyncs: (reader: Reader, query: Parameters<typeof changesOfSyncs>[1]) => changesOfSyncs(reader, query),
  findingGroups: (reader: Reader, query: Parameters<typeof findingGroups>[1], { today }: Moment) =>
    findingGroups(reader, query, today),
  keyless: readKeyless,
  keylessText: writeKeyless,
  structure: countStructure,
} as const

export type LongList = keyof typeof ORDERS

export interface ListOrder<L extends LongList = LongList> {
  readonly list: L
  readonly query: Parameters<(typeof ORDERS)[L]>[1]
  readonly moment: Moment
}

export type WholeAnswer = keyof typeof ANSWERS

/** A question whose answer needs the whole register. */
export interface Question<A extends WholeAnswer = WholeAnswer> {
  readonly answer: A
  readonly query: Parameters<(typeof ANSWERS)[A]>[1]
  readonly moment: Moment
}

export type Answered<A extends WholeAnswer> = ReturnType<(typeof ANSWERS)[A]>

type Work = (ListOrder | Question) & {
  /** The register, and its key. */
  readonly path: string
  readonly key: Uint8Array
}

/** What was read, and the revision of the register that has it; null where it changed while it was read. */
export interface ReadAside<T> {
  readonly revision: number | null
  readonly result: T
}

/** An order looks up the same pages for many rows, so it keeps them while it is worked out. */
const CACHE = 64 << 20

const port = parentPort
if (port === null) throw new Error('It runs in a thread.')
const work = workerData as Work

/** What was read, with the memory that moves to the service instead of being copied. */
function read(reader: Reader): { readonly result: unknown; readonly moved: readonly ArrayBuffer[] } {
  const { query, moment } = work
  // Which list or answer it is decides what its query is.
  type Read<T> = (reader: Reader, query: unknown, moment: Moment) => T
  if ('answer' in work) return { result: (ANSWERS[work.answer] as Read<unknown>)(reader, query, moment), moved: [] }
  const ids = Float64Array.from((ORDERS[work.list] as Read<number[]>)(reader, query, moment))
  return { result: ids, moved: [ids.buffer] }
}

function readUnchanged(): { readonly answer: ReadAside<unknown>; readonly moved: readonly ArrayBuffer[] } {
  const { reader, close } = openReader(work, CACHE)
  try {
    const before = readRevision(reader)
    const { result, moved } = read(reader)
    return { answer: { revision: readRevision(reader) === before ? before : null, result }, moved }
  } finally {
    close()
  }
}

const { answer, moved } = readUnchanged()
// A thread is not a window and has no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
port.postMessage(answer, moved)
port.close()
