import { closeSync, openSync, readSync } from 'node:fs'

/** The first bytes of a file hold what is asked here, but for the header of a Windows program, which an early field places. */
const HEAD = 4096

/** `e_machine` (ELF specification, gABI 4.1). */
const ELF = { 0x3e: 'x64', 0xb7: 'arm64', 0x03: 'ia32', 0x28: 'arm' }
/** `Machine` of the file header (Microsoft, PE format). */
const PE = { 0x8664: 'x64', 0xaa64: 'arm64', 0x014c: 'ia32' }
/** `cputype` (Apple, mach/machine.h). */
const MACH = { 0x01000007: 'x64', 0x0100000c: 'arm64' }

/**
 * The format and processor of a binary by its header, or null for a file of another kind. A processor that no package is
 * made for has its number as its name; a Mach-O file for several processors is `universal`.
 * @param {Uint8Array} bytes the beginning of the file
 * @returns {{ platform: 'linux' | 'darwin' | 'win32', arch: string } | null}
 */
export function readBinary(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 24) return null
  const magic = view.getUint32(0)
  if (magic === 0x7f454c46) {
    const machine = view.getUint16(18, bytes[5] === 1)
    return { platform: 'linux', arch: ELF[machine] ?? String(machine) }
  }
  if (magic === 0xcffaedfe) {
    const cpu = view.getUint32(4, true)
    return { platform: 'darwin', arch: MACH[cpu] ?? String(cpu) }
  }
  // Class files of Java begin alike; their next field is a version above 40, and no binary has as many processors.
  if (magic === 0xcafebabe && view.getUint32(4) < 40) return { platform: 'darwin', arch: 'universal' }
  if (view.getUint16(0) !== 0x4d5a || bytes.length < 64) return null
  const at = view.getUint32(60, true)
  if (at + 6 > bytes.length || view.getUint32(at) !== 0x50450000) return null
  const machine = view.getUint16(at + 4, true)
  return { platform: 'win32', arch: PE[machine] ?? String(machine) }
}

/** As `readBinary`, of a file. */
export function readBinaryFile(path) {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(HEAD)
    return readBinary(bytes.subarray(0, readSync(file, bytes, 0, HEAD, 0)))
  } finally {
    closeSync(file)
  }
}
