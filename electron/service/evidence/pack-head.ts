import type { PackHead, PackRecord } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'

/** The head of a pack, from the records of its header and what was hashed; generated again when a pack is verified. */
export function headOf(
  header: readonly EvidenceRecord[],
  of: {
    readonly manifest: string
    readonly record: PackRecord
    readonly fingerprint: string
  },
): PackHead {
  const field = (topic: string, name: string): string => String(findHeaderValue(header, topic, name) ?? '')
  const review = `${field('review', 'Number')} ${field('review', 'Review')}`
  const certificate = field('certificate', 'Certificate')
  return {
    manifest: of.manifest,
    about: certificate === '' ? { kind: 'review', text: review } : { kind: 'certificate', text: certificate },
    client: field(certificate === '' ? 'review' : 'certificate', 'Client'),
    written: field('pack', 'Written (UTC)'),
    record: of.record,
    fingerprint: of.fingerprint,
  }
}

/** The value of a field of a header; null where it has none. */
export function findHeaderValue(
  header: readonly EvidenceRecord[],
  topic: string,
  name: string,
): EvidenceRecord[string] {
  return header.find((record) => record['topic'] === topic && record['field'] === name)?.['value'] ?? null
}

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
