import type { EventAct, EventFact, EventSubject } from '../../../../shared/domain/events/event.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'
import type { EventReading } from '../../kit/log.ts'
import { asRow, eventDetail, eventId, eventText, type EventRow } from '../../kit/event-row.ts'
import { toInstant } from '../../kit/rows.ts'
import { findLimiter } from './limit.ts'

/** The subjects of the first words of a type, the longest first; types of a tenant have `tenant.` before them. */
const SUBJECTS: readonly (readonly [string, EventSubject])[] = [
  ['admin_api_key', 'admin-key'],
  ['api_key', 'key'],
  ['project_api_key', 'key'],
  ['api_organization_invite', 'invite'],
  ['chatgpt_workspace_invite', 'invite'],
  ['invite', 'invite'],
  ['certificate', 'certificate'],
  ['group', 'group'],
  ['ip_allowlist', 'network'],
  ['login', 'session'],
  ['logout', 'session'],
  ['session', 'session'],
  ['session_policy', 'organization'],
  ['membership', 'user'],
  ['user', 'user'],
  ['organization', 'organization'],
  ['project', 'project'],
  ['rate_limit', 'limit'],
  ['usage_limit', 'limit'],
  ['billing.overage_limit', 'limit'],
  ['billing.alerts', 'limit'],
  ['service_account', 'service-account'],
  ['role.assignment', 'grant'],
  ['role_assignment', 'grant'],
  ['resource_role_assignment', 'grant'],
  ['role', 'role'],
  ['custom_role', 'role'],
  ['scim', 'provisioning'],
  ['sso', 'sign-on'],
  ['workload_identity', 'federation'],
  // One for each token that a workload gets.
  ['workload_identity.access_token', 'session'],
]

const ACTS: Readonly<Record<string, EventAct>> = {
  created: 'created',
  added: 'created',
  sent: 'created',
  invited: 'created',
  registered: 'created',
  upserted: 'created',
  provisioned: 'created',
  updated: 'changed',
  bound_to_resource: 'changed',
  unbound_from_resource: 'changed',
  deleted: 'removed',
  removed: 'removed',
  archived: 'removed',
  revoked: 'removed',
  requested: 'removed',
  activated: 'enabled',
  enabled: 'enabled',
  deactivated: 'disabled',
  disabled: 'disabled',
  accepted: 'succeeded',
  succeeded: 'succeeded',
  failed: 'failed',
  declined: 'failed',
}

interface Meaning {
  readonly subject: EventSubject
  readonly act: EventAct
}

/** Types whose last word is about something else than their first words. */
const EXCEPTIONS: Readonly<Record<string, Meaning>> = {
  'group.member.added': { subject: 'group', act: 'changed' },
  'group.member.removed': { subject: 'group', act: 'changed' },
  'membership.accepted': { subject: 'user', act: 'created' },
  'service_account.token.revoked': { subject: 'service-account', act: 'changed' },
  'user.invited': { subject: 'invite', act: 'created' },
  'workload_identity.access_token.issued': { subject: 'session', act: 'succeeded' },
  'workload_identity.principal.provisioned': { subject: 'federation', act: 'changed' },
}

const meanings = new Map<string, Meaning>()
/** More types than there are would be a provider that makes up one for each event. */
const MOST_MEANINGS = 2000

/** The meaning of a type. A type that is not known is kept as `other`. */
function getMeaning(type: string): Meaning {
  const known = meanings.get(type)
  if (known !== undefined) return known
  const words = type.startsWith('tenant.') ? type.slice('tenant.'.length) : type
  const meaning = (Object.hasOwn(EXCEPTIONS, words) ? EXCEPTIONS[words] : undefined) ?? toMeaning(words)
  if (meanings.size < MOST_MEANINGS) meanings.set(type, meaning)
  return meaning
}

function toMeaning(words: string): Meaning {
  const [, subject = 'other'] =
    SUBJECTS.toSorted(([a], [b]) => b.length - a.length).find(([start]) => words.startsWith(start)) ?? []
  const last = words.slice(words.lastIndexOf('.') + 1)
  return { subject, act: (Object.hasOwn(ACTS, last) ? ACTS[last] : undefined) ?? 'other' }
}

