import { createHash } from 'node:crypto'

import type { EvidenceRecord, EvidenceTable } from '../../../shared/report/evidence-records.ts'
import { csvLines } from './table-files.ts'

/** Receives a record, which the next one overwrites, and the number of its line. */
export type RecordVisitor = (record: EvidenceRecord, row: number) => void

/** Makes the CSV file of a table again from the pieces of its JSON file. */
export interface CsvMaker {
  readonly add: (piece: Uint8Array) => void
  /**
   * SHA-256, in hex, of the CSV file that the JSON file makes. Null where the JSON file has another form than Castellan writes: its rows
   * have to be compared one by one.
   */
  readonly end: () => string | null
}

/** A longer line is not a record; it is left to the comparison of rows. */
const LONGEST = 1 << 20

/** How much of the CSV file is hashed together. */
const WRITE_SIZE = 1 << 16

/**
 * `visit` gets each record until one has another form. A text has a character for each byte here: where a line is cut depends on ASCII only, and most values need no decoding.
 */
export function newCsvMaker({ fields }: Pick<EvidenceTable, 'fields'>, visit?: RecordVisitor): CsvMaker {
  const hash = createHash('sha256')
  const record: Record<string, EvidenceRecord[string]> = {}
  const make = newLineMaker(Object.keys(fields), visit === undefined ? null : record)
  let isForeign = false
  let lines = 0
  let records = 0
  let rest = ''
  let made = toBytes(`${csvLines([Object.values(fields)]).join('\n')}\n`)
  const add = (piece: Uint8Array): void => {
    const text = rest + Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1')
    const end = text.lastIndexOf('\n') + 1
    let at = 0
    while (at < end && !isForeign) {
      lines += 1
      if (text.charCodeAt(at) === BRACE) {
        const line = make(text, at)
        if (line === null) {
          isForeign = true
          break
        }
        records += 1
        visit?.(record, lines)
        made += line.csv
        at = line.end
        if (made.length < WRITE_SIZE) continue
        hash.update(made, 'latin1')
        made = ''
      } else {
        const next = text.indexOf('\n', at) + 1
        isForeign = !BETWEEN.has(text.slice(at, next))
        at = next
      }
    }
    rest = text.slice(end)
    isForeign ||= rest.length > LONGEST
  }
  return {
    add: (piece) => {
      if (!isForeign) add(piece)
    },
    end: () => (isForeign || rest !== '' || records === 0 ? null : hash.update(made, 'latin1').digest('hex')),
  }
}

/** Lines of a JSON file that are not records. */
const BETWEEN: ReadonlySet<string> = new Set(['[\n', ']\n'])

const LINE_FEED = 10
const QUOTE = 34
const COMMA = 44
const BACKSLASH = 92
const BRACE = 123
const END_BRACE = 125

interface MadeLine {
  /** The line of the CSV file, with its line feed. */
  readonly csv: string
  /** Where the next line of the JSON file begins. */
  readonly end: number
}

/** Neighbouring fields, and the text that the record before has of them in both files. */
interface Run {
  readonly from: number
  readonly to: number
  /** Most records repeat the record before, so that the fields are compared as one text. */
  readonly isSteady: boolean
  json: string
  csv: string
}

/** After so many records it is known which fields are steady. */
const SAMPLE = 64
/** A field is steady when fewer of these records changed it. */
const STEADY = 8

/**
 * Makes the line of a CSV file from the line of a JSON file at a place of a text; null for one in another form. `record`, if any, gets the
 * values of each.
 */
