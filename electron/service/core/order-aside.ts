import type { Moment } from '../../../shared/domain/day.ts'
import { defineJob, runJob } from '../../files/thread.ts'
import { accessIds } from '../../register/access/access.ts'
import { changesOfSyncs } from '../../register/changes/timeline.ts'
import type { Reader } from '../../register/db/handles.ts'
import { openReader, type RegisterFile } from '../../register/db/unlocked.ts'
import { findingGroups, subjectIds } from '../../register/findings/groups.ts'
import { findingIds } from '../../register/findings/list.ts'
import { writeKeyless } from '../../register/keyless/document.ts'
import { keylessIds, readKeyless } from '../../register/keyless/keyless.ts'
import { keyIds } from '../../register/keys/keys.ts'
import { personIds } from '../../register/people/people.ts'
import { countStructure } from '../../register/read/structure.ts'
import { readAdvice } from '../../register/recommendations/advice.ts'
import { readRevision } from '../../register/db/meta.ts'
import type { Register } from '../../register/register.ts'
import { REFUSALS, Refusal } from '../kit/refusal.ts'

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

export type AnswerOf<A extends WholeAnswer> = ReturnType<(typeof ANSWERS)[A]>

/** The reading, and the revision of the register that has it; null where it changed while it was read. */
export interface ReadAside<T> {
  readonly revision: number | null
  readonly result: T
}

/** An order looks up the same pages for many rows, so it keeps them while it is worked out. */
const CACHE = 64 << 20

type Order = Float64Array<ArrayBuffer>
type Work = ListOrder | Question

function read(reader: Reader, work: Work): unknown {
  const { query, moment } = work
  // Which list or answer it is decides what its query is.
  type AnswerFunction<T> = (reader: Reader, query: unknown, moment: Moment) => T
  if ('answer' in work) return (ANSWERS[work.answer] as AnswerFunction<unknown>)(reader, query, moment)
  return Float64Array.from((ORDERS[work.list] as AnswerFunction<number[]>)(reader, query, moment))
}

/**
 * Works out the order of a long list, or an answer for which a long register is read whole, through a connection of its own
 * that only reads.
 */
const READ = defineJob({
  name: 'read-list',
  refusals: REFUSALS,
  work: ({ register, work }: { readonly register: RegisterFile; readonly work: Work }): ReadAside<unknown> => {
    const { reader, close } = openReader(register, CACHE)
    try {
      const before = readRevision(reader)
      const result = read(reader, work)
      return { revision: readRevision(reader) === before ? before : null, result }
    } finally {
      close()
    }
  },
  moved: ({ result }) => (result instanceof Float64Array ? [result.buffer as ArrayBuffer] : []),
})

/**
 * The order of a long list, worked out in a thread of its own: of a million rows it takes a second, in which this thread
 * goes on. Throws `Refusal` CONFLICT when the register is closed meanwhile.
 */
export function orderAside(register: Register, order: ListOrder): Promise<ReadAside<Order>> {
  return readAside(register, order) as Promise<ReadAside<Order>>
}

/** The answer of a question for which a long register is read whole, in the same way. */
export function answerAside<A extends WholeAnswer>(
  register: Register,
  question: Question<A>,
): Promise<ReadAside<AnswerOf<A>>> {
  return readAside(register, question) as Promise<ReadAside<AnswerOf<A>>>
}

function readAside(register: Register, work: Work): Promise<ReadAside<unknown>> {
  const interrupted = (): Refusal =>
    new Refusal('CONFLICT', 'The list was interrupted, since the register was closed.', 'Open the list again.')
  return register.runBeside((file, signal) => runJob(READ, { register: file, work }, { signal, interrupted }))
}
