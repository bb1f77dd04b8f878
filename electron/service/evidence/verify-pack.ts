import { createHash } from 'node:crypto'
import { lstat } from 'node:fs/promises'

import type { EvidenceProblem, Verdict } from '../../../shared/contract/evidence.ts'
import { PACK_CHECKS, teamPackChecks } from '../../../shared/report/evidence-checks.ts'
import { HISTORY_FILES, LOGS } from '../../../shared/report/evidence-history.ts'
import { PACK, type PackRecord } from '../../../shared/report/evidence-pack.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import { invalid } from '../kit/refusal.ts'
import { disagreements } from './agreement.ts'
import { chainWalk } from './chain.ts'
import { concludeHistory, type ConcludedHistory, getHistoryRecord, listBreaks } from './history/conclude.ts'
import { hasHistory, readHistory } from './read-history.ts'
import { lineCounter, lineCutter } from './lines.ts'
import { locateProblems } from './locate.ts'
import { type PackSource, folderSource } from './pack-source.ts'
import { countUnproved, describeTeam, getSigner, type Signers } from './signer.ts'
import { headProblems, parseManifest, type PackReading, readSeal } from './seal.ts'
import { absolutePath, explained } from '../kit/paths.ts'

/** The result of a verification, without the time when it was made. */
export type PackVerdict = Omit<Verdict, 'checkedAt'>

/**
 * Checks a pack by itself: the signature over the head, the head's hash of the manifest, the manifest's hash of every
 * file, and the chain of the journal's rows or of the logs of a team. Single rows are searched only when something differs. Reads nothing but
 * the files in the folder or zip. `against` is what its signer is compared with. Throws `Refusal` INVALID for what is
 * not an evidence pack, for a key that is not a fingerprint, and for a root that is none.
 */
export async function verifyPack(path: string, against: Signers = {}): Promise<PackVerdict> {
  return (await readPack(path, against)).verdict
}

/** Checks a pack, and returns where its record ended. */
export async function readPack(
  path: string,
  against: Signers,
): Promise<{ readonly verdict: PackVerdict; readonly end: PackRecord }> {
  const source = await openPackSource(path)
  try {
    return await readOpened(source, path, against)
  } finally {
    await source.close()
  }
}

/** Checks a pack that was opened, in the same way. */
export async function readOpened(
  source: PackSource,
  path: string,
  against: Signers,
): Promise<{ readonly verdict: PackVerdict; readonly end: PackRecord }> {
  const key = against.key === undefined ? undefined : parseFingerprint('key', against.key)
  const root = against.root === undefined ? undefined : parseFingerprint('root', against.root)
  const { seal, problems, rows, end, history } = await verifySource(source, path)
  const { fingerprint } = seal
  const known = { ...against, key, root }
  const team = history === null ? null : describeTeam(history, fingerprint, known)
  const signer = getSigner(fingerprint, known, team)
  const foreign: EvidenceProblem[] = []
  if (signer === 'other') {
    const says = `The pack is signed by the key ${fingerprint}, not by ${key}.`
    foreign.push({ file: PACK.key, row: null, says })
  }
  if (team?.known === 'other') {
    const says = `The team in the pack has the root ${team.root}, not ${root}.`
    foreign.push({ file: HISTORY_FILES.team.batches, row: 1, says })
  }
  const all = [...foreign, ...problems]
  const found = { ok: all.length === 0, problems: all.slice(0, MOST_PROBLEMS), rows, fingerprint, signer }
  const checks = history === null ? PACK_CHECKS : teamPackChecks(countUnproved(history))
  return { verdict: { ...found, ...(team === null ? {} : { team }), ...checks }, end }
}

