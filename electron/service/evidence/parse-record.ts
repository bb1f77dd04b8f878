import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'

/** The records of the header's file; null where one of its lines is not a record. */
export function readHeader(bytes: Uint8Array | null): readonly EvidenceRecord[] | null {
  if (bytes === null) return null
  const text = Buffer.from(bytes).toString('utf8').trimEnd()
  const lines = text === '' ? [] : text.split('\n')
  const records = lines.map(parseRecord).filter((record) => record !== null)
  return records.length === lines.length ? records : null
}

/** The record of a line of a table's file; null for a line that has none. */
export function parseRecord(line: string): EvidenceRecord | null {
  const record = parseObject(line)
  return record !== null && Object.values(record).every(isCell) ? (record as EvidenceRecord) : null
}

function isCell(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/** The object that a text of JSON has; null for any other text. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
