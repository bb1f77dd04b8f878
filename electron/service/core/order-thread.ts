import { parentPort, workerData } from 'node:worker_threads'

import type { Moment } from '../../../shared/domain/day.ts'
import { accessIds } from '../../register/access/access.ts'
import type { Reader } from '../../register/db/handles.ts'
import { openReader } from '../../register/db/unlocked.ts'
import { findingIds } from '../../register/findings/list.ts'
import { keylessIds } from '../../register/keyless/keyless.ts'
import { keyIds } from '../../register/keys/keys.ts'
import { personIds } from '../../register/people/people.ts'
import { readRevision } from '../../register/db/meta.ts'

/** Works out the order of a long list in a thread of its own, through a connection of its own that only reads. */

const ORDERS = {
  access: (reader: Reader, query: Parameters<typeof accessIds>[1]) => accessIds(reader, query),
  findings: (reader: Reader, query: Parameters<typeof findingIds>[1], { today }: Moment) =>
    findingIds(reader, query, today),
  keyless: keylessIds,
  keys: keyIds,
  people: (reader: Reader, query: Parameters<typeof personIds>[1], { today }: Moment) =>
    personIds(reader, query, today),
} as const

export type LongList = keyof typeof ORDERS

export interface ListOrder<L extends LongList = LongList> {
  readonly list: L
  readonly query: Parameters<(typeof ORDERS)[L]>[1]
  readonly moment: Moment
}

interface Work extends ListOrder {
  /** The register, and its key. */
  readonly path: string
  readonly key: Uint8Array
}

/** The ids in order, and the revision of the register that has them; null where it changed while it was read. */
export interface OrderAnswer {
  readonly revision: number | null
  readonly ids: Float64Array<ArrayBuffer>
}

/** An order looks up the same pages for many rows, so it keeps them while it is worked out. */
const CACHE = 64 << 20

const port = parentPort
if (port === null) throw new Error('It runs in a thread.')
const { path, key, list, query, moment } = workerData as Work

function read(): OrderAnswer {
  const { reader, close } = openReader({ path, key }, CACHE)
  try {
    const before = readRevision(reader)
    // Which list it is decides what its query is.
    const order = ORDERS[list] as (reader: Reader, query: unknown, moment: Moment) => number[]
    const ids = Float64Array.from(order(reader, query, moment))
    return { revision: readRevision(reader) === before ? before : null, ids }
  } finally {
    close()
  }
}

const answer = read()
// A thread is not a window and has no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
port.postMessage(answer, [answer.ids.buffer])
port.close()
