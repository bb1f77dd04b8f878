import { createPublicKey, type KeyObject, verify } from 'node:crypto'

import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { HEADER } from '../../../shared/report/evidence-header.ts'
import { headText, PACK, type PackRecord, tableFile } from '../../../shared/report/evidence-pack.ts'
import { computeFingerprint } from '../../secrets/signing-key.ts'
import { readHeader } from './parse-record.ts'
import { headOf } from './seal-pack.ts'
import type { PackSource } from './pack-source.ts'
import { computeDigest, newDigests, type RowDigests, differenceWord, rowDifferences } from './row-diff.ts'

/** The seals that a pack contains. Texts are null where a file is missing or far too large. */
export interface Seal {
  readonly head: string | null
  readonly manifest: string | null
  /** The hash of the manifest by the head; null where the head has none. */
  readonly manifestHash: string | null
  readonly key: KeyObject | null
  readonly fingerprint: string | null
  readonly signature: Uint8Array | null
  /** The signature matches head and key. */
  readonly isSigned: boolean
}

export interface PackReading {
  readonly source: PackSource
  /** SHA-256 in hex of each file; null for one that could not be read completely. */
  readonly hashes: ReadonlyMap<string, string | null>
  readonly seal: Seal
  readonly record: PackRecord
  /** The breaks of the record: rows of the audit log, or entries of a log, that do not follow each other. */
  readonly chain: readonly EvidenceProblem[]
}

/** Seals are a few kilobytes; a larger file is not one. */
export const SMALL = 1 << 20

export async function readSeal(source: PackSource): Promise<Seal> {
  const [head, manifest, pem, signature] = await Promise.all(
    [PACK.head, PACK.manifest, PACK.key, PACK.signature].map((name) => readSmall(source, name)),
  )
  const key = findKey(pem ?? null)
  const seal = {
    head: head?.toString('utf8') ?? null,
    manifest: manifest?.toString('utf8') ?? null,
    key,
    fingerprint: key && computeFingerprint(key),
    signature: signature ?? null,
  }
  const line = /^([0-9a-f]{64}) {2}manifest\.sha256\n/u.exec(seal.head ?? '')
  // The bytes, not the text: two files can decode to one text.
  return {
    ...seal,
    manifestHash: line?.[1] ?? null,
    isSigned: head instanceof Uint8Array && isSignatureValid(seal, head),
  }
}

/** A small file as a whole; null where it is missing, too large, or cannot be read. */
export async function readSmall(source: PackSource, name: string, most = SMALL): Promise<Buffer | null> {
  const size = source.files.get(name)
  if (size === undefined || size > most) return null
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const piece of source.read(name)) {
      length += piece.length
      if (length > most) return null
      pieces.push(Uint8Array.from(piece))
    }
  } catch {
    return null
  }
  return Buffer.concat(pieces)
}

function findKey(pem: Buffer | null): KeyObject | null {
  if (pem === null || !pem.toString('latin1').startsWith('-----BEGIN PUBLIC KEY-----')) return null
  try {
    const key = createPublicKey({ key: pem, format: 'pem' })
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}

function isSignatureValid({ key, signature }: Pick<Seal, 'key' | 'signature'>, data: Uint8Array): boolean {
  return key !== null && signature !== null && signature.length === 64 && verify(null, data, key, signature)
}

/** The lines of a manifest that are well-formed, and whether all are. */
export function parseManifest(text: string): {
  readonly entries: readonly { readonly name: string; readonly hash: string }[]
  readonly isClean: boolean
} {
  const lines = text.split('\n')
  const entries = lines.flatMap((line) => {
    const match = /^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9._-]{0,99})$/u.exec(line)
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ hash: match[1], name: match[2] }]
  })
  return { entries, isClean: text.endsWith('\n') && entries.length === lines.length - 1 }
}

/**
 * Compares the head with the rest of the pack, row by row; empty when they agree. `should` is what it should name: the
 * manifest's hash and the key's. A signature that matches proves the head, so the rest then contains the error.
 */
export async function headProblems(
  { source, seal, record }: PackReading,
  { manifest, fingerprint }: { readonly manifest: string | null; readonly fingerprint: string | null } = {
    manifest: seal.manifestHash,
    fingerprint: seal.fingerprint,
  },
): Promise<readonly EvidenceProblem[]> {
  const header = readHeader(await readSmall(source, tableFile(HEADER.name), SMALL * 4))
  if (seal.head === null || header === null || manifest === null || fingerprint === null) return []
  const should = headText(headOf(header, { record, manifest, fingerprint }))
  if (seal.head === should) return []
  const differences = rowDifferences(parseLines(should), parseLines(seal.head))
  return differences.map((difference) => ({
    file: PACK.head,
    row: difference.row,
    says: `${differenceWord(difference)} It does not agree with the rest of the pack.`,
  }))
}

/** The lines of a text, for a comparison of rows. */
export function parseLines(text: string): RowDigests {
  const digests = newDigests()
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (index < lines.length - 1) digests.add(computeDigest(`${line}\n`))
    else if (line !== '') digests.add(computeDigest(line))
  }
  return digests
}
