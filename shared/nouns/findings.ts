import { z } from 'zod'

import { CERTAINTIES } from '../domain/certainty.ts'
import { SUBJECT_KINDS } from '../domain/facts.ts'
import { SEVERITIES } from '../domain/findings/severity.ts'
import { many, manyTexts, named, ofOne, only, search } from './filter.ts'
import {
  clientField,
  connectionFields,
  instant as instantField,
  json,
  noun,
  plain,
  status,
  text,
  word,
} from './noun.ts'
import { clientRef, connectionRef, day, id, instant } from './values.ts'

export const severity = z.enum(SEVERITIES)

/** How sure the rule is that what it finds is a problem. */
export const certainty = z.enum(CERTAINTIES)

/**
 * `open`: needs a decision. `accepted`: its risk is accepted until a day that has not passed. `resolved`: no longer
 * found.
 */
export const FINDING_STATES = ['open', 'accepted', 'resolved'] as const
export const findingState = z.enum(FINDING_STATES)
export type FindingState = z.infer<typeof findingState>

export const subjectKind = z.enum(SUBJECT_KINDS)

export const findingSubject = z.object({
  kind: subjectKind,
  id,
  /** The name when the finding was last seen. */
  name: z.string(),
  /** The person behind a principal. */
  personId: id.nullable(),
})

export const acceptance = z.object({ until: day, reason: z.string(), by: z.string(), at: instant })

export const findingRow = z.object({
  findingId: id,
  rule: z.object({ id: z.string(), title: z.string() }),
  severity,
  certainty,
  /** Left out of every count: the client's policy counts only more certain findings. */
  quiet: z.boolean(),
  state: findingState,
  client: clientRef,
  connection: connectionRef,
  subject: findingSubject,
  /** The evidence in a sentence. */
  says: z.string(),
  firstSeenAt: instant,
  /** The sync that showed it first; null if a date passed or a person's decision caused it. */
  firstSync: id.nullable(),
  resolvedAt: instant.nullable(),
  resolvedSync: id.nullable(),
  /** The last acceptance, also after its day has passed. */
  accepted: acceptance.nullable(),
})
export type FindingRow = z.infer<typeof findingRow>

/** A level of certainty, or findings of every level. */
export const CERTAINTY_FILTERS = [...CERTAINTIES, 'all'] as const

/** Without a certainty and a rule the list has only findings that are counted, which the policy of each client sets. */
export const FINDINGS = noun(findingRow, {
  id: 'findings',
  title: 'Findings',
  one: 'finding',
  many: 'findings',
  about:
    'Violations of the [rules](findings.md), the most severe first. Only those are counted that the policy counts ([Counted findings](policy.md#countedFindings)).',
  none: 'every rule was evaluated, and no counted one is violated; or nothing was read yet, so that none could be evaluated.',
  fields: {
    findingId: json(),
    severity: status('Severity', { wide: 11 }),
    certainty: word('Certainty', { wide: 9 }),
    quiet: json(),
    rule: json((row) => row.rule.id),
    title: word('Finding', { id: 'rule', wide: 23, grow: 2 }, (row) => row.rule.title),
    state: json(),
    client: clientField({ wide: 13, grow: 1 }),
    ...connectionFields({ wide: 15, grow: 1, hidden: true }),
    subjectKind: word('Kind', { id: 'kind', wide: 10 }, (row) => row.subject.kind),
    subjectId: json((row) => row.subject.id),
    subject: text('Subject', { wide: 18, grow: 2, empty: 'No name' }, (row) => row.subject.name),
    evidence: text('Evidence', { wide: 20, grow: 3 }, (row) => row.says),
    firstSeenAt: instantField('First seen'),
    ...plain('firstSync'),
    acceptedUntil: json((row) => row.accepted?.until),
    acceptedReason: json((row) => row.accepted?.reason),
    acceptedBy: json((row) => row.accepted?.by),
    resolvedAt: instantField(''),
    resolvedSync: json(),
  },
  columns: {
    severity: 'critical, high, medium, low or info, by the rule.',
    certainty:
      'certain is a fact that the provider, a file or the policy states; likely is inferred; an opinion is a recommendation.',
    title: 'the rule that is violated.',
    subject: 'what it is about: an account, a key, a project or a connection.',
    subjectKind: 'the kind of the subject.',
    client: 'the client that it concerns.',
    connection: 'the organization that it was found in.',
    evidence: 'what was found, in a sentence.',
    firstSeenAt: 'when a sync or the passing of a day first showed it.',
  },
  filters: {
    severity: many(SEVERITIES),
    certainty: many(CERTAINTY_FILTERS),
    rule: manyTexts(),
    state: { ...only(FINDING_STATES), value: findingState.default('open') },
    subjectKind: named('kind', many(SUBJECT_KINDS)),
    subjectId: named('subject', ofOne),
    /** Findings of all accounts of a person. */
    person: ofOne,
    search: search(),
  },
  sorts: ['severity', 'rule', 'subject', 'client', 'first-seen'],
})
export type FindingFilter = z.input<typeof FINDINGS.filter>
