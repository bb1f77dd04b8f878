import { z } from 'zod'

import { day } from '../contract/common.ts'
import { subjectKind } from '../contract/findings.ts'
import type { Day } from '../domain/day.ts'
import type { SubjectKind } from '../domain/facts.ts'
import { findHeld, type RiskDecision } from '../domain/findings/held-acceptance.ts'
import { addDecision } from '../domain/placed.ts'
import { type Decision, decisionsOn } from './fold.ts'
import { localNumber, ON_FACTS, uid } from './kind.ts'

/** A finding by what is the same in every register. `externalId` is null for the connection itself. */
export const findingName = z.strictObject({
  connectionUid: uid,
  rule: z.string().min(1),
  kind: subjectKind,
  externalId: z.string().nullable(),
})

/** The finding, and in words what it was about. */
const about = {
  finding: localNumber,
  findingNamed: findingName,
  /**
   * Its cause: the day or the instant from which it follows, such as a due day; empty where its rule follows from the state of the subject
   * alone. It never depends on when a register evaluated it, so an acceptance holds in every register.
   */
  cause: z.string(),
  rule: z.string(),
  /** Its label. */
  connection: z.string(),
}

function namesOneRule({ rule, findingNamed }: z.infer<z.ZodObject<typeof about>>): boolean {
  return rule === findingNamed.rule
}

/** Operations on findings, which are derived: the acceptance of one is stored beside it. */
export const FINDINGS_OPERATIONS = {
  /** Of two acceptances of a finding, the later one holds; the shorter, where members of a team had not seen each other (`findHeld`). */
  'finding.accepted': {
    words: 'Risk of a finding accepted',
    areas: ['findings'],
    right: ON_FACTS,
    conflict: 'merge',
    body: z
      .strictObject({ v: z.literal(1), ...about, says: z.string(), until: day, reason: z.string() })
      .refine(namesOneRule),
  },
  'finding.reopened': {
    words: 'Risk acceptance ended',
    areas: ['findings'],
    right: ON_FACTS,
    conflict: 'merge',
    body: z.strictObject({ v: z.literal(1), ...about }).refine(namesOneRule),
  },
} as const

/** A finding by the columns of its acceptance. */
interface FindingColumns {
  /** By its uid. */
  readonly connection: string
  readonly rule: string
  readonly subject_kind: SubjectKind
  /** Empty for the connection itself. */
  readonly external_id: string
  readonly cause: string
}

interface AcceptanceColumns {
  /** Null: the acceptance ended. */
  readonly until: Day | null
  readonly reason: string
  readonly accepted_by: string
  readonly accepted_at: number
}

interface AcceptanceDecision extends RiskDecision, AcceptanceColumns {}

/** The acceptance of a finding, or its end. */
export interface StoredAcceptance extends FindingColumns, AcceptanceColumns {
  /**
   * The decisions that no later one replaces, while they are folded: the end of an acceptance leaves no row, and holds against one
   * whose author had not seen it.
   */
  readonly unreplaced?: readonly AcceptanceDecision[]
}

type OnFinding = Decision<z.infer<z.ZodObject<typeof about>>>

export function nameFinding({ body: { findingNamed, cause } }: OnFinding): FindingColumns {
  const { connectionUid: connection, rule, kind, externalId } = findingNamed
  return { connection, rule, subject_kind: kind, external_id: externalId ?? '', cause }
}

function toFindingKey({ connection, rule, subject_kind: kind, external_id: externalId, cause }: FindingColumns) {
  return JSON.stringify([connection, rule, kind, externalId, cause])
}

function decide(
  known: StoredAcceptance | null,
  decision: OnFinding,
  { until, reason }: Pick<AcceptanceColumns, 'until' | 'reason'>,
): StoredAcceptance {
  const { operator, at, placed } = decision
  const next = { ...placed, until, reason, accepted_by: operator, accepted_at: at }
  const unreplaced = addDecision(known?.unreplaced ?? [], next)
  const { author: _, at: __, seen: ___, ...held } = findHeld(unreplaced) ?? next
  return { ...nameFinding(decision), ...held, unreplaced }
}

export const ACCEPTANCES = decisionsOn<StoredAcceptance, typeof FINDINGS_OPERATIONS>({
  table: 'acceptance',
  key: { of: (decision) => toFindingKey(nameFinding(decision)), in: toFindingKey },
  isStored: ({ until }) => until !== null,
  folds: {
    'finding.accepted': (known, decision) => decide(known, decision, decision.body),
    'finding.reopened': (known, decision) => decide(known, decision, { until: null, reason: '' }),
  },
})
