import { createHash } from 'node:crypto'
import { lstat } from 'node:fs/promises'

import type { EvidenceProblem, Verdict } from '../../../shared/contract/evidence.ts'
import { PACK_CHECKS } from '../../../shared/report/evidence-checks.ts'
import { PACK } from '../../../shared/report/evidence-pack.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import { invalid } from '../kit/refusal.ts'
import { disagreements } from './agreement.ts'
import { chainWalk, type Slice } from './chain.ts'
import { lineCounter, lineCutter } from './lines.ts'
import { locateProblems } from './locate.ts'
import { type PackSource, folderSource } from './pack-source.ts'
import { headProblems, parseManifest, type PackReading, readSeal } from './seal.ts'
import { absolutePath, explained } from '../kit/paths.ts'

/** What a verification found, without the time when it was made. */
export type PackVerdict = Omit<Verdict, 'checkedAt'>

/**
 * Checks a pack by itself: the signature over the head, the head's hash of the manifest, the manifest's hash of every
 * file, and the chain of the journal's rows. Single rows are searched only when something differs. Reads nothing but
 * the files in the folder or zip. `against` is what its signer is compared with. Throws `Refusal` INVALID for what is
 * not an evidence pack, and for a key that is not a fingerprint.
 */
export async function verifyPack(path: string, against: Signers = {}): Promise<PackVerdict> {
  return (await readPack(path, against)).verdict
}

/** The same, and where the journal ended in the pack. */
export async function readPack(
  path: string,
  against: Signers,
): Promise<{ readonly verdict: PackVerdict; readonly end: Slice['last'] }> {
  const key = against.key === undefined ? undefined : parseFingerprint(against.key)
  const source = await openPackSource(path)
  try {
    const { seal, problems, rows, end } = await verifySource(source, path)
    const { fingerprint } = seal
    const signer = getSigner(fingerprint, { ...against, key })
    const foreign = { file: PACK.key, row: null, says: `The pack is signed by the key ${fingerprint}, not by ${key}.` }
    const all = signer === 'other' ? [foreign, ...problems] : problems
    const found = { ok: all.length === 0, problems: all.slice(0, MOST_PROBLEMS), rows, fingerprint, signer }
    return { verdict: { ...found, ...PACK_CHECKS }, end }
  } finally {
    await source.close()
  }
}

async function verifySource(source: PackSource, path: string) {
  if (!source.files.has(PACK.manifest) && !source.files.has(PACK.head)) {
    throw invalid(
      'path',
      `${path} is not an evidence pack: it has no ${PACK.manifest}.`,
      'Give the folder or the zip of a pack.',
    )
  }
  const hashes = new Map<string, string | null>()
  const chain = chainWalk()
  const journal = lineCutter(chain.visit)
  const rows = lineCounter()
  for (const name of source.files.keys()) {
    if (name === PACK.journal) hashes.set(name, await hashFile(source.read(name), journal.add))
    else hashes.set(name, await hashFile(source.read(name), name === PACK.rows ? rows.add : undefined))
  }
  journal.end()
  const { slice, problems: broken } = chain.result()
  const seal = await readSeal(source)
  const reading: PackReading = { source, hashes, seal, slice, chain: broken }
  const whole = isWhole(reading)
  const problems = whole ? await splitParts(reading) : await listChanges(reading)
  return { problems, rows: rows.count(), seal, end: slice.last }
}

/** Compares the parts of a pack that is unchanged since it was signed. */
async function splitParts(reading: PackReading): Promise<readonly EvidenceProblem[]> {
  const head = await headProblems(reading)
  return head.length > 0 ? head : disagreements(reading.source)
}

/** What was changed. Whatever the search finds, a pack that does not agree is not sound. */
async function listChanges(reading: PackReading): Promise<readonly EvidenceProblem[]> {
  const found = await locateProblems(reading)
  return found.length > 0 ? found : [{ file: PACK.head, row: null, says: 'The pack does not agree with it.' }]
}

/** Whether everything agrees: no file is missing or extra, and every hash is the one that was signed. */
function isWhole({ source, hashes, seal, chain }: PackReading): boolean {
  if (!seal.isSigned || source.strange.length > 0 || chain.length > 0) return false
  if (seal.manifestHash === null || hashes.get(PACK.manifest) !== seal.manifestHash) return false
  const { entries, isClean } = parseManifest(seal.manifest ?? '')
  const listed = new Map(entries.map(({ name, hash }) => [name, hash]))
  if (!isClean || listed.size !== entries.length) return false
  for (const [name, hash] of listed) if (hashes.get(name) !== hash) return false
  const unlisted = new Set<string>([PACK.manifest, PACK.head, PACK.signature])
  return [...source.files.keys()].every((name) => listed.has(name) || unlisted.has(name)) && listed.has(PACK.journal)
}

/** Hashes a file and passes on each piece of it; null where it cannot be read completely. */
async function hashFile(
  pieces: AsyncIterable<Uint8Array>,
  visit: ((piece: Uint8Array) => void) | undefined,
): Promise<string | null> {
  const whole = createHash('sha256')
  try {
    for await (const piece of pieces) {
      whole.update(piece)
      visit?.(piece)
    }
  } catch {
    return null
  }
  return whole.digest('hex')
}

/** What the signer of a pack is compared with: a fingerprint from a separate channel, else the keys of a profile. */
interface Signers {
  readonly key?: string | undefined
  readonly own?: readonly string[]
}

/** A fingerprint as people copy it, in 64 lower-case hexadecimal digits. Throws `Refusal` INVALID for anything else. */
function parseFingerprint(text: string): string {
  const digits = text.replaceAll(/[\s:]/gu, '').toLowerCase()
  if (/^[0-9a-f]{64}$/u.test(digits)) return digits
  throw invalid(
    'key',
    `${JSON.stringify(text.slice(0, 100))} is not the fingerprint of a key.`,
    'Give its SHA-256 in 64 hexadecimal digits, as VERIFY.md shows it.',
  )
}

/** Who signed a pack, by the fingerprint of its key. */
function getSigner(fingerprint: string | null, { key, own = [] }: Signers): Verdict['signer'] {
  if (fingerprint === null) return null
  if (key !== undefined) return fingerprint === key ? 'given' : 'other'
  if (own.length === 0) return 'not-compared'
  return own.includes(fingerprint) ? 'own' : 'unknown'
}

/** Opens a folder or a zip. Throws `Refusal` INVALID for what is neither, or cannot be read. */
async function openPackSource(path: string): Promise<PackSource> {
  const whole = absolutePath(path)
  const status = await lstat(whole).catch((error: unknown) => {
    throw explained(error, whole, 'read')
  })
  const target = status.isSymbolicLink() ? await followed(whole) : status
  if (target.isDirectory()) return folderSource(whole)
  if (!target.isFile()) throw invalid('path', `${whole} is neither a folder nor a file.`, 'Give the folder or the zip.')
  const { zipSource } = await import('./zip-source.ts')
  return zipSource(whole)
}

async function followed(path: string) {
  const { stat } = await import('node:fs/promises')
  return stat(path).catch((error: unknown) => {
    throw explained(error, path, 'read')
  })
}
