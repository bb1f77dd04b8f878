import { counted } from '../../../../shared/domain/counted.ts'
import { type Moment, DAY_MS, getDay } from '../../../../shared/domain/day.ts'
import type { SubjectKind } from '../../../../shared/domain/facts.ts'
import type { Certainty } from '../../../../shared/domain/certainty.ts'
import type { Severity } from '../../../../shared/domain/findings/severity.ts'
import type { RemediationAction } from '../../../../shared/domain/remediation/remediation.ts'

export type { SubjectKind }

/** For rules about keys that nothing uses, that have no owner or are to be rotated: a decoy is meant to be so. */
export const NO_DECOY = 'k.decoy_since IS NULL'

export type Evidence = Readonly<Record<string, string | number | null>>

/** How a statement names each kind of subject. */
export const ALIASES: Readonly<Record<SubjectKind, string>> = {
  connection: 'c',
  project: 'n',
  principal: 'p',
  key: 'k',
}

/**
 * An action on the subject or on related items: `principal` removes it as what it is (a member, an invite, a service
 * account); `privileged`, `admin-keys`, `projects`, `owned-keys` and `seen-keys` act on each such item of the subject.
 */
export type RuleAction =
  | RemediationAction
  | 'principal'
  | 'privileged'
  | 'admin-keys'
  | 'projects'
  | 'owned-keys'
  | 'seen-keys'

/**
 * One kind of problem with a subject, all of it in one place. `where` and `evidence` are SQL over the tables that
 * `stage.ts` fills: `c` is the connection with its policy, and the subject is `k` (key), `p` (principal) or `n`
 * (project); `join` may count other rows. `:now` is an instant in milliseconds and `:today` a day. Days are compared as
 * calendar days or as multiples of `DAY`. A rule is broken as soon as its threshold is reached.
 */
export interface Rule {
  readonly id: string
  /** Its place in lists of rules, the lowest first. */
  readonly rank: number
  readonly title: string
  readonly severity: Severity
  /** How sure it is that what it finds is a problem; the policy sets which levels are counted. */
  readonly certainty: Certainty
  /** Why it is not certain, in a sentence. */
  readonly doubt?: string
  readonly subject: SubjectKind
  /** Service accounts are principals (`p`) of a table of their own: rules about people do not see them. */
  readonly among?: 'accounts'
  /** The fault that it looks for, in a reader's words; several rules may share it. */
  readonly looksFor: string
  /** The facts that it reads, in words. */
  readonly reads: string
  /** The next step, in words. */
  readonly remediation: string
  /** Changes at the provider that resolve it, the most suitable first; may be empty. */
  readonly actions: readonly RuleAction[]
  /** The controls that it supports. */
  readonly controls: readonly string[]
  readonly join?: string
  readonly where: string
  /** Of a rule that the passing of days breaks, or an event. Left out: the subject alone is its cause. */
  readonly due?: Due
  /** Its facts, by name; names that end in `At` are instants. No value may change merely because a day passes. */
  readonly evidence: Readonly<Record<string, string>>
  readonly say: (evidence: Evidence, moment: Moment) => string
  /** Still listed for all clients after its client is archived. */
  readonly afterArchiving?: boolean
}

type RuleDefinition<E extends string> = Omit<Rule, 'evidence' | 'say'> & {
  readonly evidence: Readonly<Record<E, string>>
  readonly say: (evidence: Readonly<Record<E, string | number | null>>, moment: Moment) => string
}

/** Gives the sentence of a rule the type of the evidence that it selects. */
export function defineRule<E extends string>(rule: RuleDefinition<E>): Rule {
  return { ...rule, say: (evidence, moment) => rule.say(evidence, moment) }
}

/** Milliseconds of a day, for SQL. */
export const DAY = DAY_MS

/**
 * The cause of a finding, in SQL over facts and decisions, without the time of an evaluation, so that it is the same in every register. `cause`:
 * the day or the instant that names it; another one is another finding. `at`: the instant from which the rule is broken, null for an event.
 */
interface Due {
  readonly cause: string
  readonly at: string
}

/** Due on a day: the rule is broken from its end on, in UTC. */
export const dueOn = (day: string): Due => ({ cause: day, at: `unixepoch(${day}) * 1000 + ${DAY}` })

/** Due some days after an instant, or before it. */
export const dueAfter = (instant: string, days: string): Due => ({
  cause: instant,
  at: `${instant} + (${days}) * ${DAY}`,
})

/** Of something that a sync showed, by its instant. */
export const seenAt = (instant: string): Due => ({ cause: instant, at: 'NULL' })

/** Whole days since an instant. */
export function daysSince(at: string | number | null, now: number): number {
  return Math.floor((now - Number(at)) / DAY)
}

/** `1 day`, `2 days`. */
export function count(number: string | number | null, one: string, many: string): string {
  return counted(Number(number ?? 0), one, many)
}

/** A name for a sentence, in quotes; hostile text stays data. */
export function named(name: string | number | null, otherwise: string): string {
  return name === null || name === '' ? otherwise : `“${name}”`
}

export function dayWord(at: string | number | null): string {
  return getDay(Number(at))
}

/** The owner of a key `k`, by the best name that is known. */
export const OWNER = `ifnull(nullif(k.owner_name, ''), ifnull(k.owner_email, k.owner_external_id))`

/** The last use of a key `k` as evidence: the instant, or the instant before which it was used. */
export const LAST_USE_EVIDENCE = {
  lastUsedAt: 'CASE WHEN k.last_use_inexact = 0 THEN k.last_used_at END',
  lastUsedBeforeAt: 'CASE WHEN k.last_use_inexact = 1 THEN k.last_used_at END',
} as const

/** `Last used on 2026-10-01, 55 days ago`, or `Last used before 2026-01-01, at least 328 days ago`. */
export function lastUseWords(
  e: Readonly<Record<keyof typeof LAST_USE_EVIDENCE, string | number | null>>,
  now: number,
): string {
  const ago = (at: string | number | null): string => `${count(daysSince(at, now), 'day', 'days')} ago`
  return e.lastUsedAt === null
    ? `Last used before ${dayWord(e.lastUsedBeforeAt)}, at least ${ago(e.lastUsedBeforeAt)}`
    : `Last used on ${dayWord(e.lastUsedAt)}, ${ago(e.lastUsedAt)}`
}
