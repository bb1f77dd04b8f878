import { setImmediate as nextTurn } from 'node:timers/promises'

import type { RemediationOrigin, RemediationProposal, RemediationValues } from '../../../shared/contract/remediation.ts'
import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { findProvider } from '../../../shared/domain/providers/providers.ts'
import { callingRole } from '../../../shared/domain/recommendations/recommendation.ts'
import { proposeName } from '../../../shared/domain/convention-name.ts'
import { REMEDIATION_ACTIONS, type RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import { sayRemediation } from '../../../shared/domain/remediation/say.ts'
import { getConnection, type StoredConnection } from '../../register/connections/connection.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { RuleAction, SubjectKind } from '../../register/findings/kit/rule.ts'
import { parseRule } from '../../register/findings/rules.ts'
import { leaverRemediations } from '../../register/leavers/remediations.ts'
import {
  aboutFinding,
  type AboutFinding,
  aboutItem,
  type AboutItem,
  adminKeys,
  isPerson,
  keysOwnedBy,
  mayHave,
  listPrincipals,
  privilegedUsers,
  sharedKeysSeenBy,
  directRoles,
  type RemediationSubject,
  remediationSubject,
} from '../../register/remediation/subject.ts'
import { federationNames } from '../../register/remediation/named.ts'
import { findOpenRequest } from '../../register/remediation/store.ts'
import { planStepsFor } from './plan-steps.ts'
import { type Context, getReader } from '../core/context.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'

interface Draft {
  readonly action: RemediationAction
  readonly subject: RemediationSubject
  readonly values?: RemediationValues
  readonly needs?: RemediationProposal['needs']
}

/** The changes that any of the origins allows, each once; other requests are answered between two origins. */
export async function proposalsForAll(
  context: Context,
  origins: readonly RemediationOrigin[],
): Promise<RemediationProposal[]> {
  const proposals = new Map<string, RemediationProposal>()
  for (const origin of origins) {
    for (const proposal of proposalsFor(getReader(context), origin, context.now())) {
      const same = keyOf(proposal)
      if (!proposals.has(same)) proposals.set(same, proposal)
    }
    await nextTurn()
  }
  return [...proposals.values()]
}

/** The key that equal changes share. */
function keyOf({ action, subject, values }: Pick<RemediationProposal, 'action' | 'subject' | 'values'>): string {
  return canonicalJson([action, subject.kind, subject.id, values])
}

/** The changes that an origin allows, the most fitting first. Throws `Refusal` NOT_FOUND. */
export function proposalsFor(reader: Reader, origin: RemediationOrigin, now: number): RemediationProposal[] {
  if (origin.kind === 'plan') return planProposals(reader, origin.id, now)
  const seen = new Set<string>()
  return allowedDrafts(reader, origin, now).flatMap(({ action, subject, needs = [], values = {}, connection }) => {
    const same = keyOf({ action, subject, values })
    if (seen.has(same)) return []
    seen.add(same)
    const { kind, id, name } = subject
    const project = values.projectId === undefined ? null : remediationSubject(reader, 'project', values.projectId)
    const { provider, label, organizationId } = connection
    return [
      {
        action,
        subject: { kind, id, name },
        values,
        needs,
        connection: { id: connection.id, label, provider, organizationId },
        says: sayRemediation({
          ...values,
          action,
          subject: name,
          project: project?.name ?? values.project ?? null,
        }),
        remediationId: findOpenRequest(reader, action, { kind, id }, values.projectId ?? null),
        origin,
      },
    ]
  })
}

/**
 * True if an origin allows a change: the values may differ from the proposed ones, the project may not, and a step of a
 * plan is taken as it is. Throws `Refusal` NOT_FOUND.
 */
export function isAllowedByOrigin(
  reader: Reader,
  origin: RemediationOrigin,
  { action, subject, values }: Pick<RemediationProposal, 'action' | 'subject' | 'values'>,
  now: number,
): boolean {
  if (origin.kind === 'plan') {
    const same = keyOf({ action, subject, values: { ...values } })
    return planProposals(reader, origin.id, now).some((step) => keyOf(step) === same)
  }
  return allowedDrafts(reader, origin, now).some(
    (draft) =>
      draft.action === action &&
      draft.subject.kind === subject.kind &&
      draft.subject.id === subject.id &&
      (draft.values?.projectId === undefined || draft.values.projectId === values.projectId),
  )
}

/** The drafts of an origin whose subject is still there, and whose provider has such an action. */
function allowedDrafts(
  reader: Reader,
  origin: Exclude<RemediationOrigin, { readonly kind: 'plan' }>,
  now: number,
): (Draft & { readonly connection: StoredConnection })[] {
  return draftsFor(reader, origin, now).flatMap((draft) => {
    const connection = draft.subject.standing ? getConnection(reader, draft.subject.connectionId) : null
    if (connection === null) return []
    const facts = findProvider(connection.provider)
    return draft.action === 'key-disable' && facts?.canDisableKey === false ? [] : [{ ...draft, connection }]
  })
}

/** The steps of a plan in the order of their dependencies. */
function planProposals(reader: Reader, planId: number, now: number): RemediationProposal[] {
  const origin: RemediationOrigin = { kind: 'plan', id: planId }
  return planStepsFor(reader, { planId }, now).map(({ action, subject, values, connection, says, remediationId }) => ({
    action,
    subject,
    values,
    needs: [],
    connection,
    says,
    remediationId,
    origin,
  }))
}

function draftsFor(
  reader: Reader,
  origin: Exclude<RemediationOrigin, { readonly kind: 'plan' }>,
  now: number,
): Draft[] {
  if (origin.kind === 'finding') {
    const finding = aboutFinding(reader, origin.id)
    if (finding === null) throw notFound(`Finding ${origin.id}`, READ_AGAIN)
    return finding.resolved ? [] : findingDrafts(reader, { ...finding, now })
  }
  if (origin.kind === 'review-item') {
    const item = aboutItem(reader, origin.id)
    if (item === null) throw notFound(`Item ${origin.id}`, READ_AGAIN)
    return item.closed ? [] : itemDrafts(reader, item)
  }
  if (origin.kind === 'key') {
    const key = remediationSubject(reader, 'key', origin.id)
    if (key === null) throw notFound(`Key ${origin.id}`, READ_AGAIN)
    return KEY_ACTIONS.map((action) => ({ action, subject: key }))
  }
  if (!isPerson(reader, origin.id)) throw notFound(`Person ${origin.id}`, READ_AGAIN)
  return personDrafts(reader, origin.id, now)
}

/** The actions on a key, whatever is found about it. */
const KEY_ACTIONS: readonly RemediationAction[] = ['key-rotate', 'key-disable', 'key-delete']

function subjects(reader: Reader, kind: RemediationSubject['kind'], ids: readonly number[]): RemediationSubject[] {
  return ids.flatMap((id) => remediationSubject(reader, kind, id) ?? [])
}

/** A finding, and the instant at which its proposals are made. */
type FindingNow = AboutFinding & { readonly now: number }

function findingDrafts(reader: Reader, finding: FindingNow): Draft[] {
  const subject = remediationSubject(reader, finding.subjectKind, finding.subjectId)
  if (subject === null) return []
  const actions = parseRule(finding.rule)?.actions ?? OF_UNKNOWN_RULE[finding.subjectKind]
  return actions.flatMap((action) => ruleDrafts(reader, action, subject, finding))
}

/** The actions on a finding of a rule that only a newer version knows. */
const OF_UNKNOWN_RULE: Readonly<Record<SubjectKind, readonly RuleAction[]>> = {
  connection: [],
  project: [],
  principal: ['principal', 'member-role'],
  key: ['key-rotate', 'key-disable', 'key-delete'],
}

function ruleDrafts(reader: Reader, action: RuleAction, subject: RemediationSubject, finding: FindingNow): Draft[] {
  const more = DRAFTS[action]
  if (more !== undefined) return more(reader, subject, finding)
  return isRemediationAction(action) ? [{ action, subject }] : []
}

function isRemediationAction(action: RuleAction): action is RemediationAction {
  return (REMEDIATION_ACTIONS as readonly RuleAction[]).includes(action)
}

type Drafts = (reader: Reader, subject: RemediationSubject, finding: FindingNow) => Draft[]

/** Actions that need more than the subject itself. */
const DRAFTS: Partial<Readonly<Record<RuleAction, Drafts>>> = {
  principal: listRemovals,
  'owned-keys': ownedKeys,
  'seen-keys': (reader, subject, { now }) => seenKeys(reader, [subject], now),
  privileged: (reader, _, { connectionId }) =>
    subjects(reader, 'principal', privilegedUsers(reader, connectionId)).map((user) => lowered(reader, user)),
  'admin-keys': (reader, _, { connectionId }) =>
    subjects(reader, 'key', adminKeys(reader, connectionId)).map((subject) => ({ action: 'key-delete', subject })),
  projects: (reader, subject) =>
    directRoles(reader, subject.id).flatMap(({ projectId }) =>
      projectId === null ? [] : [{ action: 'project-member-remove' as const, subject, values: { projectId } }],
    ),
  'member-role': (reader, subject) => (subject.principal?.kind === 'user' ? [lowered(reader, subject)] : []),
  'federation-delete': (reader, subject, { rule, now }) =>
    federationNames(reader, subject.id, rule, now).map((name) => ({
      action: 'federation-delete',
      subject,
      values: { name },
    })),
  'key-rename': (_, subject, { evidence }) => [renamed(subject, evidence)],
  'limit-set': (_, subject, { evidence }) => asAgreed('limit-set', subject, evidence),
  'alert-set': (_, subject, { evidence }) => asAgreed('alert-set', subject, evidence),
}

/** The kind and the amount that were agreed, if any; else a person has to enter the amount. */
function asAgreed(action: 'limit-set' | 'alert-set', subject: RemediationSubject, evidence: string): Draft[] {
  const reported = JSON.parse(evidence) as Readonly<Record<string, string | number | null>>
  const { agreedMicros, enforcement } = reported
  if (typeof agreedMicros !== 'number') return [{ action, subject, needs: ['amountMicros'] }]
  if ((enforcement === 'hard') !== (action === 'limit-set')) return []
  return [{ action, subject, values: { amountMicros: agreedMicros } }]
}

function lowered(reader: Reader, subject: RemediationSubject): Draft {
  const provider = getConnection(reader, subject.connectionId)?.provider ?? ''
  const role = findProvider(provider)?.setsMemberRole === true ? callingRole(provider, 'organization') : null
  return role === null || role === subject.principal?.roleRaw
    ? { action: 'member-role', subject, needs: ['role'] }
    : { action: 'member-role', subject, values: { role } }
}

/** The name that the finding proposes, if no part of it is left to fill in. */
function renamed(subject: RemediationSubject, evidence: string): Draft {
  const reported = JSON.parse(evidence) as Readonly<Record<string, string | number | null>>
  const { name } = proposeName({ ...reported, name: subject.name })
  return name === null
    ? { action: 'key-rename', subject, needs: ['name'] }
    : { action: 'key-rename', subject, values: { name } }
}

/** Removes a principal from the organization, by its kind. */
function listRemovals(reader: Reader, subject: RemediationSubject): Draft[] {
  const kind = subject.principal?.kind
  if (kind === undefined) return []
  if (kind === 'invite') return [{ action: 'invite-delete', subject }]
  if (kind !== 'service-account') return [{ action: 'member-remove', subject }]
  const projectId = directRoles(reader, subject.id).find((role) => role.projectId !== null)?.projectId ?? null
  return [{ action: 'service-account-delete', subject, values: projectId === null ? {} : { projectId } }]
}

function ownedKeys(reader: Reader, subject: RemediationSubject): Draft[] {
  if (subject.principal === null) return []
  return subjects(reader, 'key', keysOwnedBy(reader, subject.id)).flatMap((key) => [
    { action: 'key-delete' as const, subject: key },
    { action: 'key-disable' as const, subject: key },
  ])
}

function itemDrafts(reader: Reader, item: AboutItem): Draft[] {
  if (item.decision !== 'remove' && item.decision !== 'change') return []
  if (item.keyId !== null) {
    const actions: readonly RemediationAction[] =
      item.decision === 'remove' ? ['key-delete', 'key-disable'] : ['key-rotate', 'key-disable']
    return subjects(reader, 'key', [item.keyId]).flatMap((subject) => actions.map((action) => ({ action, subject })))
  }
  const subject = remediationSubject(reader, 'principal', item.principalId ?? 0)
  if (subject === null) return []
  const { projectId } = item
  if (item.decision === 'change') return changed(subject, item)
  const kind = subject.principal?.kind
  if (projectId === null || kind === 'service-account' || kind === 'invite') return listRemovals(reader, subject)
  // A person who loses a project keeps the keys that they made in it.
  const keys = ownedKeys(reader, subject).filter((draft) => draft.subject.key?.projectId === projectId)
  return [{ action: 'project-member-remove', subject, values: { projectId } }, ...keys]
}

function changed(subject: RemediationSubject, { projectId, changeTo }: AboutItem): Draft[] {
  const kind = subject.principal?.kind
  // To give an invite another role, it is deleted and sent again.
  if (kind === 'invite') return [{ action: 'invite-delete', subject }]
  const role = changeTo === null ? {} : { role: changeTo }
  const needs: RemediationProposal['needs'] = changeTo === null ? ['role'] : []
  return projectId === null
    ? kind === 'service-account'
      ? []
      : [{ action: 'member-role', subject, values: role, needs }]
    : [{ action: 'project-member-role', subject, values: { ...role, projectId }, needs }]
}

/**
 * For a leaver, everything that the sweep finds; for a current person, every account and invite, their own keys, and
 * the keys that they can have seen.
 */
function personDrafts(reader: Reader, personId: number, now: number): Draft[] {
  return withSignOuts(reader, removalsOf(reader, personId, now))
}

/**
 * With a sign-out beside each removal of a member whom the API may sign out. It is sent before the removal, whatever the
 * order of the list.
 */
function withSignOuts(reader: Reader, drafts: readonly Draft[]): Draft[] {
  return drafts.flatMap((draft): Draft[] => {
    const { action, subject } = draft
    const isMember = action === 'member-remove' && subject.principal?.kind === 'user'
    if (!isMember) return [draft]
    const provider = getConnection(reader, subject.connectionId)?.provider ?? ''
    const source = findProvider(provider)?.signOutSource
    return source !== undefined && mayHave(reader, subject.connectionId, source)
      ? [draft, { action: 'member-sign-out', subject }]
      : [draft]
  })
}

function removalsOf(reader: Reader, personId: number, now: number): Draft[] {
  const swept = leaverRemediations(reader, personId, { now, today: toLocalDay(now) })
  if (swept.length > 0) {
    return swept.flatMap(({ action, subject, values }) =>
      subjects(reader, subject.kind, [subject.id]).flatMap((one): Draft[] =>
        action === 'key-delete'
          ? [
              { action, subject: one },
              { action: 'key-disable', subject: one },
            ]
          : [{ action, subject: one, values }],
      ),
    )
  }
  const own = subjects(reader, 'principal', listPrincipals(reader, personId))
  return [
    ...own.flatMap((subject) => listRemovals(reader, subject)),
    ...own.flatMap((subject) => ownedKeys(reader, subject)),
    ...seenKeys(reader, own, now),
  ]
}

/** Keys of service accounts that principals can have seen. */
function seenKeys(reader: Reader, principals: readonly RemediationSubject[], now: number): Draft[] {
  const seen = new Set(principals.flatMap(({ id }) => sharedKeysSeenBy(reader, id, now)))
  return subjects(reader, 'key', [...seen]).map((subject) => ({ action: 'key-rotate', subject }))
}
