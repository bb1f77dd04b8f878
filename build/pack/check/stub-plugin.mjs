/** Addresses in memory of the one section, and of the library. */
const SECTION = 4096
const BASE = 0x10000000

/**
 * A library for 32-bit Windows that exports functions which do nothing (Microsoft, PE format: the export directory). NSIS reads
 * only which functions there are.
 */
export function stubPlugin(name, functions) {
  const exported = [...functions].toSorted((a, b) => (a < b ? -1 : 1))
  const count = exported.length
  const addresses = 40
  const names = addresses + 4 * count
  const ordinals = names + 4 * count
  const texts = ordinals + 2 * count
  const strings = Buffer.from([`${name}.dll`, ...exported].map((text) => `${text}\0`).join(''))
  const code = texts + strings.length
  const section = Buffer.alloc(Math.ceil((code + 3) / 512) * 512)
  strings.copy(section, texts)
  // `ret`, the whole of each function.
  section.writeUInt8(0xc3, code)
  const directory = [
    0,
    0,
    0,
    SECTION + texts,
    1,
    count,
    count,
    SECTION + addresses,
    SECTION + names,
    SECTION + ordinals,
  ]
  for (const [at, value] of directory.entries()) section.writeUInt32LE(value, 4 * at)
  let text = texts + name.length + 5
  for (const [at, each] of exported.entries()) {
    section.writeUInt32LE(SECTION + code, addresses + 4 * at)
    section.writeUInt32LE(SECTION + text, names + 4 * at)
    section.writeUInt16LE(at, ordinals + 2 * at)
    text += each.length + 1
  }
  return Buffer.concat([header(section.length, texts + strings.length), section])
}

function header(length, exportsSize) {
  const bytes = Buffer.alloc(1024)
  bytes.write('MZ')
  bytes.writeUInt32LE(64, 60)
  bytes.write('PE', 64)
  bytes.writeUInt16LE(0x14c, 68)
  bytes.writeUInt16LE(1, 70)
  bytes.writeUInt16LE(224, 84)
  bytes.writeUInt16LE(0x2102, 86)
  const optional = 88
  bytes.writeUInt16LE(0x10b, optional)
  bytes.writeUInt32LE(length, optional + 4)
  bytes.writeUInt32LE(BASE, optional + 28)
  bytes.writeUInt32LE(4096, optional + 32)
  bytes.writeUInt32LE(512, optional + 36)
  bytes.writeUInt16LE(4, optional + 48)
  bytes.writeUInt32LE(SECTION + Math.ceil(length / 4096) * 4096, optional + 56)
  bytes.writeUInt32LE(bytes.length, optional + 60)
  bytes.writeUInt16LE(2, optional + 68)
  bytes.writeUInt32LE(16, optional + 92)
  bytes.writeUInt32LE(SECTION, optional + 96)
  bytes.writeUInt32LE(exportsSize, optional + 100)
  const entry = optional + 224
  bytes.write('.text', entry)
  for (const [at, value] of [length, SECTION, length, bytes.length].entries())
    bytes.writeUInt32LE(value, entry + 8 + 4 * at)
  bytes.writeUInt32LE(0x60000020, entry + 36)
  return bytes
}
