import { compareNumbers, readText } from './text.mjs'

const PROGRAM_HEADERS = { place: 32, size: 54, count: 56 }
const SEGMENT = { load: 1, dynamic: 2 }
const TAG = { needed: 1, strings: 5, versions: 0x6ffffffe, versionCount: 0x6fffffff }
/** A version that the loader only warns about. */
const WEAK = 2

/**
 * Reads the needs of a 64-bit ELF file (gABI 4.1; Linux Standard Base, symbol versioning): the libraries, and of each set of versioned
 * symbols the highest version, such as `GLIBC` 2.34.
 * @param {Buffer} bytes
 * @returns {{ libraries: string[], versions: Record<string, string> }}
 */
export function readElfNeeds(bytes) {
  const segments = listSegments(bytes)
  const entries = listDynamic(
    bytes,
    segments.find(({ type }) => type === SEGMENT.dynamic),
  )
  const place = (address) => toPlace(segments, address)
  const get = (tag) => entries.find((entry) => entry.tag === tag)?.value
  const strings = get(TAG.strings)
  if (strings === undefined) return { libraries: [], versions: {} }
  const text = (at) => readText(bytes, place(strings) + at)
  const libraries = entries.filter(({ tag }) => tag === TAG.needed).map(({ value }) => text(value))
  const versions = get(TAG.versions)
  const names = versions === undefined ? [] : listVersions(bytes, place(versions), get(TAG.versionCount) ?? 0).map(text)
  return { libraries, versions: findHighest(names) }
}

function listSegments(bytes) {
  const at = Number(bytes.readBigUInt64LE(PROGRAM_HEADERS.place))
  const size = bytes.readUInt16LE(PROGRAM_HEADERS.size)
  return Array.from({ length: bytes.readUInt16LE(PROGRAM_HEADERS.count) }, (_, index) => {
    const header = bytes.subarray(at + index * size, at + (index + 1) * size)
    const [place, address, , length] = [8, 16, 24, 32].map((field) => Number(header.readBigUInt64LE(field)))
    return { type: header.readUInt32LE(0), place, address, length }
  })
}

function listDynamic(bytes, segment) {
  if (segment === undefined) return []
  const entries = []
  for (let at = segment.place; at < segment.place + segment.length; at += 16) {
    const tag = Number(bytes.readBigUInt64LE(at))
    if (tag === 0) break
    entries.push({ tag, value: Number(bytes.readBigUInt64LE(at + 8)) })
  }
  return entries
}

/** The names of the versions, by their places in the table of strings. */
function listVersions(bytes, start, count) {
  const names = []
  let library = start
  for (let index = 0; index < count; index += 1) {
    let version = library + bytes.readUInt32LE(library + 8)
    for (let left = bytes.readUInt16LE(library + 2); left > 0; left -= 1) {
      if ((bytes.readUInt16LE(version + 4) & WEAK) === 0) names.push(bytes.readUInt32LE(version + 8))
      version += bytes.readUInt32LE(version + 12)
    }
    library += bytes.readUInt32LE(library + 12)
  }
  return names
}

function findHighest(names) {
  const highest = {}
  for (const name of names) {
    const [, set, version] = /^(\w+?)_(\d+(?:\.\d+)*)$/u.exec(name) ?? []
    if (set === undefined) continue
    if (highest[set] === undefined || compareNumbers(version, highest[set]) > 0) highest[set] = version
  }
  return highest
}

function toPlace(segments, address) {
  const segment = segments.find(
    (each) => each.type === SEGMENT.load && address >= each.address && address < each.address + each.length,
  )
  if (segment === undefined) throw new Error('The ELF file names an address that none of its segments has.')
  return address - segment.address + segment.place
}
