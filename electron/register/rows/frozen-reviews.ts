import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import type { Reader } from '../db/handles.ts'
import type { JournalRow } from '../db/journal.ts'
import { differs, notInJournal, onlyInJournal, type ProofProblem, type TableProof } from './proved-table.ts'
import { HASH_OF_NOTHING, hashFrozen } from '../reviews/frozen-store.ts'

/** A row of the audit log about a review that was opened, as far as it is about what was frozen. */
interface ReviewPopulation {
  /** The number of items that the register got, which is 0 where the lines of the operation were not used. */
  readonly held: number
  readonly population: string
  readonly firstItem: number
}

/** Collects what the audit log shows of what reviews froze (policies, sources, items and their facts), and compares a hash of all of it. */
export function frozenByJournal() {
  const frozen = new Map<number, ReviewPopulation>()
  return {
    visit: ({ action, body }: Pick<JournalRow, 'action' | 'body'>): void => {
      if (action !== 'review.opened') return
      const { review, items, firstItem, population } = (JSON.parse(body) ?? {}) as Readonly<Record<string, unknown>>
      // A row without the number of its review had no effect in this register.
      if (typeof review !== 'number' || typeof population !== 'string') return
      const hasItems = typeof firstItem === 'number' && typeof items === 'number'
      frozen.set(review, { population, held: hasItems ? items : 0, firstItem: hasItems ? firstItem : 1 })
    },
    /** Compares all but the hashes. Adds what they show to the proofs of tables, and the rows that they cover. */
    begin: (reader: Reader) => {
      const counted = countRows(reader)
      const wrong = new Map<number, readonly string[]>()
      const missing: ProofProblem[] = []
      const added: ProofProblem[] = []
      for (const [review, { held, firstItem }] of frozen) {
        if (!counted.known.has(review)) {
          missing.push({ table: 'review', row: review, says: onlyInJournal(`review ${review}`) })
          continue
        }
        added.push(...listAdded(reader, review, held))
        if (counted.items(review) === held) continue
        wrong.set(review, ['items'])
        missing.push(...listMissing(reader, review, { held, firstItem }))
      }
      return (proofs: readonly TableProof[], getHash = (review: number) => hashFrozen(reader, review)) => {
        for (const [review, { population, held }] of frozen) {
          if (!counted.known.has(review)) continue
          const hash = getHash(review)
          const isUnused = held === 0 && hash === HASH_OF_NOTHING
          if (hash !== population && !isUnused) wrong.set(review, [...(wrong.get(review) ?? []), 'population'])
        }
        const differing = [...wrong].map(([review, columns]) => ({
          table: 'review',
          row: review,
          says: differs(`review ${review}`, columns),
        }))
        return [
          ...proofs.map((proof) => addProblems(proof, missing, [...added, ...differing])),
          ...counted.tables.map(({ table, of }) => {
            const covered = [...of].filter(([review]) => frozen.has(review) && !wrong.has(review))
            return { table, proved: covered.reduce((sum, [, rows]) => sum + rows, 0), partly: 0, problems: [] }
          }),
        ]
      }
    },
  }
}

/** Adds problems to the proof of their table. `differing`: those of rows that are there, of which the proof may have counted some as proved. */
function addProblems(
  proof: TableProof,
  missing: readonly ProofProblem[],
  differing: readonly ProofProblem[],
): TableProof {
  const isOwn = ({ table }: ProofProblem): boolean => table === proof.table.split(' ')[0]
  const known = new Set(proof.problems.map(({ row }) => row))
  const [own, counted] = [differing.filter(isOwn), differing.filter((one) => isOwn(one) && !known.has(one.row))]
  const problems = [...proof.problems, ...missing.filter(isOwn), ...own]
  return { ...proof, proved: proof.proved - counted.length, problems }
}

/** The rows by review. The hash shows that each item has its facts, so that these are not read again to be counted. */
function countRows(reader: Reader) {
  const count = (table: string, where = 'true'): ReadonlyMap<number, number> =>
    new Map(
      reader
        .all<{ readonly review: number; readonly rows: number }>(
          `SELECT review_id AS review, count(*) AS rows FROM ${table} WHERE ${where} GROUP BY review_id`,
        )
        .map(({ review, rows }) => [review, rows]),
    )
  const [items, left] = [count('review_item'), count('review_left', 'position IS NOT NULL')]
  return {
    known: new Set(reader.column<number>('SELECT id FROM review')),
    items: (review: number): number => (items.get(review) ?? 0) + (left.get(review) ?? 0),
    tables: [
      { table: 'review_item_facts', of: items },
      { table: 'review_source', of: count('review_source') },
      { table: 'review_left', of: count('review_left') },
    ],
  }
}

const POSITIONS = `SELECT position FROM review_item WHERE review_id = :review
  UNION ALL SELECT position FROM review_left WHERE review_id = :review AND position IS NOT NULL`

const ADDED = 'SELECT id FROM review_item WHERE review_id = :review AND position > :held ORDER BY position'

/** Lists the items of a review at positions that it did not freeze. */
function listAdded(reader: Reader, review: number, held: number): readonly ProofProblem[] {
  return reader
    .column<number>(ADDED, { review, held })
    .map((row) => ({ table: 'review_item', row, says: notInJournal(`item ${row} of review ${review}`) }))
}

function listMissing(
  reader: Reader,
  review: number,
  { held, firstItem }: Pick<ReviewPopulation, 'held' | 'firstItem'>,
): readonly ProofProblem[] {
  const there = new Set(reader.column<number>(POSITIONS, { review }))
  const missing: ProofProblem[] = []
  for (let position = 1; position <= held && missing.length < MOST_PROBLEMS; position += 1) {
    const row = firstItem + position - 1
    if (!there.has(position))
      missing.push({ table: 'review_item', row, says: `Item ${row} of review ${review} is missing.` })
  }
  return missing
}
