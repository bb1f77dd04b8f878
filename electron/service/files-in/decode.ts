import iconv from 'iconv-lite'

import { FILE_LIMITS } from '../../../shared/domain/file-limits.ts'
import { refuseFile, type FileRefusal } from './refusal.ts'

export interface FileText {
  readonly ok: true
  readonly text: string
  /** For people: `UTF-8`, `UTF-8 with BOM`, `UTF-16 LE`, `UTF-16 BE`, `Windows-1252`. */
  readonly encoding: string
}

/** Files that people choose by mistake, by their first bytes. */
const OTHER_FILES: readonly (readonly [bytes: readonly number[], what: string, hint: string])[] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    'an Excel workbook or another zip archive',
    'Open it in the spreadsheet program and save the sheet as CSV (UTF-8).',
  ],
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    'an old Excel workbook',
    'Open it in the spreadsheet program and save the sheet as CSV (UTF-8).',
  ],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document', 'Export the list as CSV instead.'],
  [[0x1f, 0x8b], 'a gzip archive', 'Unpack it first.'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture', 'Export the list as CSV instead.'],
]

/**
 * Turns the bytes of a file into text: by its byte-order mark, else UTF-16 by the pattern of its zero bytes, else UTF-8
 * where it is valid, else Windows-1252, in which every byte means something.
 */
export function decodeFile(content: Uint8Array): FileText | FileRefusal {
  if (content.byteLength > FILE_LIMITS.bytes) {
    return refuseFile(
      `The file has ${megabytes(content.byteLength)} MB; at most ${megabytes(FILE_LIMITS.bytes)} MB are read.`,
      'Leave out everything that is not access data, or split the file by organization.',
    )
  }
  if (content.byteLength === 0) return refuseFile('The file is empty.', 'Choose the file that holds the rows.')
  const other = OTHER_FILES.find(([bytes]) => bytes.every((byte, index) => content[index] === byte))
  if (other) return refuseFile(`The file is ${other[1]}, not text.`, other[2])
  const decoded = byMark(content) ?? byZeroBytes(content) ?? utf8(content, 'UTF-8') ?? windows1252(content)
  if (decoded.ok && isBinary(decoded.text)) {
    return refuseFile('The file is not text.', 'Choose a Markdown or CSV file, saved as UTF-8.')
  }
  return decoded
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024)
}

function byMark(content: Uint8Array): FileText | FileRefusal | null {
  const [first, second, third] = content
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    const body = content.subarray(3)
    return utf8(body, 'UTF-8 with BOM') ?? brokenUtf8(body)
  }
  if (first === 0xff && second === 0xfe) return utf16(content.subarray(2), 'UTF-16 LE')
  if (first === 0xfe && second === 0xff) return utf16(content.subarray(2), 'UTF-16 BE')
  return null
}

/** Latin text in UTF-16 has a zero in every other byte; UTF-8 and Windows-1252 text has none at all. */
function byZeroBytes(content: Uint8Array): FileText | FileRefusal | null {
  if (content.byteLength % 2 === 1) return null
  const sample = content.subarray(0, 4096)
  let [even, odd] = [0, 0]
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) even += 1
    if (sample[at + 1] === 0) odd += 1
  }
  const pairs = Math.floor(sample.length / 2)
  if (odd >= pairs * 0.4 && even * 4 <= odd) return utf16(content, 'UTF-16 LE')
  if (even >= pairs * 0.4 && odd * 4 <= even) return utf16(content, 'UTF-16 BE')
  return null
}

function utf16(content: Uint8Array, encoding: 'UTF-16 LE' | 'UTF-16 BE'): FileText | FileRefusal {
  if (content.byteLength % 2 === 1) {
    return refuseFile(
      `The file is ${encoding} and ends in the middle of a character.`,
      'It was cut short: copy it again.',
    )
  }
  const text = iconv.decode(content, encoding === 'UTF-16 LE' ? 'utf-16le' : 'utf-16be', { stripBOM: false })
  return { ok: true, text: text.toWellFormed(), encoding }
}

function utf8(content: Uint8Array, encoding: string): FileText | null {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content), encoding }
  } catch {
    return null
  }
}

/** The mark promises UTF-8; a file that breaks the promise was damaged, and guessing would garble names. */
function brokenUtf8(content: Uint8Array): FileRefusal {
  const lines = iconv.decode(content, 'latin1').split('\n')
  let [line, at] = [1, 0]
  for (const [index, text] of lines.entries()) {
    if (utf8(content.subarray(at, at + text.length), '') === null) {
      line = index + 1
      break
    }
    at += text.length + 1
  }
  return refuseFile(
    `Line ${line} is not valid UTF-8, though the file is marked as UTF-8.`,
    'Save the file as UTF-8 again, or copy it again from its source.',
  )
}

function windows1252(content: Uint8Array): FileText {
  return { ok: true, text: iconv.decode(content, 'win1252'), encoding: 'Windows-1252' }
}

/** Text contains almost no control characters; programs and pictures contain many. */
function isBinary(text: string): boolean {
  const sample = text.slice(0, 8192)
  // oxlint-disable-next-line no-control-regex -- control characters are what it counts
  const controls = sample.match(/[\0-\x08\x0e-\x1a\x1c-\x1f]/gu)?.length ?? 0
  return controls > 8 && controls > sample.length * 0.1
}
