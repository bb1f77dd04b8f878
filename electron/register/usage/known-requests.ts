import type { Reader, Writer } from '../db/handles.ts'

/** 32-bit numbers that identify one request; they are evenly distributed. */
export const REQUEST_WIDTH = 3

/** A set of requests to look others up in. It is created once and cleared for each set, since its arrays are reused. */
export interface RequestSet {
  /** Clears the set, adds the stored requests, and reserves room for more. */
  begin(kept: readonly Uint32Array[], more: number): void
  /** True if a request is new; it is then added to the set. */
  add(a: number, b: number, c: number): boolean
}

/** An empty set of requests by their numbers; it grows in place. */
export function newKnownRequests(): RequestSet {
  let all = new Uint32Array(0)
  // Position in `all` plus one, at the slot given by the last number; 0 for an empty slot.
  let places = new Uint32Array(0)
  let [mask, size] = [0, 0]

  const add = (a: number, b: number, c: number): boolean => {
    let place = c & mask
    for (;;) {
      const at = (places[place] ?? 0) - 1
      if (at === -1) break
      if (all[at] === a && all[at + 1] === b && all[at + 2] === c) return false
      place = (place + 1) & mask
    }
    all[size] = a
    all[size + 1] = b
    all[size + 2] = c
    places[place] = size + 1
    size += REQUEST_WIDTH
    return true
  }
  return {
    add,
    begin(kept, more) {
      const needed = kept.reduce((sum, { length }) => sum + length, more * REQUEST_WIDTH)
      if (needed > all.length) all = new Uint32Array(needed * 2)
      // At most half full, so that a search probes few neighbours.
      const room = 2 ** Math.ceil(Math.log2((needed / REQUEST_WIDTH) * 2 + 1))
      if (room > places.length) places = new Uint32Array(room)
      else places.fill(0, 0, room)
      mask = room - 1
      size = 0
      for (const requests of kept) {
        for (let at = 0; at < requests.length; at += REQUEST_WIDTH) {
          add(requests[at] ?? 0, requests[at + 1] ?? 0, requests[at + 2] ?? 0)
        }
      }
    },
  }
}

/**
 * Requests are kept in buckets by the first bits of their first number, so that requests looked up together are stored
 * together.
 */
const BUCKET_BITS = 12
export const BUCKETS = 2 ** BUCKET_BITS

/** The bucket of a request, by the first of its numbers (32 bits). */
export function computeBucket(first: number): number {
  return first >>> (32 - BUCKET_BITS)
}

/**
 * The number of pieces of a bucket at which they are joined, so that many small imports do not leave many small pieces.
 */
const MOST_PIECES = 16

interface Piece {
  readonly run: number
  readonly part: number
  readonly requests: Uint8Array
  /** For a piece that was joined from several; null: all requests belong to its part. */
  readonly parts: Uint8Array | null
}

export function readRequests(reader: Reader, bucket: number): Uint32Array[] {
  return listPieces(reader, bucket).map(({ requests }) => getNumbers(requests))
}

/**
 * The bytes of a piece may be unaligned, but numbers have to be aligned. Little-endian, as on all supported machines.
 */
function getNumbers(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer)
}

function listPieces(reader: Reader, bucket: number): readonly Piece[] {
  return reader.all<Piece>('SELECT run, part, requests, parts FROM usage_request_piece WHERE bucket = ? ORDER BY run', [
    bucket,
  ])
}

/** Adds new requests of a part of an import to a bucket. */
export function addPiece(writer: Writer, part: number, bucket: number, requests: Uint32Array): void {
  const held = writer.get<{ readonly pieces: number; readonly last: number | null }>(
    'SELECT count(*) AS pieces, max(run) AS last FROM usage_request_piece WHERE bucket = ?',
    [bucket],
  )
  if ((held?.pieces ?? 0) >= MOST_PIECES) joinPieces(writer, bucket, part)
  const { buffer, byteOffset, byteLength } = requests
  const run = (held?.last ?? 0) + 1
  insertPiece(writer, bucket, { run, part, requests: new Uint8Array(buffer, byteOffset, byteLength), parts: null })
}

function insertPiece(writer: Writer, bucket: number, { run, part, requests, parts }: Piece): void {
  writer.run('INSERT INTO usage_request_piece (bucket, run, part, requests, parts) VALUES (?, ?, ?, ?, ?)', [
    bucket,
    run,
    part,
    requests,
    parts,
  ])
}

function deletePiece(writer: Writer, bucket: number, run: number): void {
  writer.run('DELETE FROM usage_request_piece WHERE bucket = ? AND run = ?', [bucket, run])
}

const REQUEST_BYTES = REQUEST_WIDTH * 4

/** The requests of one part within a piece. */
interface Segment {
  readonly part: number
  readonly requests: Uint8Array
}

function splitSegments({ part, requests, parts }: Omit<Piece, 'run'>): readonly Segment[] {
  if (parts === null) return [{ part, requests }]
  const numbers = getNumbers(parts)
  let at = 0
  return Array.from({ length: numbers.length / 2 }, (_, n) => {
    const end = at + (numbers[n * 2 + 1] ?? 0) * REQUEST_BYTES
    const segment = { part: numbers[n * 2] ?? 0, requests: requests.subarray(at, end) }
    at = end
    return segment
  })
}

function insertSegments(writer: Writer, bucket: number, run: number, segments: readonly Segment[]): void {
  const [first] = segments
  if (first === undefined) return
  const numbers = Uint32Array.from(segments.flatMap(({ part, requests }) => [part, requests.length / REQUEST_BYTES]))
  insertPiece(writer, bucket, {
    run,
    part: first.part,
    requests: Buffer.concat(segments.map(({ requests }) => requests)),
    parts: segments.length === 1 ? null : new Uint8Array(numbers.buffer),
  })
}

/** Joins the counted pieces of a bucket; the part that is being read may still be discarded. */
function joinPieces(writer: Writer, bucket: number, part: number): void {
  const counted = listPieces(writer, bucket).filter((piece) => piece.part !== part)
  const [first] = counted
  if (first === undefined) return
  for (const { run } of counted) deletePiece(writer, bucket, run)
  insertSegments(writer, bucket, first.run, counted.flatMap(splitSegments))
}

/** Deletes the requests of parts, including those in joined pieces. */
export function removeRequests(writer: Writer, parts: ReadonlySet<number>): void {
  const pieces = writer.all<Pick<Piece, 'run' | 'part' | 'parts'> & { readonly bucket: number }>(
    'SELECT bucket, run, part, parts FROM usage_request_piece',
  )
  for (const { bucket, run, part, parts: joined } of pieces) {
    const isMeant =
      joined === null ? parts.has(part) : getNumbers(joined).some((each, n) => n % 2 === 0 && parts.has(each))
    if (!isMeant) continue
    const kept = listPieces(writer, bucket)
      .filter((piece) => piece.run === run)
      .flatMap(splitSegments)
      .filter((segment) => !parts.has(segment.part))
    deletePiece(writer, bucket, run)
    insertSegments(writer, bucket, run, kept)
  }
}
