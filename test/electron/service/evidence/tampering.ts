import * as fc from 'fast-check'

export const TAMPERINGS = ['flip', 'delete', 'swap', 'insert', 'truncate'] as const

export interface Tampering {
  readonly kind: (typeof TAMPERINGS)[number]
  /** Which byte, or which row; modulo their number. */
  readonly at: number
  readonly other: number
  /** Exclusive-or'ed to a byte. */
  readonly mask: number
}

export const someTampering: fc.Arbitrary<Tampering> = fc.record({
  kind: fc.constantFrom(...TAMPERINGS),
  at: fc.nat(),
  other: fc.nat(),
  mask: fc.integer({ min: 1, max: 255 }),
})

export interface Tampered {
  readonly bytes: Buffer
  /** Rows (from 1), each of which has to be named. A row among equal ones may be named instead of another of them. */
  readonly rows: readonly number[]
}

type Lines = readonly Buffer[]

const DO: Readonly<Record<Tampering['kind'], (bytes: Buffer, lines: Lines, how: Tampering) => Tampered>> = {
  flip: (bytes, lines, { at, mask }) => {
    const place = at % bytes.length
    const changed = Buffer.from(bytes)
    changed[place] = (bytes[place] ?? 0) ^ mask
    return { bytes: changed, rows: [rowAt(lines, place)] }
  },
  delete: (_, lines, { at }) => {
    const row = at % lines.length
    return { bytes: Buffer.concat(lines.toSpliced(row, 1)), rows: [row + 1] }
  },
  swap: (_, lines, { at, other }) => {
    const [row, again] = [at % lines.length, other % lines.length]
    const [a = NOTHING, b = NOTHING] = [lines[row], lines[again]]
    return { bytes: Buffer.concat(lines.with(row, b).with(again, a)), rows: [row + 1, again + 1] }
  },
  insert: (_, lines, { at, other }) => {
    const row = at % lines.length
    const copy = lines[other % lines.length] ?? NOTHING
    return { bytes: Buffer.concat(lines.toSpliced(row, 0, copy)), rows: [row + 1] }
  },
  truncate: (bytes, lines, { at }) => {
    const place = at % bytes.length
    return { bytes: bytes.subarray(0, place), rows: [rowAt(lines, place)] }
  },
}

const NOTHING = Buffer.alloc(0)

/** Applies it to a file of lines; null where nothing would change. */
export function tamper(bytes: Buffer, how: Tampering): Tampered | null {
  const result = DO[how.kind](bytes, toLines(bytes), how)
  return result.bytes.equals(bytes) ? null : result
}

/** Lines with their line feeds. */
export function toLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  let from = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, at + 1))
    from = at + 1
  }
  if (from < bytes.length) lines.push(bytes.subarray(from))
  return lines
}

function rowAt(lines: readonly Buffer[], place: number): number {
  let end = 0
  return lines.findIndex((line) => (end += line.length) > place) + 1
}

/** Whether a row was named, directly or by an equal row in one unbroken run with it. */
export function isNamed(row: number, named: ReadonlySet<number>, bytes: Buffer): boolean {
  const lines = toLines(bytes)
  const isSame = (other: number): boolean => lines[other - 1]?.equals(lines[row - 1] ?? NOTHING) === true
  let first = row
  while (isSame(first - 1)) first -= 1
  for (let other = first; other === row || isSame(other); other += 1) if (named.has(other)) return true
  return false
}
