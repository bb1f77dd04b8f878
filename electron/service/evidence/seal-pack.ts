import { headText, PACK, type PackHead, type PackRecord } from '../../../shared/report/evidence-pack.ts'
import { batchLine, HISTORY_FILES, operationLine } from '../../../shared/report/evidence-history.ts'
import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'
import type { JournalRow } from '../../register/db/journal.ts'
import type { PublicKey, SigningKey } from '../../secrets/signing-key.ts'
import { packedLines } from './chain.ts'
import type { LogLines } from './history/follow-log.ts'
import { HASH_LENGTH, type PackFiles, type WrittenFile } from './pack-folder.ts'

/** The content of a pack in addition to its tables and its document. */
export interface PackToSeal {
  /** The tables and the document as written. */
  readonly files: readonly WrittenFile[]
  /** The records of `header.jsonl`, from which the head is made. */
  readonly header: readonly EvidenceRecord[]
  /** `VERIFY.md`. */
  readonly verify: string
  readonly record: RecordToSeal
}

/** The proof of a pack's tables: rows of the journal, or the logs of a team. */
export type RecordToSeal =
  | {
      readonly form: 1
      /** Slug of the client whose journal rows are shown. */
      readonly client: string
      readonly journal: Iterable<JournalRow>
    }
  | { readonly form: 2; readonly logs: readonly LogLines[]; readonly end: Extract<PackRecord, { form: 2 }> }

export interface WrittenPack {
  /** All of the pack, in the order of their names. */
  readonly names: readonly string[]
  /** SHA-256 of the manifest, in hex. */
  readonly manifest: string
  /** `head.txt`, which is to be signed. */
  readonly head: string
  /** The last row of the journal that it lists; in a pack of form 2 the last entry of the client's log. */
  readonly last: { readonly seq: number; readonly hash: string }
  /** The client's log in a team; null in a pack with rows of the journal. */
  readonly log: string | null
}

/**
 * Writes the journal, the manifest and the head of a pack, which is signed by `signPack`. The folder is neither placed nor discarded
 * here.
 */
export function sealPack(folder: PackFiles, pack: PackToSeal, key: PublicKey): WrittenPack {
  const { files: recorded, record } = writeRecord(folder, pack.record)
  const files = [
    ...pack.files,
    ...recorded,
    folder.write(PACK.verify, parseLines(pack.verify)),
    folder.write(PACK.key, parseLines(key.publicPem)),
  ].sort(byName)
  const rows = { name: PACK.rows, sha256: folder.writeList(PACK.rows, rowLines(files)) }
  const listed = [...files, rows].sort(byName)
  const manifest = folder.writeList(PACK.manifest, listed.map(manifestLine))
  const text = headText(headOf(pack.header, { manifest, record, fingerprint: key.fingerprint }))
  folder.writeList(PACK.head, parseLines(text))
  const names = [...listed.map(({ name }) => name), PACK.manifest, PACK.head, PACK.signature].sort()
  const done = { names, manifest, head: text }
  if (record.form === 1) return { ...done, last: record.last, log: null }
  const { log, position, head } = record.client
  return { ...done, last: { seq: position, hash: head }, log }
}

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

/** Writes the signature, which completes a pack. */
export function signPack(folder: PackFiles, { head }: WrittenPack, key: SigningKey): void {
  folder.writeBytes(PACK.signature, key.sign(Buffer.from(head)))
}

/** Writes a log's files. */
function writeLog(folder: PackFiles, { log, batches, operations, texts }: LogLines): readonly WrittenFile[] {
  const files = HISTORY_FILES[log]
  return [
    folder.write(
      files.batches,
      batches.flatMap((batch) => (batch === null ? [] : [batchLine(batch)])),
    ),
    folder.write(
      files.operations,
      operations.flatMap((operation) => (operation === null ? [] : [operationLine(operation)])),
    ),
    folder.write(files.texts, texts),
  ]
}

function writeRecord(
  folder: PackFiles,
  record: RecordToSeal,
): { readonly files: readonly WrittenFile[]; readonly record: PackRecord } {
  if (record.form === 2) return { files: record.logs.flatMap((lines) => writeLog(folder, lines)), record: record.end }
  let slice: Omit<Extract<PackRecord, { form: 1 }>, 'form'> = { first: 0, last: { seq: 0, hash: '' } }
  const lines = packedLines(record.journal, record.client, ({ first, last }) => (slice = { first, last }))
  return { files: [folder.write(PACK.journal, lines)], record: { form: 1, ...slice } }
}

/** A line of `manifest.sha256`, as `sha256sum` writes it. */
export function manifestLine({ name, sha256 }: Pick<WrittenFile, 'name' | 'sha256'>): string {
  return `${sha256}  ${name}`
}

/** A line of `rows.sha256`. */
export function rowLine(hash: string, name: string, row: number): string {
  return `${hash}  ${name}:${row}`
}

function* rowLines(files: readonly WrittenFile[]): Generator<string> {
  for (const { name, rows, rowHashes } of files) {
    for (let row = 0; row < rows; row += 1) {
      const at = row * HASH_LENGTH
      yield rowLine(rowHashes.toString('latin1', at, at + HASH_LENGTH), name, row + 1)
    }
  }
}

function parseLines(text: string): readonly string[] {
  return text.replace(/\n$/u, '').split('\n')
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1
}
