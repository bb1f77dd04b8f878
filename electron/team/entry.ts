import type { Entry } from '../../shared/team/entry.ts'

/** The bytes that the formats of a team have, and how long they may be. docs/team-protocol.md describes each. */
export const HASH_BYTES = 32
export const SIGNATURE_BYTES = 64
export const KEY_BYTES = 32
/** One entry is at most this long when sealed; the server refuses longer ones. */
export const MOST_SEALED_BYTES = 1_048_576

/** What one answer or one statement has of sealed bytes, except for a single entry: otherwise a slow line never ends one. */
export const MOST_TOGETHER_BYTES = 4 * MOST_SEALED_BYTES

/** The entries up to the one with which they are too much for one statement; the first always. */
export function takeTogether<T extends Pick<Entry, 'sealed'>>(entries: Iterable<T>): readonly T[] {
  const together: T[] = []
  let bytes = 0
  for (const entry of entries) {
    bytes += entry.sealed.length
    if (together.length > 0 && bytes > MOST_TOGETHER_BYTES) break
    together.push(entry)
  }
  return together
}

/** The fields that are bytes. */
export const BYTE_FIELDS = ['opHash', 'signature', 'sealed'] as const

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u
const COUNTS_32 = ['generation', 'opset'] as const
const COUNTS_53 = ['seq', 'deviceSeq', 'teamSeq'] as const

/** Whether every field has the type and size of an entry, which a hostile server does not guarantee. */
export function isEntry(value: Entry): boolean {
  return (
    typeof (value as unknown) === 'object' &&
    (value as Entry | null) !== null &&
    [value.stream, value.op, value.device].every(isUuid) &&
    COUNTS_53.every((name) => isCount(value[name], Number.MAX_SAFE_INTEGER)) &&
    COUNTS_32.every((name) => isCount(value[name], 0xffff_ffff)) &&
    hasBytes(value.opHash, HASH_BYTES, HASH_BYTES) &&
    hasBytes(value.signature, SIGNATURE_BYTES, SIGNATURE_BYTES) &&
    hasBytes(value.sealed, 0, MOST_SEALED_BYTES)
  )
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

export function isCount(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
}

function hasBytes(value: unknown, least: number, most: number): boolean {
  return value instanceof Uint8Array && value.length >= least && value.length <= most
}

const NAMED = ['stream', 'seq', 'op', 'device', 'deviceSeq', 'generation', 'opset', 'teamSeq'] as const

/** Whether all fields of two entries are the same, the signed and the sealed ones. */
export function isSameEntry(a: Entry, b: Entry): boolean {
  return NAMED.every((name) => a[name] === b[name]) && BYTE_FIELDS.every((name) => isSameBytes(a[name], b[name]))
}

/** A hostile server may have none. */
function isSameBytes(a: Uint8Array, b: Uint8Array | null): boolean {
  return b !== null && a.length === b.length && a.every((byte, index) => byte === b[index])
}