/** The fields that are kept of what an event states about its subject. */
const KEPT: ReadonlySet<string> = new Set(
  (
    'role scopes permissions permissions_added permissions_removed email name title group_name role_name expires_in_seconds ' +
    'allowed_ips batch_1_day_max_input_tokens max_audio_megabytes_per_1_minute max_images_per_1_minute max_requests_per_1_day ' +
    'max_requests_per_1_minute max_tokens_per_1_minute resource_type principal_type enabled source api_call_logging ' +
    'threads_ui_visibility usage_dashboard_visibility error_code geography'
  ).split(' '),
)

const WITHOUT_ID = 'An event without an id.'
const WITHOUT_TIME = 'An event without a valid time.'

/**
 * One event of the audit log. Its details are in a field that is named after its type. OpenAI records what an admin key
 * did under the default project, so that only the project of what a person did is taken for the place.
 */
export function eventReading(value: unknown): EventReading {
  const row = asRow(value)
  const externalId = eventId(row?.['id'])
  if (row === null || externalId === null) return { id: null, event: null, left: WITHOUT_ID }
  const at = toInstant(row, 'effective_at', [])
  const type = eventText(row['type'])
  if (at === null || type === null) return { id: externalId, event: null, left: WITHOUT_TIME }
  const { subject, act } = getMeaning(type)
  const about = asRow(row[type])
  const more = asRow(about?.['data']) ?? asRow(about?.['changes_requested'])
  const certificates = subject === 'certificate' ? listCertificates(about) : []
  const detail: EventFact['detail'] = {
    ...eventDetail(about, KEPT),
    ...eventDetail(more, KEPT),
    ...(subject === 'limit' ? listLimiters(more) : {}),
    ...(certificates.length > 1 ? { certificates: certificates.map(({ id }) => id) } : {}),
  }
  const [only] = certificates.length === 1 ? certificates : []
  const role = typeof detail['role'] === 'string' ? detail['role'] : null
  const actor = toActor(asRow(row['actor']))
  const project = toProject(row, about, { subject, isByKey: actor.kind === 'key' })
  const event: EventFact = {
    externalId,
    at,
    type,
    act,
    subject: {
      kind: subject,
      externalId: subject === 'grant' ? eventId(about?.['principal_id']) : (only?.id ?? eventId(about?.['id'])),
      name: only?.name ?? toName(detail),
    },
    project,
    role,
    level: role === null ? null : getLevel('openai', project === null ? 'organization' : 'project', role),
    actor,
    detail,
  }
  return { id: externalId, event, left: null }
}

/** The limiters that an event changed, in the words of the limits themselves. */
function listLimiters(changed: EventRow | null): { readonly limiters?: readonly string[] } {
  const limiters = Object.keys(changed ?? {}).flatMap((field) => findLimiter(field)?.metric ?? [])
  return limiters.length === 0 ? {} : { limiters }
}

/** Certificates are activated and deactivated several at a time. */
function listCertificates(about: EventRow | null): readonly { readonly id: string; readonly name: string | null }[] {
  const rows = about?.['certificates']
  if (!Array.isArray(rows)) return []
  return rows.flatMap((value) => {
    const row = asRow(value)
    const id = eventId(row?.['id'])
    return id === null ? [] : [{ id, name: eventText(row?.['name']) }]
  })
}

function toName(detail: EventFact['detail']): string | null {
  for (const name of ['email', 'name', 'title', 'group_name', 'role_name']) {
    const value = detail[name]
    if (typeof value === 'string') return value
  }
  return null
}

function toProject(
  row: EventRow,
  about: EventRow | null,
  of: { readonly subject: EventSubject; readonly isByKey: boolean },
): string | null {
  if (of.subject === 'grant') {
    const type = eventText(about?.['resource_type']) ?? ''
    return type.includes('project') ? eventId(about?.['resource_id']) : null
  }
  if (of.subject === 'project') return eventId(about?.['id'])
  return of.isByKey ? null : eventId(asRow(row['project'])?.['id'])
}

/** A session of a user, or a key of a user or a service account. */
function toActor(row: EventRow | null): EventFact['actor'] {
  const session = asRow(row?.['session'])
  if (session !== null) {
    const user = asRow(session['user'])
    return {
      kind: 'user',
      externalId: eventId(user?.['id']),
      email: eventText(user?.['email']),
      address: eventText(session['ip_address']),
      agent: eventText(session['user_agent']),
    }
  }
  const key = asRow(row?.['api_key'])
  if (key === null) return { kind: 'unknown', externalId: null, email: null, address: null, agent: null }
  return {
    kind: 'key',
    externalId: eventId(key['id']),
    email: eventText(asRow(key['user'])?.['email']),
    address: null,
    agent: null,
  }
}
