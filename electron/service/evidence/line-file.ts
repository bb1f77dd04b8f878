import { createHash, hash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

/** What was written into a file: its hash in hex, and the hash of each line (line feed included), 32 bytes each. */
export interface WrittenFile {
  readonly name: string
  readonly sha256: string
  readonly rows: number
  readonly rowHashes: Uint8Array
}

export interface LineFile {
  /** Appends a line; the text holds no line feed. */
  readonly line: (text: string) => void
  /** Flushes to the disk and closes. */
  readonly end: () => WrittenFile
  /** Closes what an error left open. */
  readonly drop: () => void
}

const WRITE_SIZE = 1 << 18

/** Begins a text file of lines, which must not exist yet. UTF-8, line feeds. */
export function newLineFile(path: string, name: string): LineFile {
  const file = openSync(path, 'wx', 0o600)
  const whole = createHash('sha256')
  let open = true
  let waiting = ''
  let rows = 0
  let hashes = new Uint8Array(1024 * 32)
  const flush = (): void => {
    const bytes = Buffer.from(waiting)
    waiting = ''
    whole.update(bytes)
    for (let done = 0; done < bytes.byteLength;) done += writeSync(file, bytes, done)
  }
  return {
    line: (text) => {
      const whole = `${text}\n`
      if (rows * 32 === hashes.length) {
        const more = new Uint8Array(hashes.length * 2)
        more.set(hashes)
        hashes = more
      }
      hashes.set(hash('sha256', whole, 'buffer'), rows * 32)
      rows += 1
      waiting += whole
      if (waiting.length >= WRITE_SIZE) flush()
    },
    end: () => {
      flush()
      fsyncSync(file)
      closeSync(file)
      open = false
      return { name, sha256: whole.digest('hex'), rows, rowHashes: hashes.subarray(0, rows * 32) }
    },
    drop: () => {
      if (open) closeSync(file)
      open = false
    },
  }
}
