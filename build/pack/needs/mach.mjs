import { readText } from './text.mjs'

const HEADER = 32
const BUILD_VERSION = 0x32
const VERSION_MIN_MACOS = 0x24
/** Libraries that are loaded with the program; one that may be missing is none of them. */
const LOADS = new Set([0xc, 0x8000001f])

/**
 * Reads the needs of a 64-bit Mach-O file for one processor (Apple, mach-o/loader.h): the libraries, and the lowest macOS, null where it
 * names none.
 * @param {Buffer} bytes
 * @returns {{ libraries: string[], minimum: string | null }}
 */
export function readMachNeeds(bytes) {
  const libraries = []
  let minimum = null
  let at = HEADER
  for (let left = bytes.readUInt32LE(16); left > 0; left -= 1) {
    const [command, size] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)]
    if (command === BUILD_VERSION) minimum = toVersion(bytes.readUInt32LE(at + 12))
    if (command === VERSION_MIN_MACOS) minimum = toVersion(bytes.readUInt32LE(at + 8))
    if (LOADS.has(command)) libraries.push(readText(bytes, at + bytes.readUInt32LE(at + 8)))
    at += size
  }
  return { libraries, minimum }
}

/** Sixteen bits of the first number, eight of each further one. */
function toVersion(packed) {
  const [major, minor, patch] = [packed >>> 16, (packed >>> 8) & 0xff, packed & 0xff]
  return patch === 0 ? `${major}.${minor}` : `${major}.${minor}.${patch}`
}
