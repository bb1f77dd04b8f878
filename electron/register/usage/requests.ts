import type { Reader, Writer } from '../db/handles.ts'
import { forgetEmptyImports } from './imports.ts'
import { releaseMemory } from './release-memory.ts'
import { newKnownRequests, REQUEST_WIDTH, addPiece, computeBucket, BUCKETS, readRequests } from './known-requests.ts'

/** Recognizes most new requests without looking them up. */
interface RequestFilter {
  /**
   * Adds a request, given by two of its evenly distributed numbers. False if it was never added before; otherwise it may
   * have been.
   */
  add(a: number, b: number): boolean
  /** Releases the memory; nothing is added afterwards. */
  end(): void
}

/** Bits of the place of a word: 16 MiB. Of ten million new requests one in 250 is looked up in vain, of one million one in 20,000. */
const MOST_BITS = 22

/** Bits for the first requests, four words for each: most files have no more, and 1 MiB is made much faster. */
const FIRST_BITS = 18
const FIRST_REQUESTS = 2 ** 16

/** A Bloom filter of fixed size, after a small one for the first requests. */
function newRequestFilter(): RequestFilter {
  const first = newBits(FIRST_BITS)
  let rest: RequestBits | null = null
  let added = 0
  return {
    add(a, b) {
      added += 1
      if (added <= FIRST_REQUESTS) return first.add(a, b)
      rest ??= newBits(MOST_BITS)
      return first.has(a, b) || rest.add(a, b)
    },
    end: () => rest?.end(),
  }
}

interface RequestBits extends RequestFilter {
  has(a: number, b: number): boolean
}

/** Keeps the four bits of a request in one word, so that a lookup costs one cache miss. */
function newBits(bits: number): RequestBits {
  const words = new Int32Array(2 ** bits)
  // By the first bits, as the buckets are: the words of a bucket are beside each other.
  const wordOf = (a: number): number => a >>> (32 - bits)
  const bitsOf = (b: number): number =>
    (1 << (b & 31)) | (1 << ((b >>> 5) & 31)) | (1 << ((b >>> 10) & 31)) | (1 << ((b >>> 15) & 31))
  return {
    end: () => releaseMemory(words),
    has: (a, b) => ((words[wordOf(a)] ?? 0) & bitsOf(b)) === bitsOf(b),
    add(a, b) {
      const [word, wanted] = [wordOf(a), bitsOf(b)]
      const held = words[word] ?? 0
      words[word] = held | wanted
      return (held & wanted) === wanted
    },
  }
}

export interface RequestNumbers {
  readonly count: number
  /** `REQUEST_WIDTH` numbers for each request. */
  readonly requests: Uint32Array
}

/** The requests of one import, of any number: the pending requests and all other memory are bounded. */
export interface Requests {
  /** Adds requests and sets `isNew[n]` to 1 for new ones, which are then pending. */
  admit(reader: Reader, requests: RequestNumbers): Uint8Array
  /** True if enough requests are pending to be written. */
  isFull(): boolean
  /** Writes the pending requests as belonging to a part of the import. */
  write(writer: Writer, part: number): void
  /** Releases the memory before the sums are written, when no more requests follow. */
  end(): void
}

/** The maximum of pending requests, give or take a batch; a piece of each bucket then fills about a page. */
const MOST_WAITING = 1_100_000

/** The new ones of one batch, bucket by bucket; there may be room after the last. */
interface Waiting {
  readonly requests: Uint32Array
  readonly starts: Uint32Array
}

/**
 * Reads each bucket once, at its first request. After that, a filter recognizes new requests without a lookup; a bucket
 * is read again only for a request that the filter may have seen.
 */
