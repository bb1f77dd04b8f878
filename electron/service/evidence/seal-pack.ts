import { headText, PACK } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'
import type { JournalRow } from '../../register/db/journal.ts'
import type { SigningKey } from '../../secrets/signing-key.ts'
import { packedLines } from './chain.ts'
import type { WrittenFile, PackFolder } from './pack-folder.ts'
import { headOf } from './pack-head.ts'

/** What a pack contains in addition to its tables and its document. */
export interface PackToSeal {
  /** The tables and the document as written. */
  readonly files: readonly WrittenFile[]
  /** The records of `header.json`, from which the head is made. */
  readonly header: readonly EvidenceRecord[]
  /** `VERIFY.md`. */
  readonly verify: string
  /** Slug of the client whose journal rows are shown. */
  readonly client: string
  readonly journal: Iterable<JournalRow>
}

export interface WrittenPack {
  /** All of the pack, in the order of their names. */
  readonly names: readonly string[]
  /** SHA-256 of the manifest, in hex. */
  readonly manifest: string
  /** The last journal row that it lists. */
  readonly last: { readonly seq: number; readonly hash: string }
}

/**
 * Writes the journal, the manifest and the head of a pack, and signs it. The folder is neither placed nor discarded
 * here.
 */
export function sealPack(folder: PackFolder, pack: PackToSeal, key: SigningKey): WrittenPack {
  let slice: { readonly first: number; readonly last: WrittenPack['last'] } | null = null
  const lines = packedLines(pack.journal, pack.client, (end) => (slice = end))
  const journal = folder.write(PACK.journal, lines)
  const { first, last } = slice ?? { first: 0, last: { seq: 0, hash: '' } }
  const files = [
    ...pack.files,
    journal,
    folder.write(PACK.verify, parseLines(pack.verify)),
    folder.write(PACK.key, parseLines(key.publicPem)),
  ].sort(byName)
  const rows = folder.write(PACK.rows, rowLines(files))
  const listed = [...files, rows].sort(byName)
  const manifest = folder.write(PACK.manifest, listed.map(manifestLine))
  const text = headText(headOf(pack.header, { manifest: manifest.sha256, first, last, fingerprint: key.fingerprint }))
  folder.write(PACK.head, parseLines(text))
  folder.writeBytes(PACK.signature, key.sign(Buffer.from(text)))
  const names = [...listed.map(({ name }) => name), PACK.manifest, PACK.head, PACK.signature].sort()
  return { names, manifest: manifest.sha256, last }
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
    const bytes = Buffer.from(rowHashes.buffer, rowHashes.byteOffset, rowHashes.byteLength)
    for (let row = 0; row < rows; row += 1) {
      yield rowLine(bytes.toString('hex', row * 32, row * 32 + 32), name, row + 1)
    }
  }
}

function parseLines(text: string): readonly string[] {
  return text.replace(/\n$/u, '').split('\n')
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1
}
