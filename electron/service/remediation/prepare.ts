import { isProviderId, providerName } from '../../../shared/domain/providers/providers.ts'
import { isSameEnding, keyEnding } from '../../../shared/domain/key-ending.ts'
import { isUnsent } from '../../../shared/domain/remediation/states.ts'
import { unknownResultStep } from '../../../shared/domain/remediation/verify.ts'
import { quotedName } from '../../providers/kit/plain.ts'
import { getProvider } from '../../providers/registry.ts'
import type { PlannedCall, WritePlan, ChangeRequest } from '../../providers/kit/write.ts'
import { getConnection, type StoredConnection } from '../../register/connections/connection.ts'
import type { Reader } from '../../register/db/handles.ts'
import { remediationsById, type StoredRemediation } from '../../register/remediation/list.ts'
import { projectsNamed } from '../../register/remediation/named.ts'
import {
  otherWays,
  directRoles,
  type RemediationSubject,
  remediationSubject,
  spendLimits,
} from '../../register/remediation/subject.ts'
import { addressProblem, credentialState } from '../core/credentials.ts'
import { type Context, getReader } from '../core/context.ts'
import { type Sendable, toSendable } from './approval.ts'
import { thereAlready, waitsFor, toChangeRequest } from './change-request.ts'

type Row = StoredRemediation['row']

/** One change, ready to be shown and sent, from the register as it is at this moment. */
export interface PreparedChange {
  readonly row: Row
  readonly connection: StoredConnection | null
  readonly request: ChangeRequest | null
  readonly call: (PlannedCall & { readonly says: string }) | null
  readonly byHand: string | null
  /**
   * Where nothing but a read-only connection blocks it: the steps in the console that do the same. It can also be sent
   * with a write permission for one run.
   */
  readonly readOnlySteps: string | null
  /** Why it cannot be sent; null when it can, or when it has manual steps. */
  readonly obstacle: string | null
  /** The part of it that holds on every device, whatever its credential and connections allow. */
  readonly blocker: string | null
  /** Its needs before its request can leave; null where it has no request. */
  readonly sendable: Sendable | null
  /** Everything that the preview depends on, by the words that name it when it changed. */
  readonly rests: readonly Aspect[]
}

export type Aspect = readonly [name: string, value: string]

const NONE: ReadonlySet<number> = new Set()

/**
 * Remediations in the order of the ids; unknown ids are left out. `allowed` are the read-only connections that may be
 * written to in this one run. Sends nothing and reads no secret.
 */
export async function prepare(
  context: Context,
  ids: readonly number[],
  allowed: ReadonlySet<number> = NONE,
): Promise<PreparedChange[]> {
  const prepared: PreparedChange[] = []
  for (const stored of remediationsById(getReader(context), ids)) {
    prepared.push(await prepareOne(context, stored, allowed))
  }
  return prepared
}

/** Prepares one, which need not be on the list yet. */
export async function prepareOne(
  context: Context,
  stored: StoredRemediation,
  allowed: ReadonlySet<number> = NONE,
): Promise<PreparedChange> {
  const { row } = stored
  const reader = getReader(context)
  const now = context.now()
  const connection = getConnection(reader, row.connection.id)
  const subject = remediationSubject(reader, row.subject.kind, row.subject.id)
  const own: Aspect = ['the item of the list', JSON.stringify([row.state, stored.sentAt, row.action, row.values])]
  const refuse = (obstacle: string): PreparedChange => ({
    row,
    connection,
    request: null,
    call: null,
    byHand: null,
    readOnlySteps: null,
    obstacle,
    blocker: obstacle,
    sendable: null,
    rests: [own],
  })
  if (connection === null || subject === null) return refuse('Its connection was removed here. Cancel this change.')
  const problem = addressProblem(connection)
  if (problem !== null) return refuse(problem)
  const hasCredential = (await credentialState(context.session().secrets, connection)) !== 'none'
  const request = toChangeRequest(reader, row.action, subject, row.values)
  const plan = planAround(reader, { ...row, now }, subject) ?? (await planFor(connection, request, row.says))
  const waits = waitsFor(reader, subject.connectionId, row.values)
  const call = plan.kind === 'call' && waits === null ? { ...plan.call, says: plan.says } : null
  const ownObstacle = endedObstacle(row) ?? subjectObstacle(reader, connection, subject, { ...row, now }) ?? waits
  const isAllowed = connection.access === 'read-only' && allowed.has(connection.id)
  const sendable = call === null ? null : toSendable(reader, row.remediationId, call, now)
  return {
    row,
    connection,
    request,
    call,
    readOnlySteps:
      ownObstacle === null && call !== null && plan.kind === 'call' && connection.access === 'read-only' && !isAllowed
        ? plan.steps
        : null,
    byHand: plan.kind === 'by-hand' ? plan.steps : null,
    obstacle:
      ownObstacle ??
      (call === null ? null : (connectionObstacle(connection, hasCredential, isAllowed) ?? sendable?.missing ?? null)),
    blocker: ownObstacle,
    sendable,
    rests: [
      own,
      ['the write permission for this run', isAllowed ? 'given' : ''],
      ...connectionRests(connection, hasCredential),
      ...subjectRests(reader, subject, { ...row, now }, request, call),
    ],
  }
}

