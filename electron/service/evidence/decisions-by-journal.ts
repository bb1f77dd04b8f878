import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'
import { utcInstant } from '../../../shared/domain/text/utc.ts'
import { hasPosition, makeLastFinder, type Runs } from '../../../shared/domain/reviews/positions.ts'
import { positions } from '../../../shared/decisions/reviews.ts'
import { parseObject } from './parse-record.ts'
import { LINE, OPEN, SEALED } from './chain.ts'
import {
  type Body,
  type Cell,
  findSignOffDifference,
  makeAcknowledgement,
  makeFields,
  makeSignature,
  UNSIGNED,
} from './decision-rows.ts'

/** A batch of decisions by the journal, in the fields of the table `decisions`. */
interface DecisionBatch {
  readonly batch: unknown
  readonly positions: Runs
  readonly self: Runs
  readonly fields: Readonly<Record<string, Cell>>
}

/**
 * Compares the decisions and the signatures of a pack with the rows of its journal. A decision that no row shows can
 * only be in a sealed row, so it contradicts the journal where the pack has no sealed row of that time. `review` is its
 * number.
 */
export function decisionsByJournal(review: Cell) {
  const decided: DecisionBatch[] = []
  let lookUp: ((item: Cell | undefined) => DecisionBatch | undefined) | null = null
  const undone = new Set<unknown>()
  const signed: Record<string, Cell> = { ...UNSIGNED }
  const counts = new Map<Cell, number>()
  const problems: EvidenceProblem[] = []
  /** The times between which sealed rows were written: those of the open rows around them. */
  const sealed: { readonly after: string; before: string | null }[] = []
  let at = ''
  const note = (row: Body, body: Body): void => {
    const time = typeof row['at'] === 'number' ? row['at'] : null
    at = utcInstant(time) ?? at
    const open = sealed.at(-1)
    if (open !== undefined) open.before ??= at
    if (body['review'] !== review) return
    if (row['action'] === 'review.undone') undone.add(body['batch'])
    if (row['action'] === 'review.decided') {
      decided.push({
        batch: body['batch'],
        positions: parseRuns(body['positions']),
        self: parseRuns(body['self']),
        fields: makeFields({ ...body, reviewer: row['operator'] }, time),
      })
    }
    if (row['action'] === 'review.signed') {
      Object.assign(signed, makeSignature(row, body))
    }
    if (row['action'] === 'review.acknowledged') {
      Object.assign(signed, makeAcknowledgement(row, body))
    }
  }
  /**
   * True if a decision of a time can be in a sealed row, after the last decision about its item that is in an open row.
   */
  const canBeSealed = (time: string, last: DecisionBatch | undefined): boolean =>
    sealed.some(({ after, before }) => after <= time && (before === null || time <= before)) &&
    (last === undefined || String(last.fields['decidedAt']) <= time)
  return {
    /** A line of `journal.jsonl`. */
    visit: (line: Uint8Array): void => {
      const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8').trimEnd()
      const isSealed = text.startsWith(SEALED, LINE.rest)
      if (isSealed && sealed.at(-1)?.before !== null) sealed.push({ after: at, before: null })
      if (!text.startsWith(OPEN, LINE.rest)) return
      const row = parseObject(text.slice(LINE.row, -1))
      if (row !== null) note(row, parseObject(String(row['body'])) ?? {})
    },
    /** A record of `decisions.jsonl`, and its line. */
    decision: (record: EvidenceRecord | null, row: number): void => {
      const is = record ?? {}
      counts.set(is['decision'] ?? null, (counts.get(is['decision'] ?? null) ?? 0) + 1)
      const say = (what: string): void => {
        const says = `Row ${row}, item ${String(is['item'])}, ${what}`
        // A file that was changed, or is none of Castellan's, can have a problem in every row.
        if (problems.length < MOST_PROBLEMS) problems.push({ file: 'decisions.jsonl', row, says })
      }
      lookUp ??= findLast(decided.filter(({ batch }) => !undone.has(batch)))
      const last = lookUp(is['item'])
      const isElsewhere = last === undefined || is['batch'] !== last.batch
      if (isElsewhere && is['decision'] !== 'undecided') {
        // The row of a justification that looks like a secret is sealed, so the journal cannot show that decision.
        if (!canBeSealed(String(is['decidedAt']), last)) say('has a decision that the audit log does not show.')
        return
      }
      if (last === undefined) return
      const wrong = Object.keys(last.fields).filter((key) => key in is && is[key] !== last.fields[key])
      if (wrong.length > 0) say(`is not as the audit log shows it: ${wrong.join(', ')}.`)
    },
    /** A record of `sign-off.jsonl`, and its line. */
    signOff: (record: EvidenceRecord | null, row: number): void => {
      const [field, value] = [String(record?.['field']), record?.['value'] ?? null]
      const differs = findSignOffDifference(field, value, signed, counts)
      if (differs === null) return
      const other = differs === 'log' ? 'the audit log' : 'decisions.jsonl'
      problems.push({ file: 'sign-off.jsonl', row, says: `Row ${row}, ${field}, is not as ${other} shows it.` })
    },
    problems: (): readonly EvidenceProblem[] => problems,
  }
}

/** The positions that a row names; none where it is not valid, since a pack can hold anything. */
function parseRuns(runs: unknown): Runs {
  const parsed = positions.safeParse(runs)
  return parsed.success ? parsed.data : []
}

/** The last decision about each item. */
function findLast(decided: readonly DecisionBatch[]): (item: Cell | undefined) => DecisionBatch | undefined {
  const find = makeLastFinder(decided.map((one) => one.positions))
  const [others, self] = [false, true].map((selfReview) =>
    decided.map((one): DecisionBatch => ({ ...one, fields: { ...one.fields, selfReview } })),
  )
  return (item) => {
    const last = typeof item === 'number' ? find(item) : null
    if (typeof item !== 'number' || last === null) return undefined
    return hasPosition(decided[last]?.self ?? [], item) ? self?.[last] : others?.[last]
  }
}
