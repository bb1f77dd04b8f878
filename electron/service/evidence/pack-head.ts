import type { PackHead } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'

/** The head of a pack, from the records of its header and what was hashed; generated again when a pack is verified. */
export function headOf(
  header: readonly EvidenceRecord[],
  of: {
    readonly manifest: string
    readonly first: number
    readonly last: { readonly seq: number; readonly hash: string }
    readonly fingerprint: string
  },
): PackHead {
  const field = (topic: string, name: string): string =>
    String(header.find((record) => record['topic'] === topic && record['field'] === name)?.['value'] ?? '')
  const review = `${field('review', 'Number')} ${field('review', 'Review')}`
  const certificate = field('certificate', 'Certificate')
  return {
    manifest: of.manifest,
    about: certificate === '' ? { kind: 'review', text: review } : { kind: 'certificate', text: certificate },
    client: field(certificate === '' ? 'review' : 'certificate', 'Client'),
    written: field('pack', 'Written (UTC)'),
    first: of.first,
    last: of.last.seq,
    head: of.last.hash,
    fingerprint: of.fingerprint,
  }
}

/** The records of `header.json`; null where the file is not valid. */
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