/** How a change request is carried out at a provider; for a file-only provider by manual steps. */
export async function planFor(
  connection: Pick<StoredConnection, 'provider' | 'baseUrl'>,
  request: ChangeRequest,
  says: string,
): Promise<WritePlan> {
  const { provider } = connection
  if (isProviderId(provider)) return getProvider(provider).plan(request, connection.baseUrl)
  return {
    kind: 'by-hand',
    steps: `Castellan does not call ${providerName(provider)}. Do it in its own console:\n${says}`,
  }
}

/** Access through a group or a role of the organization is not removed in the project. */
export function planAround(
  reader: Reader,
  { action, values: { projectId }, now }: Pick<RowNow, 'action' | 'values' | 'now'>,
  subject: RemediationSubject,
): WritePlan | null {
  if ((action !== 'project-member-remove' && action !== 'project-member-role') || projectId === undefined) return null
  if (directRoles(reader, subject.id).some((role) => role.projectId === projectId)) return null
  const { groups, organizationRoles } = otherWays(reader, subject.id, projectId, now)
  const steps = [
    ...groups.map(
      (group) => `The access comes through the group ${quotedName(group)}: remove ${quotedName(subject.name)} from it.`,
    ),
    ...organizationRoles.map(
      (role) => `The role ${quotedName(role)} in the organization reaches every project: lower that role.`,
    ),
  ]
  return steps.length === 0 ? null : { kind: 'by-hand', steps: steps.join('\n') }
}

function endedObstacle({ state, action }: Row): string | null {
  if (isUnsent(state)) return null
  if (state === 'sending') return 'It is being sent.'
  if (state === 'unsure') return `It was sent, and its result is unknown. ${unknownResultStep(action)}`
  if (state === 'deploying') return 'Its new key is being deployed.'
  return `It has ended: ${state}.`
}

/** An item of the list, and the instant at which it is judged. */
type RowNow = Row & { readonly now: number }

function subjectObstacle(
  reader: Reader,
  connection: StoredConnection,
  subject: RemediationSubject,
  { action, values, now }: RowNow,
): string | null {
  if (!subject.standing) return `${subject.name} was already removed at the provider. Cancel this change.`
  if (action === 'member-role' && subject.principal?.roleRaw === values.role) return 'The role is already set.'
  if (action === 'key-rename' && subject.name === values.name) return 'The key has this name already.'
  const { key, status } = subject
  if (key !== null && (status === 'archived' || (action === 'key-disable' && status !== 'active'))) {
    return `The key is ${status} already.`
  }
  if ((action === 'key-delete' || action === 'key-disable') && isOwnKey(connection, subject)) {
    return 'It looks like the admin key that Castellan itself uses here. Set another credential first.'
  }
  const waits = waitsFor(reader, subject.connectionId, values) !== null
  if ((action === 'limit-set' || action === 'alert-set') && !waits) {
    const projectId = limitedProject(reader, subject, values)
    const enforcement = action === 'limit-set' ? 'hard' : 'alert'
    const same = spendLimits(reader, subject.connectionId, projectId).some(
      (limit) => limit.enforcement === enforcement && limit.amount === values.amountMicros && limit.period === 'month',
    )
    if (same) return 'This amount is set already.'
  }
  return thereAlready(reader, subject, action, values, now) ?? projectObstacle(reader, subject, { action, values, now })
}

