import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'

/** The records of `header.json`; null where the file is none. */
export function readHeader(bytes: Uint8Array | null): readonly EvidenceRecord[] | null {
  if (bytes === null) return null
  try {
    const records: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return Array.isArray(records) ? records.filter(isRecord) : null
  } catch {
    return null
  }
}

/** Whether a parsed value is an object, as a record of a table is. */
export function isRecord(value: unknown): value is EvidenceRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