function newLineMaker(
  fields: readonly string[],
  record: Record<string, EvidenceRecord[string]> | null,
): (text: string, start: number) => MadeLine | null {
  const names = fields.map((field, index) => toBytes(`${index === 0 ? '{' : ','}${JSON.stringify(field)}:`))
  const values = fields.map(() => '')
  const cells = fields.map(() => '')
  const changes = fields.map(() => 0)
  let runs = fields.map((_, index): Run => ({ from: index, to: index + 1, isSteady: false, json: '', csv: '' }))
  let records = 0
  /** Reads the fields of a run, and returns where they end; -1 for another form. */
  const read = (text: string, start: number, run: Run): number => {
    let at = start
    let csv = ''
    for (let field = run.from; field < run.to; field += 1) {
      const name = names[field] ?? ''
      const from = at + name.length
      if (text.slice(at, from) !== name) return -1
      at = findValueEnd(text, from)
      const value = text.slice(from, at)
      if (value !== values[field]) {
        const cell = makeCell(value)
        if (cell === null) return -1
        values[field] = value
        if (record !== null) record[fields[field] ?? ''] = parseValue(value)
        cells[field] = field === 0 ? cell : `,${cell}`
        changes[field] = (changes[field] ?? 0) + 1
      }
      csv += cells[field] ?? ''
    }
    run.csv = csv
    if (run.isSteady) run.json = text.slice(start, at)
    return at
  }
  return (text, start) => {
    records += 1
    if (records === SAMPLE) runs = makeRuns(changes)
    let at = start
    let csv = ''
    for (const run of runs) {
      const end = at + run.json.length
      // A value goes on where no other field and no end of the record follows.
      const isSame = run.isSteady && text.slice(at, end) === run.json && isValueEnd(text.charCodeAt(end))
      at = isSame && run.json !== '' ? end : read(text, at, run)
      if (at === -1) return null
      csv += run.csv
    }
    if (text.charCodeAt(at) !== END_BRACE) return null
    const end = text.charCodeAt(at + 1) === COMMA ? at + 2 : at + 1
    return text.charCodeAt(end) === LINE_FEED ? { csv: `${csv}\n`, end: end + 1 } : null
  }
}

/** Neighbours that are steady, or not, are one run. */
function makeRuns(changes: readonly number[]): Run[] {
  const runs: Run[] = []
  let from = 0
  for (let field = 1; field <= changes.length; field += 1) {
    const isSteady = (changes[from] ?? 0) < STEADY
    if (field < changes.length && (changes[field] ?? 0) < STEADY === isSteady) continue
    runs.push({ from, to: field, isSteady, json: '', csv: '' })
    from = field
  }
  return runs
}

/** Where the value that begins at a place ends, if it is a text, a number or a word. */
function findValueEnd(text: string, from: number): number {
  let at = from
  if (text.charCodeAt(from) === QUOTE) {
    do at = text.indexOf('"', at + 1)
    while (at > 0 && isEscaped(text, at))
    return at === -1 ? from : at + 1
  }
  while (at < text.length && !isValueEnd(text.charCodeAt(at))) at += 1
  return at
}

function isValueEnd(code: number): boolean {
  return code === COMMA || code === END_BRACE
}

function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1
  return (at - before) % 2 === 1
}

/** The cell of a value by the writer of these files, for most values without asking it; null for what cannot be in a record. */
function makeCell(json: string): string | null {
  if (ORDINARY.test(json)) return json
  // JSON allows it around a value, and Castellan writes none there.
  if (json.trim() !== json) return null
  try {
    const value: unknown = parseValue(json)
    return isCell(value) ? toBytes(csvLines([[value]]).join('\n')) : null
  } catch {
    return null
  }
}

/** Throws for what is not JSON. */
function parseValue(json: string): EvidenceRecord[string] {
  return JSON.parse(Buffer.from(json, 'latin1').toString('utf8')) as EvidenceRecord[string]
}

/**
 * What both files write alike: whole numbers, and texts of visible ASCII without quotes and backslashes that do not begin as a formula
 * does. A property test compares both.
 */
const ORDINARY = /^(?:0|[1-9]\d{0,14}|"(?:[!#$%&'()*,./0-9:;<>?A-Z[\]^_`a-z{|}~][ !#-[\]-~]*)?")$/u

function isCell(value: unknown): value is EvidenceRecord[string] {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
