import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A display that can be looked at from outside: Xvfb keeps its pixels in a file. */
export interface Screen {
  /** For the environment of what is to be shown there. */
  readonly display: string
  /** Colours in the middle of the screen: an empty window has one or two, text with its smooth edges has dozens. */
  colours(): number
  /** Whether the rail of areas is at the left edge: a page of the browser, such as that of an error, has none. */
  hasRail(): boolean
  close(): Promise<void>
}

const SIZE = { width: 1400, height: 900 }
/** The part that is looked at: right of the rail of areas and below the head of the page. */
const PART = { left: 400, right: 1300, top: 200, bottom: 700 }

/** Opens a screen with nothing on it. Needs `Xvfb` (Debian package xvfb). */
export async function openScreen(): Promise<Screen> {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-screen-'))
  const { width, height } = SIZE
  const child = spawn(
    'Xvfb',
    ['-displayfd', '1', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-fbdir', folder],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const number = await new Promise<string>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)))
    child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim()))
  })
  const file = openSync(join(folder, 'Xvfb_screen0'), 'r')
  return {
    display: `:${number}`,
    colours: () => countColours(file),
    hasRail: () => readPixel(file, RAIL) === RAIL_COLOUR,
    close: async () => {
      closeSync(file)
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A place of the rail without words, and its colour in both colour schemes' lighter one. */
const RAIL = { left: 15, top: 640 }
const RAIL_COLOUR = 0x1a_22_2c

/** Every eighth line is enough to recognize text. */
const EVERY = 8

/** The file is an X window dump (X11/XWDFile.h): a header of 32-bit big-endian words, a colour map, the pixels. */
function countColours(file: number): number {
  const colours = new Set<number>()
  const line = Buffer.alloc((PART.right - PART.left) * 4)
  for (let y = PART.top; y < PART.bottom; y += EVERY) {
    readSync(file, line, 0, line.length, findPixel(file, { left: PART.left, top: y }))
    for (let at = 0; at < line.length; at += 4) colours.add(line.readUInt32LE(at))
  }
  return colours.size
}

/** The colour of one pixel, 0xRRGGBB. */
function readPixel(file: number, at: Place): number {
  const pixel = Buffer.alloc(4)
  readSync(file, pixel, 0, pixel.length, findPixel(file, at))
  return pixel.readUInt32LE(0) & 0xff_ff_ff
}

interface Place {
  readonly left: number
  readonly top: number
}

/** Where a pixel is in the file. */
function findPixel(file: number, { left, top }: Place): number {
  const header = Buffer.alloc(100)
  readSync(file, header, 0, header.length, 0)
  const [headerSize = 0, lineSize = 0, mapped = 0] = [0, 12, 19].map((word) => header.readUInt32BE(word * 4))
  return headerSize + mapped * 12 + top * lineSize + left * 4
}
