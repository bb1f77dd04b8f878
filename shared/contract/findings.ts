import { z } from 'zod'

import {
  acceptance,
  certainty,
  FINDINGS,
  findingRow,
  findingSubject,
  severity,
  subjectKind,
} from '../nouns/findings.ts'
import { clientRef, day, defineList, id, instant, operation, readSlice, scopeShape, sliceShape } from './common.ts'

export type { FindingMark } from '../nouns/values.ts'
export { CERTAINTY_FILTERS, FINDING_STATES, findingRow, severity, subjectKind } from '../nouns/findings.ts'
export type { FindingFilter, FindingRow, FindingState } from '../nouns/findings.ts'

/** The fields of a finding in a table. */
export const findingLine = findingRow.pick({ findingId: true, severity: true, certainty: true, says: true }).extend({
  rule: findingRow.shape.rule.pick({ title: true }),
  client: clientRef.pick({ slug: true }),
  subject: findingSubject.pick({ name: true }),
})
export type FindingLine = z.infer<typeof findingLine>

export const ruleInfo = z.object({
  id: z.string(),
  title: z.string(),
  severity,
  certainty,
  /** Why it is not certain, in a sentence; null of a certain rule. */
  doubt: z.string().nullable(),
  subject: subjectKind,
  reads: z.string(),
  remediation: z.string(),
  controls: z.array(z.string()),
})

export type RuleInfo = z.infer<typeof ruleInfo>

export const FINDING_GROUPS = ['rule', 'client', 'subject'] as const
export type FindingGrouping = (typeof FINDING_GROUPS)[number]

/** `worst` is the highest severity among them. Only the fields that the grouping names are set. */
export const findingGroup = z.object({
  rowKey: z.string(),
  name: z.string(),
  rule: z.string().nullable(),
  certainty: certainty.nullable(),
  client: clientRef.nullable(),
  subject: findingSubject.nullable(),
  worst: severity,
  count: z.number().int(),
  counts: z.record(severity, z.number().int()),
})
export type FindingGroup = z.infer<typeof findingGroup>

/** The most findings whose risk is accepted together. */
export const MAX_ACCEPTED = 10_000

/** The properties of findings whose values can be counted. */
export const FINDING_COUNTS = ['severity', 'certainty', 'rule', 'subjectKind'] as const
export type FindingCount = (typeof FINDING_COUNTS)[number]

/**
 * Where members of a team decided about the risk without having seen each other: the decision that holds, with `until` null where it
 * ended the acceptance, and the longer acceptances, which do not hold.
 */
const unseenDecisions = z.object({
  held: z.object({ until: day.nullable(), by: z.string(), at: instant }),
  others: z.array(acceptance).min(1),
})

export const findingsContract = {
  list: defineList(FINDINGS),
  groups: operation
    .input(FINDINGS.filter.extend({ ...sliceShape, by: z.enum(FINDING_GROUPS) }))
    .output(readSlice(findingGroup)),
  /**
   * The values of a property among the findings that match the other filters, with the number of findings; most first.
   * Of certainties and rules also those that are listed only where they are asked for.
   */
  counts: operation
    .input(z.object({ filter: FINDINGS.filter, by: z.enum(FINDING_COUNTS) }))
    .output(z.array(z.object({ value: z.string(), count: z.number().int() }))),
  get: operation.input(z.object({ findingId: id })).output(
    z.object({
      row: findingRow,
      rule: ruleInfo,
      /** By name; names that end in `At` are instants. */
      evidence: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      /** Earlier findings of the same rule and subject, newest first. */
      before: z.array(findingRow),
      unseen: unseenDecisions.nullable(),
    }),
  ),
  /**
   * Accepts the risk of a finding until a day, with a reason; the finding is open again the day after. Written to the
   * journal.
   */
  accept: operation
    .input(
      z.object({
        findingId: id,
        until: day,
        reason: z.string().trim().min(1).max(2000),
        confirm: z.string().max(40).optional(),
      }),
    )
    .output(findingRow),
  /**
   * Accepts the risk of these findings together, until a day, with one reason. One row of the journal for each. CONFLICT
   * when one of them is not open any more; and when ten or more or a critical one are accepted and `confirm` is not the word
   * of `findRequirements`, typed.
   */
  acceptMany: operation
    .input(
      z.object({
        findings: z.array(id).min(1).max(MAX_ACCEPTED),
        until: day,
        reason: z.string().trim().min(1).max(2000),
        confirm: z.string().optional(),
      }),
    )
    .output(z.object({ accepted: z.number().int(), at: instant })),
  /** Undoes the acceptances that were made together at that instant. */
  reopenAll: operation.input(z.object({ at: instant })).output(z.object({ reopened: z.number().int() })),
  /** Cancels a risk acceptance. */
  reopen: operation.input(z.object({ findingId: id })).output(findingRow),
  rules: operation.output(z.array(ruleInfo)),
  /** Open findings, accepted ones included, after each day on which their number changed; the last point is now. */
  trend: operation
    .input(z.object(scopeShape))
    .output(z.array(z.object({ day, counts: z.record(severity, z.number().int()) }))),
  /** How current the findings in scope are: the oldest day of evaluation; null while nothing was evaluated. */
  freshness: operation.input(z.object(scopeShape)).output(z.object({ day: day.nullable(), isCurrent: z.boolean() })),
  /** Evaluates the connections that were not yet evaluated today; a window does so by itself. */
  evaluate: operation.output(z.object({ evaluated: z.number().int() })),
}
