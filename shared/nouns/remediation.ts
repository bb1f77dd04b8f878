import { z } from 'zod'

import { CONNECTION_ACCESS } from '../domain/connection.ts'
import { SUBJECT_KINDS } from '../domain/facts.ts'
import { REMEDIATION_ACTIONS, REMEDIATION_STATES } from '../domain/remediation/remediation.ts'
import { only } from './filter.ts'
import { clientField, connectionFields, idField, instant as instantField, json, noun, own, text, word } from './noun.ts'
import { clientRef, connectionRef, id, instant } from './values.ts'

export const remediationAction = z.enum(REMEDIATION_ACTIONS)
export const remediationState = z.enum(REMEDIATION_STATES)

export const remediationSubject = z.object({
  kind: z.enum(SUBJECT_KINDS),
  id,
  name: z.string(),
})

/** The origin of the change request. */
export const remediationOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('finding'), id }),
  z.object({ kind: z.literal('review-item'), id }),
  z.object({ kind: z.literal('person'), id }),
  z.object({ kind: z.literal('plan'), id }),
  /** Requested for the key itself, without a finding. */
  z.object({ kind: z.literal('key'), id }),
])
export type RemediationOrigin = z.infer<typeof remediationOrigin>

/**
 * The values of an action in addition to its subject: `role` the provider's word, `name`, `amountMicros` of a limit or
 * alert in micro-USD (whole cents), `projectId` of the project it concerns, `recipients` of an alert (by default the
 * organization's owners). A creation may refer to things that do not exist yet, so it names them: `email` of the person
 * to invite, `project` that it concerns and waits for, `projects` with roles of an invite.
 */
export const remediationValues = z.object({
  role: z.string().min(1).max(200).optional(),
  name: z.string().min(1).max(200).optional(),
  amountMicros: z.number().int().positive().optional(),
  projectId: id.optional(),
  recipients: z.array(z.email().max(320)).min(1).max(20).optional(),
  email: z.string().min(3).max(320).optional(),
  project: z.string().min(1).max(500).optional(),
  projects: z
    .array(z.object({ name: z.string().min(1).max(500), role: z.string().min(1).max(200) }))
    .max(200)
    .readonly()
    .optional(),
})
export type RemediationValues = z.infer<typeof remediationValues>

/** The approval of a change in a team. */
const remediationApproval = z.object({
  /**
   * `notNeeded`: the client asks for none; `waiting`: for a second member; `approved`: it can be sent; `outdated`: it was approved more than 24 hours
   * ago; `ended`: it was sent, cancelled or marked as done.
   */
  state: z.enum(['notNeeded', 'waiting', 'approved', 'outdated', 'ended']),
  /** The last approval; null where there was none. */
  approved: z.object({ by: z.string(), at: instant, until: instant }).nullable(),
  /** Added by the member at this device, who cannot approve it. */
  own: z.boolean(),
})

export const remediationRow = z.object({
  remediationId: id,
  client: clientRef,
  connection: connectionRef.extend({ access: z.enum(CONNECTION_ACCESS) }),
  action: remediationAction,
  subject: remediationSubject,
  values: remediationValues,
  origin: remediationOrigin.nullable(),
  state: remediationState,
  /** In a sentence. */
  says: z.string(),
  /** The provider's answer, the reason why it was not sent, or the manual steps. */
  outcome: z.string().nullable(),
  /**
   * True if a sync that began since it was sent or marked as done shows it done; null while none did or it cannot be
   * verified.
   */
  shown: z.boolean().nullable(),
  /** When and by whom the provider's own log records that it was done; null where it does not. */
  recorded: z.object({ at: instant, by: z.string().nullable() }).nullable(),
  /** The new secret of a rotation is held and can be retrieved, once. */
  secretHeld: z.boolean(),
  /** Null in a profile without a team: one person decides and sends. */
  approval: remediationApproval.nullable(),
  addedAt: instant,
  addedBy: z.string(),
  endedAt: instant.nullable(),
})
export type RemediationRow = z.infer<typeof remediationRow>

export const REMEDIATION = noun(remediationRow, {
  id: 'remediations',
  title: 'Remediation',
  one: 'change',
  many: 'changes',
  about:
    'Changes at the providers: what is pending, and what was done. _Mark as done_ records that a person made a change in the console; its message undoes that, until a sync shows the change done.',
  none: 'no change is pending. Changes come from findings, decisions of reviews, leavers and plans.',
  fields: {
    remediationId: idField(),
    state: own('State', { wide: 20, whole: true, table: {} }),
    client: clientField({ wide: 13, grow: 1 }),
    ...connectionFields({ wide: 17, grow: 1 }),
    access: own('Access', { wide: 14, whole: true, hidden: true }, (row) => row.connection.access),
    action: json(),
    subjectKind: json((row) => row.subject.kind),
    subjectId: json((row) => row.subject.id),
    subject: json((row) => row.subject.name),
    says: text('Change', { wide: 31, grow: 4, table: { sentence: true } }),
    originKind: word('From', { id: 'origin', wide: 8 }, (row) => row.origin?.kind),
    originId: json((row) => row.origin?.id),
    outcome: text('Outcome', { wide: 23, grow: 2, hidden: true, empty: '', table: { flexible: true } }),
    approval: json((row) => row.approval?.state),
    approvedBy: text(
      'Approved by',
      { wide: 11, grow: 1, hidden: true, empty: '' },
      (row) => row.approval?.approved?.by,
    ),
    approvedAt: instantField('', {}, (row) => row.approval?.approved?.at),
    shown: own('Verified', { wide: 14, whole: true }),
    addedBy: text('By', { wide: 9, grow: 1 }),
    addedAt: instantField('Added', { table: {} }),
    endedAt: instantField('Ended', { hidden: true, empty: '' }),
    recordedAt: instantField('Provider log', { hidden: true, empty: '' }, (row) => row.recorded?.at),
    recordedBy: json((row) => row.recorded?.by),
  },
  columns: {
    state:
      'pending, in a team also needs approval or approved, manual, sending, awaiting deployment, done, failed, cancelled, or unknown where the response was lost.',
    says: 'what is changed.',
    client: 'the client whose organization is changed.',
    connection: 'the organization that is changed.',
    access:
      'whether the connection may be written to; in a read-only one the steps are manual, or allowed for one run.',
    shown:
      'whether a later sync shows that it was done; _Not verifiable_ for a sign-out, which no list of the provider shows.',
    originKind: 'what it came from: a finding, a review, a leaver, a key or a plan.',
    addedAt: 'when it was added.',
    addedBy: 'who added it.',
    approvedBy: 'in a team, the second member who approved it last.',
    endedAt: 'when it was done or cancelled.',
    recordedAt: 'when the provider itself recorded it, where its log has it: the proof of another than Castellan.',
    outcome: 'the response of the provider, in words.',
  },
  filters: { state: only(REMEDIATION_STATES, { placeholder: '<state>', help: 'only in this state' }) },
  sorts: [],
})
