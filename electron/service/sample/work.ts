import { findingIds, findingsById } from '../../register/findings/list.ts'
import { type Context, getReader, getToday, makeMoment } from '../core/context.ts'
import { addMany } from '../remediation/add.ts'
import { markByHand, withdraw } from '../remediation/end.ts'
import { OPERATOR } from './load.ts'
import { decideItems, listItems } from '../reviews/deciding.ts'
import { acknowledgeAs, signAs } from '../reviews/ending.ts'
import { openNewReview } from '../reviews/opening.ts'

/** The clients whose administrators are reviewed, and who acknowledges the signed review. */
const IN_ORDER = 'heliotide-clinics'
const UNDER_REVIEW = 'quillmarsh-mutual'
const ACKNOWLEDGER = 'Tomas Okafor'

const WHY = 'Needed for the work of this quarter.'

/** How many items of the open review are decided. */
const DECIDED = 3

/** Findings whose changes are on the remediation list, by rule and subject. */
const ADDED = [
  ['key-in-archived-project', 'broker-portal-backend'],
  ['key-owner-gone', 'nils-claims-hotfix'],
  ['key-owner-none', 'prod-review-bot'],
  ['key-without-project', 'ops-wide'],
  ['invite-expired', 'd.fontaine@quillmarsh.example'],
  ['invite-expired', 'dana.new@acme.example'],
] as const

/** The change that was cancelled, by its subject. */
const CANCELLED = 'dana.new@acme.example'

/**
 * Does in the loaded sample what its people would have done with the product: one review is signed and acknowledged,
 * one is open, and some changes are on the remediation list, in several states.
 */
export async function workInSample(context: Context): Promise<void> {
  signReview(context)
  beginReview(context)
  await addChanges(context)
}

function signReview(context: Context): void {
  const { reviewId } = openNewReview(context, { kind: 'admins', client: IN_ORDER })
  decideItems(context, { reviewId, items: {}, decision: 'keep', why: WHY })
  signAs(context, { reviewId, as: OPERATOR })
  acknowledgeAs(context, reviewId, ACKNOWLEDGER)
}

function beginReview(context: Context): void {
  const { reviewId } = openNewReview(context, { kind: 'admins', client: UNDER_REVIEW })
  const items = listItems(context, { reviewId, items: {} })
    .slice(0, DECIDED)
    .map(({ id }) => id)
  decideItems(context, { reviewId, items, decision: 'keep', why: WHY })
}

async function addChanges(context: Context): Promise<void> {
  const ids = findingIds(
    getReader(context),
    { state: 'open', sort: { by: 'severity', direction: 'asc' } },
    getToday(context),
  )
  const rows = findingsById(getReader(context), ids, makeMoment(context)).map(({ row }) => row)
  const origins = ADDED.flatMap(([rule, name]) => {
    const found = rows.find((row) => row.rule.id === rule && row.subject.name === name)
    return found === undefined ? [] : [{ kind: 'finding', id: found.findingId } as const]
  })
  const { added } = await addMany(context, { origins, items: [] })
  const cancelled = added.find(({ subject }) => subject.name === CANCELLED)
  if (cancelled !== undefined) withdraw(context, cancelled.remediationId)
  const byHand = added.find(({ state }) => state === 'by-hand')
  if (byHand !== undefined) markByHand(context, byHand.remediationId)
}
