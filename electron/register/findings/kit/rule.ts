import { counted } from '../../../../shared/domain/counted.ts'
import { type Moment, DAY_MS, getDay } from '../../../../shared/domain/day.ts'
import type { SubjectKind } from '../../../../shared/domain/facts.ts'
import type { Severity } from '../../../../shared/domain/findings/severity.ts'
import type { RemediationAction } from '../../../../shared/domain/remediation/remediation.ts'

export type { SubjectKind }

export type Evidence = Readonly<Record<string, string | number | null>>

/** How a statement names each kind of subject. */
export const ALIASES: Readonly<Record<SubjectKind, string>> = {
  connection: 'c',
  project: 'n',
  principal: 'p',
  key: 'k',
}

/**
 * An action on the subject, or on others: `principal` removes it by what it is (a member, an invite, a service account);
 * `privileged`, `admin-keys`, `projects`, `owned-keys` and `seen-keys` are about each of those of the subject.
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
 * What may be wrong with a subject, all of it in one file. `where` and `evidence` are SQL over what `stage.ts` lays out:
 * `c` the connection with its policy, and the subject as `k` (key), `p` (principal) or `n` (project); `join` may count
 * other things. `:now` is an instant in milliseconds and `:today` a day. Days are compared as calendar days or as
 * multiples of `DAY`: a threshold that is reached is broken.
 */
export interface Rule {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly subject: SubjectKind
  /** What it looks for, in the words of people who ask for it; rules may share it. */
  readonly looksFor: string
  /** What it reads, in words. */
  readonly reads: string
  /** What to do about it, in words. */
  readonly remediation: string
  /** What can be carried out at a provider about it, the most fitting first; none where there is nothing. */
  readonly actions: readonly RuleAction[]
  /** The controls that it serves. */
  readonly controls: readonly string[]
  readonly join?: string
  readonly where: string
  /** What it shows, by name; names that end in `At` are instants. Nothing in it may change from day to day by itself. */
  readonly evidence: Readonly<Record<string, string>>
  /** The evidence as a sentence. */
  readonly say: (evidence: Evidence, moment: Moment) => string
  /** Still shown among all clients after the client is archived. */
  readonly afterArchiving?: boolean
}

type Given<E extends string> = Omit<Rule, 'evidence' | 'say'> & {
  readonly evidence: Readonly<Record<E, string>>
  readonly say: (evidence: Readonly<Record<E, string | number | null>>, moment: Moment) => string
}

/** Ties the sentence of a rule to the evidence that it selects. */
export function defineRule<E extends string>(rule: Given<E>): Rule {
  return { ...rule, say: (evidence, moment) => rule.say(evidence, moment) }
}

/** Milliseconds of a day, as they stand in SQL. */
export const DAY = DAY_MS

/** Whole days since an instant. */
export function daysSince(at: string | number | null, now: number): number {
  return Math.floor((now - Number(at)) / DAY)
}

/** `1 day`, `2 days`. */
export function count(number: string | number | null, one: string, many: string): string {
  return counted(Number(number ?? 0), one, many)
}

/** A name for a sentence; hostile text stays data, it is only quoted. */
export function named(name: string | number | null, otherwise: string): string {
  return name === null || name === '' ? otherwise : `“${name}”`
}

export function dayWord(at: string | number | null): string {
  return getDay(Number(at))
}

/** The owner of a key `k`, by the best name there is. */
export const OWNER = `ifnull(nullif(k.owner_name, ''), ifnull(k.owner_email, k.owner_external_id))`

/** The last use of a key `k` as evidence: the instant, or the one that it was before. */
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
