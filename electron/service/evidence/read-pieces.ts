import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

const PIECE = 1 << 20

/**
 * The bytes of a plain file, piece by piece, and of no link and no pipe; the next piece is read while the one before it is processed, which
 * the next one overwrites. A small file, of `size` bytes, is one piece. Throws the system's error.
 */
export async function* readPieces(path: string, size: number): AsyncGenerator<Uint8Array> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  const file = await open(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0))
  try {
    const piece = Math.min(PIECE, size + 1)
    let [now, next] = [Buffer.allocUnsafe(piece), Buffer.allocUnsafe(piece)]
    let length = (await file.read(now, 0, piece, null)).bytesRead
    while (length > 0) {
      const reading = file.read(next, 0, piece, null)
      try {
        yield now.subarray(0, length)
      } finally {
        length = (await reading).bytesRead
      }
      ;[now, next] = [next, now]
    }
  } finally {
    await file.close()
  }
}
