import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { utcInstant } from '../../../shared/domain/text/utc.ts'
import { hasPosition, makeLastFinder, type Runs } from '../../../shared/domain/reviews/positions.ts'
import { positions } from '../../../shared/operations/reviews.ts'
import { isRecord } from './pack-head.ts'
import { LINE, OPEN, SEALED } from './chain.ts'
import { CARRIED, NOT_CARRIED } from '../../../shared/report/evidence-sign-off.ts'

type Cell = EvidenceRecord[string]
type Body = Readonly<Record<string, unknown>>

/** A batch of decisions by the journal, in the fields of the table `decisions`; in rows from before batches were one row, a single item. */
interface Decided {
  readonly batch: unknown
  readonly positions: Runs
  readonly self: Runs
  readonly fields: Readonly<Record<string, Cell>>
}

/** The fields of `sign-off` that must equal the tally of the decisions. */
const COUNTED: Readonly<Record<string, string>> = {
  Kept: 'keep',
  'To be changed': 'change',
  'To be removed': 'remove',
  'More information needed': 'unknown',
  // In packs of older versions.
  'Decided as unknown': 'unknown',
  Undecided: 'undecided',
}

/** What `sign-off` shows of a review that the journal shows no signature of. */
const UNSIGNED: Readonly<Record<string, Cell>> = {
  'Signed by': 'not signed',
  'Signed (UTC)': '',
  'Signed by the operator': '',
  [CARRIED]: NOT_CARRIED[0],
  'Acknowledged by management': 'not acknowledged',
  'Acknowledged (UTC)': '',
  'Acknowledged by the operator': '',
}

/**
 * Compares the decisions and the signatures of a pack with the rows of its journal. A decision that no row shows can
 * only be in a sealed row, so it contradicts the journal where the pack has no sealed row of that time. `review` is its
 * number.
 */
export function decisionsByJournal(review: Cell) {
  const decided: Decided[] = []
  let lookUp: ((item: Cell | undefined) => Decided | undefined) | null = null
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
      const reviewer = body['reviewer'] ?? row['operator']
      const one = body['self'] === true ? [body['position']] : []
      decided.push({
        batch: body['batch'],
        positions: parseRuns(body['positions'] ?? [body['position']]),
        self: parseRuns(Array.isArray(body['self']) ? body['self'] : one),
        fields: makeFields({ ...body, reviewer }, time),
      })
    }
    if (row['action'] === 'review.signed') {
      const because = { [CARRIED]: parseCell(body['carried']) ?? NOT_CARRIED[0] }
      Object.assign(signed, signature('Signed', 'Signed by', row, body), because)
    }
    if (row['action'] === 'review.acknowledged') {
      Object.assign(signed, signature('Acknowledged', 'Acknowledged by management', row, body))
    }
  }
  /**
   * Whether a decision of a time can be in a sealed row, after the last decision about its item that is in an open row.
   */
  const canBeSealed = (time: string, last: Decided | undefined): boolean =>
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
    /** A record of `decisions.json`, and its line. */
    decision: (record: EvidenceRecord | null, row: number): void => {
      const is = record ?? {}
      counts.set(is['decision'] ?? null, (counts.get(is['decision'] ?? null) ?? 0) + 1)
      const say = (what: string): void => {
        problems.push({ file: 'decisions.json', row, says: `Row ${row}, item ${String(is['item'])}, ${what}` })
      }
      lookUp ??= findLast(decided.filter(({ batch }) => !undone.has(batch)))
      const last = lookUp(is['item'])
      const isElsewhere = last === undefined || is['go'] !== last.batch
      if (isElsewhere && is['decision'] !== 'undecided') {
        // The row of a justification that looks like a secret is sealed, so the journal cannot show that decision.
        if (!canBeSealed(String(is['decidedAt']), last)) say('has a decision that the audit log does not show.')
        return
      }
      if (last === undefined) return
      const wrong = Object.keys(last.fields).filter((key) => key in is && is[key] !== last.fields[key])
      if (wrong.length > 0) say(`is not as the audit log shows it: ${wrong.join(', ')}.`)
    },
    /** A record of `sign-off.json`, and its line. */
    signOff: (record: EvidenceRecord | null, row: number): void => {
      const [field, value] = [String(record?.['field']), record?.['value'] ?? null]
      const counted = COUNTED[field]
      const should = counted === undefined ? signed[field] : (counts.get(counted) ?? 0)
      if (should === undefined || should === value) return
      if (field === CARRIED && should === NOT_CARRIED[0] && NOT_CARRIED.some((words) => words === value)) return
      const other = counted === undefined ? 'the audit log' : 'decisions.json'
      problems.push({ file: 'sign-off.json', row, says: `Row ${row}, ${field}, is not as ${other} shows it.` })
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
function findLast(decided: readonly Decided[]): (item: Cell | undefined) => Decided | undefined {
  const find = makeLastFinder(decided.map((one) => one.positions))
  return (item) => {
    const last = typeof item === 'number' ? decided[find(item) ?? -1] : undefined
    if (typeof item !== 'number' || last === undefined) return undefined
    return { ...last, fields: { ...last.fields, selfReview: hasPosition(last.self, item) } }
  }
}

function makeFields(body: Body, at: number | null): Decided['fields'] {
  return {
    decision: parseCell(body['decision']),
    to: parseCell(body['to']),
    why: parseCell(body['why']),
    until: parseCell(body['until']),
    reviewer: parseCell(body['reviewer']),
    decidedAt: utcInstant(at),
  }
}

function signature(what: string, by: string, row: Body, body: Body): Record<string, Cell> {
  return {
    [by]: parseCell(body['as']),
    [`${what} by the operator`]: parseCell(row['operator']),
    [`${what} (UTC)`]: utcInstant(typeof row['at'] === 'number' ? row['at'] : null),
  }
}

function parseCell(value: unknown): Cell {
  return typeof value === 'string' ? said(value) : null
}

function parseObject(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}
