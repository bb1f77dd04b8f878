import type { Reader, Writer } from '../handles.ts'

/** Requests are kept in buckets by the first bits of their first number: what is looked up together lies together. */
const BUCKET_BITS = 12
export const BUCKETS = 2 ** BUCKET_BITS

/** The bucket of a request by the first of its numbers (32 bits). */
export function bucketOf(first: number): number {
  return first >>> (32 - BUCKET_BITS)
}

/** Pieces of a bucket that are then made one, so that many small imports do not leave many small pieces. */
const MOST_PIECES = 16

interface Piece {
  readonly run: number
  readonly part: number
  readonly requests: Uint8Array
}

/** What the register keeps of a bucket. */
export function requestsOf(reader: Reader, bucket: number): Uint32Array[] {
  return piecesOf(reader, bucket).map(({ requests }) => numbersOf(requests))
}

/** The bytes of a piece may lie anywhere; numbers have to be aligned. Kept with the lowest byte first, as all our machines do. */
function numbersOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer)
}

function piecesOf(reader: Reader, bucket: number): readonly Piece[] {
  return reader.all<Piece>('SELECT run, part, requests FROM usage_request_piece WHERE bucket = ? ORDER BY run', [
    bucket,
  ])
}

/** Adds requests to a bucket; they are new, and a part of an import brought them. */
export function addPiece(writer: Writer, part: number, bucket: number, requests: Uint32Array): void {
  const held = writer.get<{ readonly pieces: number; readonly last: number | null }>(
    'SELECT count(*) AS pieces, max(run) AS last FROM usage_request_piece WHERE bucket = ?',
    [bucket],
  )
  if ((held?.pieces ?? 0) >= MOST_PIECES) joinPieces(writer, bucket, part)
  const { buffer, byteOffset, byteLength } = requests
  insertPiece(writer, bucket, (held?.last ?? 0) + 1, part, new Uint8Array(buffer, byteOffset, byteLength))
}

function insertPiece(writer: Writer, bucket: number, run: number, part: number, requests: Uint8Array): void {
  writer.run('INSERT INTO usage_request_piece (bucket, run, part, requests) VALUES (?, ?, ?, ?)', [
    bucket,
    run,
    part,
    requests,
  ])
}

/** Makes one piece of those of a bucket that are counted; the part that is being read may yet be forgotten. */
function joinPieces(writer: Writer, bucket: number, part: number): void {
  const counted = piecesOf(writer, bucket).filter((piece) => piece.part !== part)
  const [first] = counted
  if (first === undefined) return
  for (const { run } of counted) {
    writer.run('DELETE FROM usage_request_piece WHERE bucket = ? AND run = ?', [bucket, run])
  }
  insertPiece(writer, bucket, first.run, first.part, Buffer.concat(counted.map(({ requests }) => requests)))
}
