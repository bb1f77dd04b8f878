import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { assert, property, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { readBinary, readBinaryFile } from '../../../build/pack/binary.mjs'

const prebuilds = resolve(import.meta.dirname, '../../../node_modules/better-sqlite3/prebuilds')

describe('the header of a binary', () => {
  it.each(readdirSync(prebuilds))('of %s names the system and processor that its authors name it by', (file) => {
    const [platform = '', arch] = file.replace('.node', '').split('-')
    expect(readBinaryFile(join(prebuilds, file))).toEqual({ platform: platform.replace('musl', ''), arch })
  })

  it('of the Node that runs this is for this machine', () => {
    expect(readBinaryFile(process.execPath)).toEqual({ platform: process.platform, arch: process.arch })
  })

  it('names processors that no package is made for, and a file for several, so that they are not taken for a known one', () => {
    const riscv = Buffer.from(readFileSync(join(prebuilds, 'linux-x64.node')).subarray(0, 64))
    riscv.writeUInt16LE(243, 18)
    expect(readBinary(riscv)).toEqual({ platform: 'linux', arch: '243' })
    const universal = Buffer.alloc(64)
    universal.writeUInt32BE(0xcafebabe, 0)
    universal.writeUInt32BE(2, 4)
    expect(readBinary(universal)).toEqual({ platform: 'darwin', arch: 'universal' })
    // A class of Java 21.
    universal.writeUInt32BE(65, 4)
    expect(readBinary(universal)).toBeNull()
  })

  it('is not read from text, from a file that ends early or from any other bytes', () => {
    const bytes = readFileSync(join(prebuilds, 'win32-x64.node'))
    expect(readBinary(bytes.subarray(0, 100))).toBeNull()
    expect(
      readBinary(Buffer.from('MZ is how this text begins, and it is long enough to have a field there.')),
    ).toBeNull()
    assert(
      property(uint8Array({ maxLength: 200 }), (random) => {
        const found = readBinary(random)
        expect(found === null || typeof found.arch === 'string').toBe(true)
      }),
    )
  })
})