async function verifySource(source: PackSource, path: string) {
  if (!source.files.has(PACK.manifest) && !source.files.has(PACK.head)) {
    throw invalid(
      'path',
      `${path} is not an evidence pack: it has no ${PACK.manifest}.`,
      'Give the folder or the zip of a pack.',
    )
  }
  const chain = chainWalk()
  const journal = lineCutter(chain.visit)
  const rows = lineCounter()
  const hashes = new Map<string, string | null>()
  for (const name of source.files.keys()) {
    const visit = name === PACK.journal ? journal.add : name === PACK.rows ? rows.add : undefined
    hashes.set(name, await hashFile(source.read(name), visit))
  }
  journal.end()
  const history = hasHistory(source) ? await readHistory(source) : null
  const { slice, problems: broken } = chain.result()
  const seal = await readSeal(source)
  const reading: PackReading = {
    source,
    hashes,
    seal,
    record: history === null ? { form: 1, ...slice } : getHistoryRecord(history),
    chain: history === null ? broken : listBreaks(history),
  }
  const isUnchanged = isWhole(reading)
  const concluded = history !== null && isUnchanged ? concludeHistory(history) : null
  const problems = isUnchanged ? await compareParts(reading, concluded) : await listChanges(reading)
  return { problems, rows: rows.count(), seal, end: reading.record, history: concluded }
}

/** SHA-256 in hex of a file; null where it cannot be read completely. */
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

/** Compares the parts of a pack that is unchanged since it was signed. */
async function compareParts(
  reading: PackReading,
  history: ConcludedHistory | null,
): Promise<readonly EvidenceProblem[]> {
  const head = await headProblems(reading)
  return head.length > 0 ? head : disagreements(reading.source, history)
}

/** Lists what was changed. Whatever the search finds, a pack that does not agree is not sound. */
async function listChanges(reading: PackReading): Promise<readonly EvidenceProblem[]> {
  const found = await locateProblems(reading)
  return found.length > 0 ? found : [{ file: PACK.head, row: null, says: 'The pack does not agree with it.' }]
}

/** True if everything agrees: no file is missing or extra, and every hash is the one that was signed. */
function isWhole({ source, hashes, seal, chain, record }: PackReading): boolean {
  if (!seal.isSigned || source.strange.length > 0 || chain.length > 0) return false
  if (seal.manifestHash === null || hashes.get(PACK.manifest) !== seal.manifestHash) return false
  const { entries, isClean } = parseManifest(seal.manifest ?? '')
  const listed = new Map(entries.map(({ name, hash }) => [name, hash]))
  if (!isClean || listed.size !== entries.length) return false
  for (const [name, hash] of listed) if (hashes.get(name) !== hash) return false
  const unlisted = new Set<string>([PACK.manifest, PACK.head, PACK.signature])
  return (
    [...source.files.keys()].every((name) => listed.has(name) || unlisted.has(name)) &&
    RECORD_FILES[record.form].every((name) => listed.has(name))
  )
}

/** The files that have the record of a pack, by its form. */
const RECORD_FILES: Readonly<Record<PackRecord['form'], readonly string[]>> = {
  1: [PACK.journal],
  2: LOGS.flatMap((log) => Object.values(HISTORY_FILES[log])),
}

/**
 * A fingerprint, or a root, as people copy it, in 64 lower-case hexadecimal digits. Throws `Refusal` INVALID for anything
 * else.
 */
function parseFingerprint(field: 'key' | 'root', text: string): string {
  const digits = text.replaceAll(/[\s:]/gu, '').toLowerCase()
  if (/^[0-9a-f]{64}$/u.test(digits)) return digits
  const what = field === 'key' ? 'the fingerprint of a key' : 'the root of a team'
  const give = field === 'key' ? 'Give its SHA-256' : 'Give it'
  throw invalid(
    field,
    `${JSON.stringify(text.slice(0, 100))} is not ${what}.`,
    `${give} in 64 hexadecimal digits, as VERIFY.md shows it.`,
  )
}

/** Opens a folder or a zip. Throws `Refusal` INVALID for what is neither, or cannot be read. */
export async function openPackSource(path: string): Promise<PackSource> {
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
