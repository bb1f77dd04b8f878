import { hash } from 'node:crypto'

/**
 * The beginnings of the hashes of a file's lines: 8 of 32 bytes each, which is enough to find where two files differ, and
 * little enough to hold a million of them.
 */
export interface RowDigests {
  readonly count: number
  readonly at: (row: number) => bigint | undefined
}

export interface GrowingDigests extends RowDigests {
  readonly add: (digest: bigint) => void
}

export function newDigests(): GrowingDigests {
  let values = new BigUint64Array(256)
  let count = 0
  return {
    get count() {
      return count
    },
    at: (row) => (row < count ? values[row] : undefined),
    add: (digest) => {
      if (count === values.length) {
        const more = new BigUint64Array(count * 2)
        more.set(values)
        values = more
      }
      values[count] = digest
      count += 1
    },
  }
}

/** Of a line with its line feed. */
export function digestOf(line: Uint8Array | string): bigint {
  return hash('sha256', line, 'buffer').readBigUInt64BE(0)
}

/** The same, of a hash in hex. */
export function digestOfHex(hex: string): bigint {
  return BigInt(`0x${hex.slice(0, 16)}`)
}
