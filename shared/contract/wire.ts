import type { StandardRPCCustomJsonSerializer } from '@orpc/client/standard'

/**
 * How the bytes of a file are sent in a message: as base64, since messages are text. Both ends of a port take it as
 * `customJsonSerializers`. The library reserves the numbers of types below 20.
 */
export const wireSerializers: readonly StandardRPCCustomJsonSerializer[] = [
  {
    type: 20,
    condition: (data) => data instanceof Uint8Array,
    serialize: (data: Uint8Array) => toBase64(data),
    deserialize: (text: unknown) => {
      if (typeof text !== 'string') throw new TypeError('Bytes must be base64 text.')
      return fromBase64(text)
    },
  },
]

/** Both hosts have these two; the compiler options of this layer include neither host. */
const host = globalThis as unknown as { btoa(binary: string): string; atob(base64: string): string }

/** Bytes per call: arguments of one function call are limited. */
const CHUNK = 0x80_00

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)))
  }
  return host.btoa(parts.join(''))
}

function fromBase64(text: string): Uint8Array {
  const binary = host.atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}
