import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { hasPosition, makeLastFinder } from '../../../shared/domain/reviews/positions.ts'
import { createReviewFold, listTaken, settle } from '../../../shared/decisions/fold-reviews.ts'
import { REVIEW_OPERATIONS, type ReviewOperation } from '../../../shared/decisions/reviews.ts'
import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'
import {
  type Body,
  type Cell,
  findSignOffDifference,
  makeAcknowledgement,
  makeFields,
  makeSignature,
  UNSIGNED,
} from './decision-rows.ts'
import type { ShownDecisions, ShownOp } from './history/shown-decisions.ts'
import { listReviewOps } from './history/signed-acts.ts'

/**
 * Compares the decisions and the signatures in the tables of a pack with the operations that the devices of members signed. A decision that
 * none shows can only be in an entry whose text the pack does not have. `reviewUid`: the review of the pack.
 */
export function decisionsByHistory({ counting, log, names, hidden }: ShownDecisions, reviewUid: string) {
  const problems: EvidenceProblem[] = []
  const counts = new Map<Cell, number>()
  const signed: Record<string, Cell> = { ...UNSIGNED }
  const ops = listReviewOps(counting, reviewUid)
  const reviews = createReviewFold()
  const orders = new Map(ops.map(({ hash, order }) => [hash, order]))
  for (const shown of ops) {
    const operation = { kind: shown.op.kind, client: log, body: shown.op.body } as unknown as ReviewOperation
    reviews.fold(operation, {
      author: { member: shown.member, name: '' },
      at: shown.order,
      seen: orders.get(shown.op.on ?? '') ?? -1,
    })
    const row = toRow(names, shown)
    if (shown.op.kind === 'review.signed') Object.assign(signed, makeSignature(row, shown.op.body))
    if (shown.op.kind === 'review.acknowledged') Object.assign(signed, makeAcknowledgement(row, shown.op.body))
  }
  const review = reviews.reviews.get(reviewUid)
  const batches = ops.flatMap((shown) => toBatch(names, shown, review?.batches) ?? [])
  const hasOneAuthor = new Set(batches.map(({ member }) => member)).size < 2
  const find = makeLastFinder(batches.map(({ body }) => body.positions))
  const lookUp = (item: number) => {
    const last = batches[find(item) ?? -1]
    if (last === undefined || review === undefined) return null
    if (!hasOneAuthor && settle(listTaken(review, item)) === 'contested') return null
    return { ...last.fields, selfReview: hasPosition(last.body.self, item) }
  }
  return {
    /** A record of `decisions.jsonl`, and its line. */
    decision: (record: EvidenceRecord | null, row: number): void => {
      const is = record ?? {}
      counts.set(is['decision'] ?? null, (counts.get(is['decision'] ?? null) ?? 0) + 1)
      const item = is['item']
      const last: Readonly<Record<string, Cell>> | null = typeof item === 'number' ? lookUp(item) : null
      // The text of a justification that looks like a secret is not shown.
      if (hidden > 0 && last === null) return
      const should = last ?? { decision: 'undecided' }
      const wrong = Object.keys(should).filter((key) => key in is && is[key] !== should[key])
      if (wrong.length === 0 || (hidden > 0 && is['decision'] !== 'undecided')) return
      const says = `Row ${row}, item ${String(item)}, is not as the client’s log shows it: ${wrong.join(', ')}.`
      problems.push({ file: 'decisions.jsonl', row, says })
    },
    /** A record of `sign-off.jsonl`, and its line. */
    signOff: (record: EvidenceRecord | null, row: number): void => {
      const [field, value] = [String(record?.['field']), record?.['value'] ?? null]
      const differs = findSignOffDifference(field, value, signed, counts)
      if (differs === null) return
      const other = differs === 'log' ? 'the client’s log' : 'decisions.jsonl'
      problems.push({ file: 'sign-off.jsonl', row, says: `Row ${row}, ${field}, is not as ${other} shows it.` })
    },
    problems: (): readonly EvidenceProblem[] => problems,
  }
}

/** The facts of a register's audit log about an operation: its time, and its author by name. */
function toRow(names: ShownDecisions['names'], { op, member }: ShownOp): Body {
  return { at: op.at, operator: names.get(member)?.name ?? '' }
}

/** A batch of decisions that was not reverted. */
function toBatch(
  names: ShownDecisions['names'],
  shown: ShownOp,
  folded: ReadonlyMap<string, { readonly isUndone: boolean }> | undefined,
) {
  if (shown.op.kind !== 'review.decided') return null
  const parsed = REVIEW_OPERATIONS['review.decided'].body.safeParse(shown.op.body)
  const batch = parsed.success ? folded?.get(parsed.data.batchUid) : undefined
  if (!parsed.success || batch === undefined || batch.isUndone) return null
  const { operator } = toRow(names, shown)
  return {
    body: parsed.data,
    member: shown.member,
    fields: makeFields({ ...parsed.data, reviewer: operator }, shown.op.at),
  }
}