export function newRequests(): Requests {
  const filter = newRequestFilter()
  const known = newKnownRequests()
  const wasRead = new Uint8Array(BUCKETS)
  let waiting: Waiting[] = []
  // Memory of what was written, to be filled again: the garbage collector would be late.
  let spare: Waiting[] = []
  let size = 0

  const learn = (reader: Reader, bucket: number): void => {
    wasRead[bucket] = 1
    for (const kept of readRequests(reader, bucket)) {
      for (let at = 0; at < kept.length; at += REQUEST_WIDTH) {
        filter.add(kept[at] ?? 0, kept[at + 1] ?? 0)
      }
    }
  }
  const listAll = (reader: Reader, bucket: number): Uint32Array[] => [
    ...readRequests(reader, bucket),
    ...waiting.map(({ requests, starts }) => requests.subarray(starts[bucket], starts[bucket + 1])),
  ]
  return {
    // Thousands of views for each batch, one for each bucket, would take longer than the work: the loops count positions.
    admit(reader, { count, requests }) {
      const isNew = new Uint8Array(count).fill(1)
      const { order, starts } = byBucket(requests, count)
      const used = spare.pop()
      const added =
        used !== undefined && used.requests.length >= count * REQUEST_WIDTH
          ? used
          : { requests: new Uint32Array(count * REQUEST_WIDTH), starts: new Uint32Array(BUCKETS + 1) }
      let end = 0
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        added.starts[bucket] = end
        const [first, last] = [starts[bucket] ?? 0, starts[bucket + 1] ?? 0]
        if (first === last) continue
        if (wasRead[bucket] === 0) learn(reader, bucket)
        let isSure = true
        for (let n = first; n < last; n += 1) {
          const at = (order[n] ?? 0) * REQUEST_WIDTH
          if (filter.add(requests[at] ?? 0, requests[at + 1] ?? 0)) isSure = false
        }
        if (!isSure) known.begin(listAll(reader, bucket), last - first)
        for (let n = first; n < last; n += 1) {
          const record = order[n] ?? 0
          const at = record * REQUEST_WIDTH
          const [a, b, c] = [requests[at] ?? 0, requests[at + 1] ?? 0, requests[at + 2] ?? 0]
          if (!isSure && !known.add(a, b, c)) {
            isNew[record] = 0
            continue
          }
          added.requests[end] = a
          added.requests[end + 1] = b
          added.requests[end + 2] = c
          end += REQUEST_WIDTH
        }
      }
      added.starts[BUCKETS] = end
      waiting.push(added)
      size += end / REQUEST_WIDTH
      return isNew
    },
    isFull: () => size >= MOST_WAITING,
    write(writer, part) {
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        const piece = joinBucket(waiting, bucket)
        if (piece.length > 0) addPiece(writer, part, bucket, piece)
      }
      ;[waiting, spare, size] = [[], waiting, 0]
    },
    end() {
      filter.end()
      for (const { requests } of spare) releaseMemory(requests)
      spare = []
    },
  }
}

function joinBucket(waiting: readonly Waiting[], bucket: number): Uint32Array {
  let length = 0
  for (const { starts } of waiting) length += (starts[bucket + 1] ?? 0) - (starts[bucket] ?? 0)
  const all = new Uint32Array(length)
  let end = 0
  for (const { requests, starts } of waiting) {
    const last = starts[bucket + 1] ?? 0
    for (let at = starts[bucket] ?? 0; at < last; at += 1) {
      all[end] = requests[at] ?? 0
      end += 1
    }
  }
  return all
}

/** The positions of requests by bucket, in their original order, and where each bucket begins. */
function byBucket(requests: Uint32Array, count: number): { readonly order: Uint32Array; readonly starts: Uint32Array } {
  const starts = new Uint32Array(BUCKETS + 1)
  const bucket = (n: number): number => computeBucket(requests[n * REQUEST_WIDTH] ?? 0)
  for (let n = 0; n < count; n += 1) starts[bucket(n) + 1] = (starts[bucket(n) + 1] ?? 0) + 1
  for (let n = 0; n < BUCKETS; n += 1) starts[n + 1] = (starts[n + 1] ?? 0) + (starts[n] ?? 0)
  const next = starts.slice()
  const order = new Uint32Array(count)
  for (let n = 0; n < count; n += 1) {
    const place = next[bucket(n)] ?? 0
    order[place] = n
    next[bucket(n)] = place + 1
  }
  return { order, starts }
}

/** Begins a part of an import; `at` is in milliseconds. Returns its id. */
export function beginPart(writer: Writer, importId: number, at: number): number {
  return writer.run(
    `INSERT INTO usage_part (client_id, file, begun_at, import_id) SELECT client_id, file, :at, id FROM usage_import WHERE id = :import`,
    { at, import: importId },
  ).lastId
}

export function countPart(writer: Writer, part: number, at: number): void {
  writer.run('UPDATE usage_part SET counted_at = ? WHERE id = ?', [at, part])
}

/** Deletes the requests of parts that were never counted, as after a killed process, so that they can be read again. */
export function forgetUncounted(writer: Writer): void {
  const parts = writer.column<number>('SELECT id FROM usage_part WHERE counted_at IS NULL')
  for (const part of parts) writer.run('DELETE FROM usage_request_piece WHERE part = ?', [part])
  writer.run('DELETE FROM usage_part WHERE counted_at IS NULL')
  forgetEmptyImports(writer)
}
