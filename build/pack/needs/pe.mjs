import { readText } from './text.mjs'

/** The data directories of imports, by their places, and the sizes and fields of their entries. */
const IMPORTS = { directory: 1, size: 20, name: 12 }
const DELAYED = { directory: 13, size: 32, name: 4 }

/**
 * The libraries that a Windows file needs (Microsoft, PE format): those that are loaded with it, and those that are loaded when one
 * of their functions is first called. Their names are in small letters.
 * @param {Buffer} bytes
 * @returns {{ libraries: string[], delayed: string[] }}
 */
export function readPeNeeds(bytes) {
  const header = bytes.readUInt32LE(60)
  const optional = header + 24
  const isWide = bytes.readUInt16LE(optional) === 0x20b
  const directories = optional + (isWide ? 112 : 96)
  const sections = listSections(bytes, header, optional + bytes.readUInt16LE(header + 20))
  const count = bytes.readUInt32LE(directories - 4)
  const list = ({ directory, size, name }) =>
    directory < count ? listNames(bytes, sections, bytes.readUInt32LE(directories + 8 * directory), size, name) : []
  return { libraries: list(IMPORTS), delayed: list(DELAYED) }
}

function listSections(bytes, header, start) {
  return Array.from({ length: bytes.readUInt16LE(header + 6) }, (_, index) => {
    const [size, address, length, place] = [8, 12, 16, 20].map((field) =>
      bytes.readUInt32LE(start + 40 * index + field),
    )
    return { address, length: Math.max(size, length), place }
  })
}

function listNames(bytes, sections, address, size, name) {
  if (address === 0) return []
  const names = []
  for (let at = toPlace(sections, address); bytes.readUInt32LE(at + name) !== 0; at += size) {
    names.push(readText(bytes, toPlace(sections, bytes.readUInt32LE(at + name))).toLowerCase())
  }
  return [...new Set(names)]
}

function toPlace(sections, address) {
  const section = sections.find((each) => address >= each.address && address < each.address + each.length)
  if (section === undefined) throw new Error('The Windows file names an address that none of its sections has.')
  return address - section.address + section.place
}
