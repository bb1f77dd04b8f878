import type { RemediationValues } from '../../../shared/contract/remediation.ts'
import type { RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import type { ChangeRequest } from '../../providers/kit/write.ts'
import type { Reader } from '../../register/db/handles.ts'
import { projectsNamed, holdsKeyNamed, isThere } from '../../register/remediation/named.ts'
import {
  directRoles,
  ownerAddresses,
  type RemediationSubject,
  remediationSubject,
  SUBJECT_OF,
} from '../../register/remediation/subject.ts'
import { invalid, Refusal } from '../kit/refusal.ts'
import { DAY_MS } from '../../../shared/domain/day.ts'
import { isProduction, keyEnvironment } from '../../../shared/domain/naming.ts'
import { effectivePolicy } from '../../register/clients/policy.ts'

/** Micro-USD of a cent: no provider accepts less. */
const CENT = 10_000

type PrincipalKind = NonNullable<RemediationSubject['principal']>['kind']

/** Which principals an action is about, and what to do with the others. */
const PRINCIPALS: Partial<
  Readonly<Record<RemediationAction, { readonly kinds: readonly PrincipalKind[]; hint: string }>>
> = {
  'member-remove': { kinds: ['user', 'group'], hint: 'An invite or a service account is deleted instead.' },
  'member-sign-out': { kinds: ['user'], hint: 'Only members sign in.' },
  'member-role': { kinds: ['user', 'group'], hint: 'Only members and groups have a role in the organization.' },
  'project-member-remove': {
    kinds: ['user', 'group'],
    hint: 'An invite or a service account is deleted instead.',
  },
  'project-member-role': {
    kinds: ['user', 'group', 'service-account'],
    hint: 'Delete the invite, and invite again with the other role.',
  },
  'invite-delete': { kinds: ['invite'], hint: 'A member is removed instead.' },
  'service-account-delete': { kinds: ['service-account'], hint: 'A member is removed instead.' },
  'federation-delete': { kinds: ['service-account'], hint: 'Workloads act as service accounts only.' },
  'project-member-add': { kinds: ['user'], hint: 'An invite is given projects once it is accepted.' },
  'key-create': { kinds: ['service-account'], hint: 'The API makes keys for service accounts only.' },
}

/** Refuses an action that does not apply to this subject. */
export function checkSubject(action: RemediationAction, subject: RemediationSubject): void {
  if (!SUBJECT_OF[action].includes(subject.kind)) {
    throw invalid(
      'subject',
      `${action} is about a ${SUBJECT_OF[action].join(' or ')}, not a ${subject.kind}.`,
      'Choose one of the proposals.',
    )
  }
  const wanted = PRINCIPALS[action]
  if (wanted === undefined || subject.principal === null) return
  const { kind } = subject.principal
  if (!wanted.kinds.includes(kind)) {
    throw invalid('subject', `${action} is not about a ${kind.replace('-', ' ')}.`, wanted.hint)
  }
}

/**
 * The values that an action uses, complete: the rest is dropped and what is known is filled in. Throws `Refusal`
 * INVALID for what is missing or impossible, CONFLICT where nothing would change.
 */
export function completeValues(
  reader: Reader,
  action: RemediationAction,
  subject: RemediationSubject,
  given: RemediationValues,
  now: number,
): RemediationValues {
  return COMPLETE[action]?.(reader, subject, given, now) ?? {}
}

type Complete = (
  reader: Reader,
  subject: RemediationSubject,
  given: RemediationValues,
  now: number,
) => RemediationValues

/** An action that is not listed here needs nothing but its subject. */
const COMPLETE: Partial<Readonly<Record<RemediationAction, Complete>>> = {
  'member-role': (_, subject, given) => ({ role: newRole(given, subject.principal?.roleRaw ?? null, subject.name) }),
  'project-member-remove': (reader, subject, given) => ({
    projectId: readProject(reader, subject, given.projectId).id,
  }),
  'project-member-role': (reader, subject, given) => {
    const project = readProject(reader, subject, given.projectId)
    const now = directRoles(reader, subject.id).find((role) => role.projectId === project.id)?.roleRaw ?? null
    return { role: newRole(given, now, subject.name), projectId: project.id }
  },
  'service-account-delete': (reader, subject, given) => {
    const own = directRoles(reader, subject.id).find((role) => role.projectId !== null)?.projectId ?? undefined
    return { projectId: readProject(reader, subject, given.projectId ?? own).id }
  },
  'federation-delete': (_, __, given) => ({ name: named(given) }),
  'key-rename': (_, subject, given) => {
    const name = given.name?.trim() ?? ''
    if (name === '') throw invalid('name', 'The new name is missing.', 'Give the name that the key should have.')
    if (name === subject.name) throw already(`${subject.name} has this name already.`)
    return { name }
  },
  'key-rotate': (_, __, { name }) => (name === undefined ? {} : { name }),
  'limit-set': (_, subject, given) => ({ amountMicros: wholeCents(given), ...ofNamed(subject, given) }),
  'alert-set': (reader, subject, given, now) => {
    const recipients = given.recipients ?? ownerAddresses(reader, subject.connectionId, now)
    if (recipients.length === 0) {
      throw invalid('recipients', 'No recipient is known for the alert.', 'Give one or more addresses.')
    }
    return { amountMicros: wholeCents(given), recipients, ...ofNamed(subject, given) }
  },
  'project-create': (_, __, given) => ({ name: named(given) }),
  'project-rename': (_, __, given) => ({ name: named(given) }),
  invite: (_, __, given) => {
    if (given.email === undefined)
      throw invalid('email', 'The address is missing.', 'Give the address of the person who is invited.')
    return { email: given.email, role: wantedRole(given), projects: given.projects ?? [] }
  },
  'project-member-add': (_, __, given) => ({ role: wantedRole(given), project: namedProject(given) }),
  'service-account-create': (_, __, given) => ({ name: named(given), project: namedProject(given) }),
  'key-create': (_, __, given) => ({ name: named(given), project: namedProject(given) }),
}

/** The limit of a project that does not exist yet is requested at its organization. */
function ofNamed({ kind }: RemediationSubject, { project }: RemediationValues): Pick<RemediationValues, 'project'> {
  return kind === 'connection' && project !== undefined ? { project } : {}
}

function named({ name }: RemediationValues): string {
  const text = name?.trim() ?? ''
  if (text === '') throw invalid('name', 'The name is missing.', 'Give the name that it should have.')
  return text
}

function namedProject({ project }: RemediationValues): string {
  if (project === undefined) throw invalid('project', 'The project is missing.', 'Give the name of the project.')
  return project
}

function wantedRole({ role }: RemediationValues): string {
  if (role === undefined) {
    throw invalid('role', 'The role is missing.', 'Give the provider’s word for it, such as reader.')
  }
  return role
}

function already(message: string): Refusal {
  return new Refusal('CONFLICT', message, 'There is nothing to do.')
}

function newRole(given: RemediationValues, now: string | null, name: string): string {
  if (given.role === undefined) {
    throw invalid('role', 'The new role is missing.', 'Give the provider’s word for it, such as reader.')
  }
  if (given.role === now) throw already(`${name} has the role ${given.role} already.`)
  return given.role
}

function readProject(reader: Reader, subject: RemediationSubject, id: number | undefined): RemediationSubject {
  const project = id === undefined ? null : remediationSubject(reader, 'project', id)
  if (project === null || project.connectionId !== subject.connectionId) {
    throw invalid(
      'projectId',
      'The project is missing, or it belongs to another connection.',
      'Name the project that it is about.',
    )
  }
  return project
}

function wholeCents({ amountMicros }: RemediationValues): number {
  if (amountMicros === undefined) {
    throw invalid('amountMicros', 'The amount is missing.', 'Give the amount for a month, in dollars and cents.')
  }
  if (amountMicros % CENT !== 0) {
    throw invalid('amountMicros', 'The amount is not in whole cents.', 'Round it to a cent.')
  }
  return amountMicros
}

/** Placeholder for the id of a project that does not exist yet; no request with it is shown or sent. */
const NOT_YET = 'not-made-yet'

/** The request to the provider; `values` are complete. */
export function toChangeRequest(
  reader: Reader,
  action: RemediationAction,
  subject: RemediationSubject,
  values: RemediationValues,
): ChangeRequest {
  const projectId = subject.key?.projectId ?? (subject.kind === 'project' ? subject.id : values.projectId)
  const byName = (name: string): { readonly externalId: string; readonly name: string } =>
    projectsNamed(reader, subject.connectionId, name)[0] ?? { externalId: NOT_YET, name }
  const project =
    values.project === undefined
      ? projectId === undefined
        ? null
        : remediationSubject(reader, 'project', projectId)
      : byName(values.project)
  const { key, principal } = subject
  const name = values.name ?? null
  return {
    action,
    subject: { kind: requestSubjectKind(subject, principal), externalId: subject.externalId, name: subject.name },
    project: project === null ? null : { externalId: project.externalId, name: project.name },
    key:
      key === null
        ? null
        : { kind: key.kind, owner: key.owner === null ? null : { kind: key.ownerKind, externalId: key.owner } },
    role: values.role ?? null,
    name,
    lifetimeDays: keyLifetimeDays(reader, action, subject, { name, project: project?.name ?? null }),
    amountMicros: values.amountMicros ?? null,
    recipients: values.recipients ?? [],
    email: values.email ?? null,
    memberships: (values.projects ?? []).map(({ name, role }) => {
      const { externalId, name: now } = byName(name)
      return { project: { externalId, name: now }, role }
    }),
  }
}

function requestSubjectKind(
  { kind }: RemediationSubject,
  principal: RemediationSubject['principal'],
): ChangeRequest['subject']['kind'] {
  if (kind === 'connection') return 'organization'
  return kind === 'principal' ? (principal?.kind ?? 'user') : kind
}

const MAKES_A_KEY: ReadonlySet<RemediationAction> = new Set(['key-rotate', 'key-create', 'service-account-create'])

/** The provider's clock makes a new key: a day less keeps it under the ceiling. */
const SLACK_DAYS = 1

/**
 * How many days a key that an action makes is to live, so that the next sync does not report it: as long as the key
 * that it replaces where that one expires, else up to the policy's ceiling where the policy requires production keys to
 * expire. Null for a key that need not expire, and for an action that makes none.
 */
function keyLifetimeDays(
  reader: Reader,
  action: RemediationAction,
  subject: RemediationSubject,
  made: { readonly name: string | null; readonly project: string | null },
): number | null {
  if (!MAKES_A_KEY.has(action)) return null
  const clientId = reader.value<number>('SELECT client_id FROM connection WHERE id = ?', [subject.connectionId])
  const policy = effectivePolicy(reader, clientId)
  const most = Math.max(1, policy.ceilingDays - SLACK_DAYS)
  const old = subject.kind === 'key' ? oldKey(reader, subject.id) : null
  const lifetime = old?.lifetime ?? null
  if (lifetime !== null) return Math.min(most, Math.max(1, Math.round(lifetime / DAY_MS)))
  const named = { name: made.name ?? subject.name, project: made.project }
  const environment = old?.environment ?? keyEnvironment(named, policy.keyNamePattern)
  return policy.productionKeysExpire && isProduction(environment) ? most : null
}

/** Where a key is used, by what people set or by its name, and its original lifetime in milliseconds. */
function oldKey(reader: Reader, keyId: number) {
  return reader.get<{ readonly environment: string | null; readonly lifetime: number | null }>(
    'SELECT k.environment, k.expires_at - k.created_at AS lifetime FROM key_last_row k WHERE k.id = ?',
    [keyId],
  )
}

/**
 * Why something cannot be made yet: a project that it names does not exist, or two have the name. Null when all of them
 * are known. A request is shown only once its ids are known: only an exact request can be approved.
 */
export function waitsFor(
  reader: Reader,
  connectionId: number,
  { project, projects = [] }: RemediationValues,
): string | null {
  for (const name of [...(project === undefined ? [] : [project]), ...projects.map((each) => each.name)]) {
    const named = projectsNamed(reader, connectionId, name)
    if (named.length === 0)
      return `It waits for the project ${name}, which does not exist yet. Create it first, then sync.`
    if (named.length > 1) return `Two projects are called ${name}. Rename one of them, then sync.`
  }
  return null
}

/** Why something need not be made: the last sync shows it, and it has not expired since. Null when it must be made. */
export function thereAlready(
  reader: Reader,
  subject: RemediationSubject,
  action: RemediationAction,
  { name, email, project }: RemediationValues,
  now: number,
): string | null {
  const { connectionId } = subject
  const [within] = project === undefined ? [] : projectsNamed(reader, connectionId, project)
  if (action === 'project-create' && name !== undefined && projectsNamed(reader, connectionId, name).length > 0) {
    return `The project ${name} exists already. Cancel this change.`
  }
  if (action === 'project-rename' && subject.name === name) return 'The project has this name already.'
  if (action === 'invite' && email !== undefined && isThere(reader, connectionId, email, now)) {
    return `${email} is a member, or invited, already. Cancel this change.`
  }
  if (within === undefined) return null
  if (action === 'project-member-add' && directRoles(reader, subject.id).some((role) => role.projectId === within.id)) {
    return `${subject.name} is in ${within.name} already. Cancel this change.`
  }
  if (action === 'service-account-create' && name !== undefined && holdsKeyNamed(reader, within.id, name, now)) {
    return `A service account or key called ${name} is in ${within.name} already. Cancel this change.`
  }
  return null
}
