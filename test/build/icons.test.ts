import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { toIcns } from '../../build/icons/icns.mjs'
import { toIco } from '../../build/icons/ico.mjs'
import { getTrayImage } from '../../electron/shell/tray-image.ts'

const icons = resolve(import.meta.dirname, '../../build/icons')

/** The edges of a PNG, as its header names them. */
function sizeOfPng(name: string): readonly number[] {
  const file = readFileSync(join(icons, name))
  return [file.readUInt32BE(16), file.readUInt32BE(20)]
}

/** The pictures in an `.ico` file: edge, bits per pixel, and whether the bitmap in it has the same. */
function picturesIn(file: Buffer) {
  return Array.from({ length: file.readUInt16LE(4) }, (_, at) => {
    const entry = 6 + 16 * at
    const offset = file.readUInt32LE(entry + 12)
    const size = file.readUInt8(entry)
    return {
      size,
      bits: file.readUInt16LE(entry + 6),
      agrees: file.readInt32LE(offset + 4) === size && file.readInt32LE(offset + 8) === 2 * size,
      ends: offset + file.readUInt32LE(entry + 8),
    }
  })
}

describe('the picture of the tray', () => {
  it.each([
    ['darwin', 'trayTemplate.png'],
    ['win32', 'tray.ico'],
    ['linux', 'tray.png'],
    ['freebsd', 'tray.png'],
  ] as const)('on %s is %s', (platform, file) => {
    expect(getTrayImage(platform)).toBe(file)
  })

  it('has the sizes of a menu bar on macOS, of a tray on Windows, and 64 pixels elsewhere', () => {
    expect(sizeOfPng('trayTemplate.png')).toEqual([16, 16])
    expect(sizeOfPng('trayTemplate@2x.png')).toEqual([32, 32])
    expect(sizeOfPng('tray.png')).toEqual([64, 64])
    const file = readFileSync(join(icons, 'tray.ico'))
    const pictures = picturesIn(file)
    expect(pictures.map(({ size, bits, agrees }) => [size, bits, agrees])).toEqual(
      [16, 24, 32, 48].map((size) => [size, 32, true]),
    )
    expect(pictures.at(-1)?.ends).toBe(file.length)
  })

  it('is black with alpha alone in the drawing for macOS', () => {
    const drawing = readFileSync(join(icons, 'tray-template.svg'), 'utf8')
    expect([...drawing.matchAll(/(?:fill|stroke|stop-color)="(#[^"]*)"/gu)].map(([, colour]) => colour)).toEqual([
      '#000000',
    ])
  })
})

describe('the icons of installed applications', () => {
  it('have on Windows the sizes from lists to large tiles, of which 256 pixels are PNG', () => {
    const file = readFileSync(join(icons, 'icon.ico'))
    const pictures = picturesIn(file)
    // A size of 256 is written as 0.
    expect(pictures.map(({ size }) => size)).toEqual([16, 24, 32, 48, 64, 0])
    expect(pictures.slice(0, -1).every(({ agrees }) => agrees)).toBe(true)
    const large = readFileSync(join(icons, 'linux/256x256.png'))
    expect(file.subarray(-large.length).equals(large)).toBe(true)
    expect(pictures.at(-1)?.ends).toBe(file.length)
  })

  it('have on macOS every size from 16 to 1024 pixels, each as its type states', () => {
    const file = readFileSync(join(icons, 'icon.icns'))
    expect(file.subarray(0, 4).toString()).toBe('icns')
    expect(file.readUInt32BE(4)).toBe(file.length)
    const found = new Map<string, number>()
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      found.set(file.subarray(at, at + 4).toString(), file.readUInt32BE(at + 8 + 16))
    }
    expect([...found].map(([type, edge]) => `${type} ${edge}`)).toEqual([
      'icp4 16',
      'icp5 32',
      'ic11 32',
      'icp6 64',
      'ic12 64',
      'ic07 128',
      'ic08 256',
      'ic13 256',
      'ic09 512',
      'ic14 512',
      'ic10 1024',
    ])
  })

  it('are not written for macOS without one of the sizes', () => {
    expect(() => toIcns(new Map())).toThrow('An icon for macOS needs a picture of 16 pixels.')
  })
})

describe('an .ico file', () => {
  it('holds the rows of each picture from the last to the first, as blue, green, red and alpha', () => {
    const pixels = Uint8Array.from([1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 10, 11, 12, 128])
    const file = toIco([{ size: 2, pixels }])
    expect([...file.subarray(6 + 16 + 40, 6 + 16 + 40 + 16)]).toEqual([
      9, 8, 7, 255, 12, 11, 10, 128, 3, 2, 1, 255, 6, 5, 4, 255,
    ])
  })
})

describe('the icons of Linux desktops', () => {
  it('have the sizes that their icon theme lists, each as in its name', () => {
    const names = readdirSync(join(icons, 'linux'))
    const sizes = names.map((name) => Number(name.split('x', 1)[0])).toSorted((a, b) => a - b)
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256, 512])
    for (const name of names) expect(sizeOfPng(`linux/${name}`).join('x')).toBe(name.replace('.png', ''))
  })
})
