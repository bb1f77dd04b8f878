import { MOST_BLOB_BYTES, type StoredBlob } from './blob.ts'
import { toHex } from './hex.ts'
import type { TeamLog } from './log.ts'

const ASKED_TOGETHER = 500

/** Stores blobs of a stream, as many in one statement as it may have. Throws `TeamLogError`. */
export async function storeBlobs(log: TeamLog, stream: string, blobs: readonly StoredBlob[]): Promise<void> {
  let together: StoredBlob[] = []
  let bytes = 0
  for (const blob of blobs) {
    if (bytes + blob.sealed.length > MOST_BLOB_BYTES) {
      await log.putBlobs(stream, together)
      together = []
      bytes = 0
    }
    together.push(blob)
    bytes += blob.sealed.length
  }
  if (together.length > 0) await log.putBlobs(stream, together)
}

/**
 * The blobs of these addresses that the server has, in their order, as they come: never more in memory than one answer. An
 * answer that was not asked for ends the list. Throws `TeamLogError`.
 */
export async function* fetchBlobs(
  log: TeamLog,
  stream: string,
  addresses: readonly Uint8Array[],
): AsyncGenerator<StoredBlob> {
  for (let at = 0; at < addresses.length;) {
    const asked = addresses.slice(at, at + ASKED_TOGETHER)
    const found = await log.getBlobs(stream, asked)
    const last = found.at(-1)
    // What comes after the last one may have been too much for one answer; if there is none, the server has none of these.
    const passed = last === undefined ? asked.length - 1 : findPlace(asked, last.address)
    if (passed === -1) return
    yield* found
    at += passed + 1
  }
}

function findPlace(addresses: readonly Uint8Array[], address: Uint8Array): number {
  const hex = toHex(address)
  return addresses.findLastIndex((other) => toHex(other) === hex)
}
