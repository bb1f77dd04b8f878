import { hash } from 'node:crypto'

import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { PACK, shownName } from '../../../shared/report/evidence-pack.ts'
import { differenceWord, newDigests, type RowDifference, type RowDigests, rowDifferences } from './row-diff.ts'
import { readRowIndex, readRows, remadeRows } from './row-index.ts'
import { headProblems, parseLines, parseManifest, SMALL } from './seal.ts'
import { type PackReading } from './seal.ts'
import { manifestLine } from './seal-pack.ts'

/** The verdict on a file of the pack. */
interface FileVerdict {
  readonly name: string
  /** Its content is what was written: by the manifest, or by the hashes of its rows. */
  readonly isIntact: boolean
  readonly problems: readonly EvidenceProblem[]
}

/** SHA-256 of a file without bytes. */
const EMPTY = hash('sha256', '', 'hex')

const SEALS: readonly string[] = [PACK.manifest, PACK.head, PACK.signature]

/**
 * Finds what was changed in a pack that does not agree with itself. Each file has two witnesses, its line of the
 * manifest and the hashes of its rows: where only one contradicts it, that witness was changed. The manifest is
 * compared with the files that are intact, the head with the manifest, and the signature with the head.
 */
export async function locateProblems(reading: PackReading): Promise<readonly EvidenceProblem[]> {
  const { source, seal, hashes } = reading
  const { entries } = parseManifest(seal.manifest ?? '')
  const listed = new Map(entries.toReversed().map(({ name, hash }) => [name, hash]))
  const index = await readRowIndex(source)
  const isManifestProved =
    seal.isSigned && seal.manifestHash !== null && hashes.get(PACK.manifest) === seal.manifestHash
  const judged: FileVerdict[] = []
  const names = getNames(reading, listed, index, isManifestProved)
  for (const name of names.known) judged.push(await judge(name, reading, listed, index, names.data))
  const problems = [
    ...source.strange,
    ...names.problems,
    ...judged.flatMap((file) => file.problems),
    // A break of the record follows from a change of its file.
    ...reading.chain.filter(({ file }) => !judged.some(({ name, problems: own }) => name === file && own.length > 0)),
  ]
  if (isManifestProved) return problems
  const should = shouldManifest(judged, names.missing, listed, hashes)
  const manifest = manifestProblems(reading, should)
  const before = [...problems, ...manifest]
  return [...before, ...(await headAndSignature(reading, should, before))]
}

/** Which files exist and are judged, and which are missing or do not belong. */
function getNames(
  { source }: PackReading,
  listed: ReadonlyMap<string, string>,
  index: ReadonlyMap<string, RowDigests> | null,
  isManifestProved: boolean,
): {
  readonly known: readonly string[]
  readonly data: readonly string[]
  readonly missing: readonly string[]
  readonly problems: readonly EvidenceProblem[]
} {
  const indexed = new Set<string>([...(index?.keys() ?? []), PACK.rows])
  // If only one of two witnesses names a file that does not exist, that witness was changed.
  const believed = (name: string): boolean =>
    isManifestProved
      ? listed.has(name)
      : listed.has(name) && (index === null || indexed.has(name) || listed.get(name) === EMPTY)
  const reported = new Set([...listed.keys(), ...indexed])
  const present = [...source.files.keys()]
  const missing = [...reported].filter((name) => !source.files.has(name) && (believed(name) || name === PACK.rows))
  const seals = SEALS.filter((name) => !source.files.has(name))
  const large = SEALS.filter((name) => (source.files.get(name) ?? 0) > SMALL)
  const extra = present.filter((name) => !reported.has(name) && !SEALS.includes(name))
  const known = present.filter((name) => reported.has(name)).sort()
  return {
    known,
    data: known.filter((name) => name !== PACK.rows),
    missing,
    problems: [
      ...[...missing, ...seals].map((name) => ({ file: shownName(name), row: null, says: 'The file is missing.' })),
      ...large.map((name) => ({ file: name, row: null, says: 'The file was changed: it is far too large.' })),
      ...extra.map((name) => ({ file: shownName(name), row: null, says: 'The file is not part of the pack.' })),
    ],
  }
}

async function judge(
  name: string,
  { source, hashes }: PackReading,
  listed: ReadonlyMap<string, string>,
  index: ReadonlyMap<string, RowDigests> | null,
  data: readonly string[],
): Promise<FileVerdict> {
  const is = hashes.get(name) ?? null
  if (is !== null && listed.get(name) === is) return { name, isIntact: true, problems: [] }
  // A file without lines, such as an empty table, has none in the list of rows.
  const rows = index?.get(name) ?? (index !== null && listed.has(name) ? newDigests() : undefined)
  const should = name === PACK.rows ? await remadeRows(source, data) : rows
  if (should === undefined) {
    const says = listed.has(name) ? 'The file was changed.' : 'The file is not part of the pack.'
    return { name, isIntact: false, problems: [{ file: shownName(name), row: null, says }] }
  }
  const differences = rowDifferences(should, await readRows(source, name))
  const problems = differences.map((difference) => toProblem(name, difference))
  if (is === null) problems.push({ file: name, row: null, says: 'The file cannot be unpacked to its end.' })
  return { name, isIntact: problems.length === 0, problems }
}

function toProblem(file: string, difference: RowDifference): EvidenceProblem {
  return { file, row: difference.row, says: differenceWord(difference) }
}

/** The manifest as the intact files require it; for the others its own lines count. */
function shouldManifest(
  judged: readonly FileVerdict[],
  missing: readonly string[],
  listed: ReadonlyMap<string, string>,
  hashes: PackReading['hashes'],
): string {
  const of = ({ name, isIntact }: FileVerdict) => [name, isIntact ? hashes.get(name) : listed.get(name)] as const
  const all = new Map([...missing.map((name) => [name, listed.get(name)] as const), ...judged.map(of)])
  return [...all]
    .flatMap(([name, sha256]) => (sha256 === undefined || sha256 === null ? [] : [{ name, sha256 }]))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => `${manifestLine(entry)}\n`)
    .join('')
}

function manifestProblems({ seal }: PackReading, should: string): readonly EvidenceProblem[] {
  if (seal.manifest === null) return []
  return rowDifferences(parseLines(should), parseLines(seal.manifest)).map((difference) =>
    toProblem(PACK.manifest, difference),
  )
}

/** Finds the faults of the head, its signature or the key, given those of the rest. */
async function headAndSignature(
  reading: PackReading,
  should: string,
  before: readonly EvidenceProblem[],
): Promise<readonly EvidenceProblem[]> {
  const { seal } = reading
  if (seal.isSigned) {
    if (before.length > 0) return []
    return [{ file: PACK.manifest, row: null, says: `It is not the one that ${PACK.head} was signed for.` }]
  }
  const isKeyAccused = before.some(({ file }) => file === PACK.key)
  // A key that was changed proves nothing: the head's own fingerprint counts.
  const fingerprint = isKeyAccused
    ? (/^# public key: ([0-9a-f]{64})$/mu.exec(seal.head ?? '')?.[1] ?? null)
    : seal.fingerprint
  const head = await headProblems(reading, { manifest: hash('sha256', should, 'hex'), fingerprint })
  if (head.length > 0 || isKeyAccused || seal.head === null || seal.signature === null) return head
  const says =
    seal.key === null
      ? `${PACK.key} holds no Ed25519 key, so the signature cannot be checked.`
      : `It is not the signature of ${PACK.head} by the key in ${PACK.key}.`
  return [{ file: PACK.signature, row: null, says }]
}