/** The project that the limit applies to; null for the organization's, and for a project that does not exist yet. */
function limitedProject(reader: Reader, subject: RemediationSubject, { project }: Row['values']): number | null {
  if (subject.kind === 'project') return subject.id
  return project === undefined ? null : (projectsNamed(reader, subject.connectionId, project)[0]?.id ?? null)
}

function projectObstacle(
  reader: Reader,
  subject: RemediationSubject,
  { action, values: { projectId, role }, now }: Pick<RowNow, 'action' | 'values' | 'now'>,
): string | null {
  const project = projectId === undefined ? null : remediationSubject(reader, 'project', projectId)
  if (project === null) return null
  if (!project.standing) return `The project ${project.name} was already removed at the provider. Cancel this change.`
  if (project.status === 'archived') return `The project ${project.name} is archived; nothing in it can be changed.`
  if (action !== 'project-member-remove' && action !== 'project-member-role') return null
  const direct = directRoles(reader, subject.id).filter((each) => each.projectId === projectId)
  if (direct.length === 0) {
    const { groups, organizationRoles } = otherWays(reader, subject.id, project.id, now)
    // Access that comes another way needs manual steps.
    return groups.length + organizationRoles.length > 0
      ? null
      : `${subject.name} has no role in ${project.name} any more.`
  }
  return role !== undefined && direct.every((each) => each.roleRaw === role) ? 'The role is already set.' : null
}

/** Both are shown by the end of the key, so that is compared. */
function isOwnKey({ credentialHint }: StoredConnection, { key }: RemediationSubject): boolean {
  if (key === null || key.kind === 'project' || credentialHint === null) return false
  return isSameEnding(keyEnding(credentialHint), keyEnding(key.hint))
}

function connectionObstacle(connection: StoredConnection, hasCredential: boolean, isAllowed: boolean): string | null {
  if (connection.access === 'read-only' && !isAllowed) {
    return `${connection.label} is read-only. Do it in its console, or allow changes for this one run.`
  }
  return hasCredential ? null : `${connection.label} has no credential. Set its admin key first.`
}

function connectionRests(connection: StoredConnection, hasCredential: boolean): Aspect[] {
  return [
    ['the access of the connection', connection.access],
    ['the address of the connection', connection.baseUrl ?? ''],
    ['the organization of the connection', connection.organizationId ?? ''],
    ['the credential', JSON.stringify([hasCredential, connection.credentialHint, connection.credentialSetAt])],
  ]
}

function subjectRests(
  reader: Reader,
  subject: RemediationSubject,
  { action, values, now }: RowNow,
  request: ChangeRequest,
  call: PlannedCall | null,
): Aspect[] {
  const { key, principal } = subject
  const project = values.projectId === undefined ? null : remediationSubject(reader, 'project', values.projectId)
  const rests: Aspect[] = [
    ['presence', String(subject.standing)],
    ['name', subject.name],
    ['the names in it', JSON.stringify([request.memberships, thereAlready(reader, subject, action, values, now)])],
    ['status', subject.status],
    ['role', principal?.roleRaw ?? ''],
    ['roles', principal === null ? '' : JSON.stringify(directRoles(reader, subject.id))],
    ['project', JSON.stringify([request.project, project?.standing, project?.status, key?.projectId])],
    ['owner', JSON.stringify([key?.owner, key?.ownerKind])],
    ['last use', String(key?.lastUsedAt)],
    ['expiry', String(key?.expiresAt)],
    [
      'limits',
      request.amountMicros === null
        ? ''
        : JSON.stringify(spendLimits(reader, subject.connectionId, limitedProject(reader, subject, values))),
    ],
    ['the request', JSON.stringify(call)],
  ]
  return rests
}
