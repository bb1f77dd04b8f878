export type Cell = string | number | bigint | Buffer | null

/** The pages of a register, decrypted. A damaged page has wrong bytes, so that all keys are to be read again by SQLite. */
export interface PageImage {
  readonly bytes: Buffer
  readonly pageSize: number
  /** Bytes of a page without those at its end that the cipher uses. */
  readonly usable: number
}

export function toPageImage(bytes: Buffer): PageImage {
  const pageSize = bytes.readUInt16BE(16)
  return { bytes, pageSize, usable: pageSize - bytes.readUInt8(20) }
}

/** The kinds of a tree's pages, by their first byte: inner pages lead to others, leaves have rows only. */
const KINDS: ReadonlyMap<number | undefined, { readonly isInner: boolean; readonly isNumbered: boolean }> = new Map([
  [2, { isInner: true, isNumbered: false }],
  [5, { isInner: true, isNumbered: true }],
  [10, { isInner: false, isNumbered: false }],
  [13, { isInner: false, isNumbered: true }],
])

/**
 * Lists the keys of a table's rows, in the form of https://sqlite.org/fileformat2.html: the row number, or the first `size`
 * values of a row where a table has none. Every page is read by its own number, so that a damaged leaf hides no other.
 */
export function* listRowKeys(
  image: PageImage,
  root: number,
  size: number,
  seen: Set<number> = new Set(),
): IterableIterator<readonly Cell[]> {
  const page = getPage(image, root)
  const kind = KINDS.get(page[0])
  if (seen.has(root) || kind === undefined) return
  seen.add(root)
  const start = kind.isInner ? 12 : 8
  const count = page.readUInt16BE(3)
  for (let cell = 0; cell < count; cell += 1) {
    const at = readSafely(() => page.readUInt16BE(start + 2 * cell)) ?? page.length
    if (kind.isInner) yield* listRowKeys(image, readSafely(() => page.readUInt32BE(at)) ?? 0, size, seen)
    const key = readSafely(() => readKey(image, page, kind, at, size))
    if (key !== null) yield key
  }
  if (kind.isInner) yield* listRowKeys(image, page.readUInt32BE(8), size, seen)
}

/** The bytes of a page; none for a number that no page has. */
function getPage({ bytes, pageSize, usable }: PageImage, page: number): Buffer {
  return page < 1 ? bytes.subarray(0, 0) : bytes.subarray((page - 1) * pageSize, (page - 1) * pageSize + usable)
}

/** Null where a damaged page leads behind its own end. */
function readSafely<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The key in a cell; null in a cell that only leads to another page. */
function readKey(
  image: PageImage,
  page: Buffer,
  { isInner, isNumbered }: { readonly isInner: boolean; readonly isNumbered: boolean },
  at: number,
  size: number,
): readonly Cell[] | null {
  if (isNumbered && isInner) return null
  const length = readVarint(page, isInner ? at + 4 : at)
  return isNumbered ? [readVarint(page, length.end).value] : readValues(readRow(image, page, length), size)
}

interface Varint {
  readonly value: bigint
  /** The place behind it. */
  readonly end: number
}

function readVarint(bytes: Buffer, at: number): Varint {
  let value = 0n
  for (let n = 0; n < 8; n += 1) {
    const byte = bytes.readUInt8(at + n)
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) return { value, end: at + n + 1 }
  }
  return { value: BigInt.asIntN(64, (value << 8n) | BigInt(bytes.readUInt8(at + 8))), end: at + 9 }
}

/** The bytes of a row in a tree without row numbers, with those on the pages on which it goes on. */
function readRow(image: PageImage, page: Buffer, { value, end }: Varint): Buffer {
  const length = Number(value)
  if (length < 0 || length > image.bytes.length) throw new RangeError('No row is as long as this.')
  const { usable } = image
  const most = Math.floor(((usable - 12) * 64) / 255) - 23
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const rest = least + ((length - least) % (usable - 4))
  if (length <= most) return page.subarray(end, end + length)
  const here = rest <= most ? rest : least
  const parts = [page.subarray(end, end + here)]
  let next = page.readUInt32BE(end + here)
  for (let read = here; read < length; read += usable - 4) {
    const more = getPage(image, next)
    next = more.readUInt32BE(0)
    parts.push(more.subarray(4))
  }
  return Buffer.concat(parts).subarray(0, length)
}

/** The first values of a row. */
function readValues(row: Buffer, size: number): readonly Cell[] {
  const header = readVarint(row, 0)
  let [type, value] = [header.end, Number(header.value)]
  return Array.from({ length: size }, () => {
    const code = readVarint(row, type)
    const { cell, end } = readValue(row, Number(code.value), value)
    type = code.end
    value = end
    return cell
  })
}

/** Bytes of a whole number, by the code of its type. */
const WIDTHS = [0, 1, 2, 3, 4, 6]

function readValue(row: Buffer, code: number, at: number): { readonly cell: Cell; readonly end: number } {
  const width = WIDTHS[code]
  if (code === 0) return { cell: null, end: at }
  if (width !== undefined) return { cell: BigInt(row.readIntBE(at, width)), end: at + width }
  if (code === 6) return { cell: row.readBigInt64BE(at), end: at + 8 }
  if (code === 7) return { cell: row.readDoubleBE(at), end: at + 8 }
  if (code === 8 || code === 9) return { cell: BigInt(code - 8), end: at }
  const end = at + Math.floor((code - 12) / 2)
  if (code < 12 || end > row.length) throw new RangeError('No value is of this type.')
  return { cell: code % 2 === 0 ? row.subarray(at, end) : row.toString('utf8', at, end), end }
}
