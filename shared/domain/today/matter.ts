import type { Day } from '../day.ts'
import type { SubjectKind } from '../facts.ts'
import type { Severity } from '../findings/severity.ts'
import type { RemediationState } from '../remediation/remediation.ts'
import type { ReviewKind } from '../reviews/review.ts'
import type { ReportKind } from '../usage/report-period.ts'
import type { Facts } from './worse.ts'

/** Most pressing first. Findings that are only information do not come into Today. */
export const RISKS = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[]
export type Risk = (typeof RISKS)[number]

export const TODAY_KINDS = [
  'leaver',
  'connection',
  'keys',
  'review',
  'remediation',
  'budget',
  'usage',
  'finding',
  'invites',
  'report',
] as const

/**
 * Why the facts of a connection are not current. `refused`: the provider rejects its key. `no-key`: it has none.
 * `failed`: the last sync read nothing. `never`: it was not synced yet. `partial`: some lists were not read. `stale`:
 * the last sync is long ago.
 */
export const CONNECTION_PROBLEMS = ['refused', 'no-key', 'failed', 'never', 'partial', 'stale'] as const
export type ConnectionProblem = (typeof CONNECTION_PROBLEMS)[number]

/** Admin keys reach every project of their organization, so they are listed apart from all others. */
export type KeyUse = 'admin' | 'other'

/** The remediation states that need a person. */
export type WaitingState = Extract<RemediationState, 'unsure' | 'deploying' | 'waiting' | 'by-hand'>

/** The subject of a matter, with the facts that its sentence and its action need. */
export type Subject =
  | {
      readonly kind: 'leaver'
      readonly personId: number
      readonly name: string
      readonly leftOn: Day
      /** Owner or admin somewhere. */
      readonly privileged: boolean
      readonly accounts: number
      readonly keys: number
      readonly invites: number
      /** The last use of an account or key after the departure. */
      readonly usedOn: Day | null
    }
  | {
      readonly kind: 'connection'
      readonly connectionId: number
      readonly label: string
      /** The provider's name. */
      readonly provider: string
      readonly problem: ConnectionProblem
      /** Why, in the words of the last attempt. */
      readonly reason: string | null
      readonly lastSyncOn: Day | null
      readonly keys: number
    }
  | {
      readonly kind: 'keys'
      readonly use: KeyUse
      readonly when: 'overdue' | 'due'
      readonly count: number
      /** Of all of them. */
      readonly firstDueOn: Day
      readonly lastDueOn: Day
      /** One of them; of a single key, that key. */
      readonly keyId: number
      readonly name: string
    }
  | {
      readonly kind: 'review'
      readonly review: ReviewKind
      readonly dueOn: Day
      readonly openReviewId: number | null
      readonly items: number
      readonly decided: number
    }
  | { readonly kind: 'remediation'; readonly state: WaitingState; readonly count: number }
  | {
      readonly kind: 'budget'
      /** The project, connection or client. */
      readonly place: string
      /** Micro-USD. */
      readonly spent: number
      readonly amount: number
      readonly percent: number
      /** `2026-11`. */
      readonly month: string
    }
  /** Budgets of a month whose days up to yesterday were not all read. */
  | { readonly kind: 'usage'; readonly count: number }
  | {
      readonly kind: 'finding'
      readonly rule: string
      readonly title: string
      readonly subjectKind: SubjectKind
      readonly count: number
      /** Of a single finding; null of several. */
      readonly findingId: number | null
      readonly name: string
      /** Its evidence in a sentence. */
      readonly says: string
    }
  | { readonly kind: 'invites'; readonly count: number }
  | { readonly kind: 'report'; readonly title: string; readonly address: ReportAddress }

/** The report that is to be made. */
export interface ReportAddress {
  readonly kind: ReportKind
  readonly period: string
}

export interface TodayClient {
  readonly slug: string
  readonly name: string
  readonly colour: string
}

/**
 * Something at one client that needs a person. `key` names it there for as long as it lasts, so that it can be snoozed
 * and dismissed; matters of several clients with one key are one row.
 */
export interface Matter {
  readonly key: string
  readonly client: TodayClient
  readonly risk: Risk
  /** How many keys, accounts, people or projects it concerns; at least 1. */
  readonly reach: number
  /** Whole days since it needs a person; 0 for what is only coming up. */
  readonly age: number
  /** The day by which it is to be done; null where none is set. */
  readonly by: Day | null
  readonly facts: Facts
  readonly subject: Subject
}
