import type { ReviewKind } from '../reviews/review.ts'
import type { ConnectionProblem, ReportAddress, Risk, WaitingState } from './matter.ts'
import type { Row } from './queue.ts'

/** Where the work of a row is done: a page, a panel or a dialog, by what it shows. */
export type Target =
  | { readonly to: 'leaver'; readonly personId: number }
  | { readonly to: 'leavers' }
  /** `fix`: with the dialog for a new key open. */
  | { readonly to: 'connection'; readonly connectionId: number; readonly fix: 'replace-key' | null }
  | { readonly to: 'connections' }
  | { readonly to: 'key'; readonly keyId: number }
  | { readonly to: 'keys'; readonly rotation: 'overdue' | 'due'; readonly isAdmin: boolean }
  | { readonly to: 'review'; readonly reviewId: number }
  | { readonly to: 'review-start'; readonly kind: ReviewKind; readonly client: string }
  | { readonly to: 'reviews' }
  | { readonly to: 'remediation'; readonly state: WaitingState }
  | { readonly to: 'budgets' }
  | { readonly to: 'usage' }
  | { readonly to: 'finding'; readonly findingId: number }
  | { readonly to: 'findings'; readonly rule: string | null; readonly severity: Risk | null }
  | { readonly to: 'report'; readonly client: string; readonly kind: ReportAddress['kind']; readonly period: string }
  | { readonly to: 'reports' }

/** The one action of a row: a verb with its object, and where it leads. */
export interface Action {
  readonly label: string
  readonly target: Target
}

/** The rule whose findings are expired invites. */
const INVITES_RULE = 'invite-expired'

export function makeAction(row: Row): Action {
  const [{ subject, client }] = row.matters
  const isOne = row.matters.length === 1
  switch (subject.kind) {
    case 'leaver':
      return row.joined === 1
        ? { label: 'Remove access…', target: { to: 'leaver', personId: subject.personId } }
        : { label: 'Open leavers', target: { to: 'leavers' } }
    case 'connection':
      return row.joined === 1
        ? {
            label: CONNECTION_LABELS[subject.problem],
            target: {
              to: 'connection',
              connectionId: subject.connectionId,
              fix: NEEDS_KEY.has(subject.problem) ? 'replace-key' : null,
            },
          }
        : { label: 'Open connections', target: { to: 'connections' } }
    case 'keys': {
      const label = subject.when === 'overdue' ? 'Rotate…' : 'Plan rotation'
      return isOne && subject.count === 1
        ? { label, target: { to: 'key', keyId: subject.keyId } }
        : { label, target: { to: 'keys', rotation: subject.when, isAdmin: subject.use === 'admin' } }
    }
    case 'review':
      if (!isOne) return { label: 'Open reviews', target: { to: 'reviews' } }
      return subject.openReviewId === null
        ? { label: 'Start review', target: { to: 'review-start', kind: subject.review, client: client.slug } }
        : { label: 'Open review', target: { to: 'review', reviewId: subject.openReviewId } }
    case 'remediation':
      return { label: REMEDIATION_LABELS[subject.state], target: { to: 'remediation', state: subject.state } }
    case 'budget':
      return { label: row.joined === 1 ? 'See drivers' : 'Open budgets', target: { to: 'budgets' } }
    case 'usage':
      return { label: 'Open usage', target: { to: 'usage' } }
    case 'finding':
      if (row.joined > 1)
        return {
          label: 'Open findings',
          target: { to: 'findings', rule: null, severity: row.weight.risk },
        }
      return isOne && subject.findingId !== null
        ? { label: 'Open finding', target: { to: 'finding', findingId: subject.findingId } }
        : { label: 'Open findings', target: { to: 'findings', rule: subject.rule, severity: null } }
    case 'invites':
      return { label: 'Open invites', target: { to: 'findings', rule: INVITES_RULE, severity: null } }
    case 'report':
      return row.joined === 1
        ? { label: 'Make report', target: { to: 'report', client: client.slug, ...subject.address } }
        : { label: 'Open reports', target: { to: 'reports' } }
    default:
      return subject satisfies never
  }
}

/** Problems that a new key mends. */
const NEEDS_KEY: ReadonlySet<ConnectionProblem> = new Set(['refused', 'no-key'])

const CONNECTION_LABELS = {
  refused: 'Replace key…',
  'no-key': 'Add key…',
  failed: 'Open connection',
  never: 'Open connection',
  partial: 'Open connection',
  stale: 'Open connection',
} as const

const REMEDIATION_LABELS: Readonly<Record<WaitingState, string>> = {
  unsure: 'Check results',
  deploying: 'Deploy keys',
  waiting: 'Preview changes',
  'by-hand': 'Open steps',
}
