import type { EventAct, EventFact, EventSubject } from '../../../../shared/domain/events/event.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'
import { asRow, eventDetail, eventId, eventText, firstId, type EventRow } from '../../kit/event-row.ts'
import { toInstant } from '../../kit/rows.ts'
import type { EventReading } from '../../kit/log.ts'

/**
 * Activities about what people read and write, and readings of lists: the feed records every one of our own requests.
 * They are not about access and are not kept.
 */
const CONTENT =
  /^(?:claude_(?!user_role|organization)|compliance_api_accessed|platform_(?:agent|file|skill|memory|dream|session|vault|environment)|session_share|environment_|tunnel_|lti_|marketplace|mcp_|ghe_|desktop_|plugin_|cli_plugin|integration_user|age_verified|phone_code|org_parent_search)|_(?:viewed|listed|accessed)$/u

/** The subjects of the first words of a type; the first that matches. */
const SUBJECTS: readonly (readonly [RegExp, EventSubject])[] = [
  [/^admin_api_key_/u, 'admin-key'],
  [/^(?:platform_|scoped_)?api_key_|^service_key_/u, 'key'],
  [/_spend_limit_|_rate_limit_/u, 'limit'],
  [
    /^platform_workspace_member_|^role_assignment_|^rbac_role_(?:un)?assigned|^claude_user_role_|^primary_owner_/u,
    'grant',
  ],
  [/_data_retention_/u, 'organization'],
  [/^platform_workspace_/u, 'project'],
  [/^platform_service_account_|^service_/u, 'service-account'],
  [/^platform_federation_/u, 'federation'],
  [/^org_user_invite_|^org_invite_/u, 'invite'],
  [/^org_user_|^scim_user_|^org_join_request_/u, 'user'],
  [/^rbac_role_/u, 'role'],
  [/^group_/u, 'group'],
  // The other settings of single sign-on do not turn it off.
  [/^org_sso_(?:toggled|connection_|add_)/u, 'sign-on'],
  [/^org_directory_|^org_sso_provisioning_/u, 'provisioning'],
  [/^org_ip_restriction_/u, 'network'],
  [/^org_compliance_api_/u, 'log'],
  [/login|logged_out|^session_revoked/u, 'session'],
  [/^org_|^claude_organization_/u, 'organization'],
]

const ACTS: readonly (readonly [RegExp, EventAct])[] = [
  [/^(?:rbac_)?group_member_/u, 'changed'],
  [/_invite_accepted$|_approved$|_succeeded$|_completed$/u, 'succeeded'],
  [/_(?:created|added|sent|granted|assigned|generated)$/u, 'created'],
  [/_(?:deleted|removed|archived|revoked|unassigned|left)$/u, 'removed'],
  [/_(?:updated|transferred|changed|rotated|regenerated)$/u, 'changed'],
  [/_(?:enabled|activated)$/u, 'enabled'],
  [/_(?:disabled|deactivated)$/u, 'disabled'],
  [/_(?:failed|rejected|dismissed)$/u, 'failed'],
]

interface Meaning {
  readonly subject: EventSubject
  readonly act: EventAct
}

const meanings = new Map<string, Meaning>()
/** More types than there are would be a provider that makes up one for each event. */
const MOST_MEANINGS = 2000

function getMeaning(type: string): Meaning {
  const known = meanings.get(type)
  if (known !== undefined) return known
  const [, subject = 'other'] = SUBJECTS.find(([words]) => words.test(type)) ?? []
  const [, act = 'other'] = ACTS.find(([words]) => words.test(type)) ?? []
  const meaning = { subject, act } as const
  if (meanings.size < MOST_MEANINGS) meanings.set(type, meaning)
  return meaning
}

/** The fields that hold the id of a subject. */
const IDS: Readonly<Partial<Record<EventSubject, readonly string[]>>> = {
  key: ['api_key_id', 'service_key_id'],
  'admin-key': ['admin_api_key_id'],
  grant: ['user_id', 'target_id', 'principal_id', 'new_owner_id'],
  user: ['deleted_user_id', 'user_id'],
  invite: ['invite_id'],
  project: ['workspace_id'],
  'service-account': ['service_account_id'],
  federation: ['federation_rule_id', 'federation_issuer_id', 'rule_id', 'issuer_id'],
  role: ['role_id'],
  group: ['group_id'],
  'sign-on': ['connection_id'],
}

const NAMES = [
  'invited_email',
  'deleted_user_email',
  'user_email',
  'group_name',
  'role_name',
  'key_name',
  'service_name',
]

const KEPT: ReadonlySet<string> = new Set(
  (
    'scopes previous_role current_role invited_role role resource_type principal_type action limiter_type model_group value amount ' +
    'limit_type is_enabled enabled provider connection_type previous_mode new_mode compliance_api_enabled ' +
    'compliance_api_logging_enabled domain service_name key_name group_name role_name reason'
  ).split(' '),
)

const ROLES = ['current_role', 'role', 'invited_role']

const WITHOUT_ID = 'An event without an id.'
const WITHOUT_TIME = 'An event without a valid time.'
const ELSEWHERE = 'An event of another organization of the same parent.'

/** One activity of the feed. A key may see those of several organizations; only those of `organization` are kept. */
export function activityReading(value: unknown, organization: string | null): EventReading {
  const row = asRow(value)
  const externalId = eventId(row?.['id'])
  if (row === null || externalId === null) return { id: null, event: null, left: WITHOUT_ID }
  const type = eventText(row['type'])
  if (type !== null && CONTENT.test(type)) return { id: externalId, event: null, left: null }
  const at = toInstant(row, 'created_at', [])
  if (at === null || type === null) return { id: externalId, event: null, left: WITHOUT_TIME }
  if (isElsewhere(row, organization)) return { id: externalId, event: null, left: ELSEWHERE }
  return { id: externalId, event: toEvent(row, { externalId, at, type }), left: null }
}

/** An organization has an id and a UUID; only what has the form of the known one can be compared with it. */
function isElsewhere(row: EventRow, organization: string | null): boolean {
  if (organization === null) return false
  const isTagged = organization.startsWith('org_')
  const id = eventId(isTagged ? row['organization_id'] : row['organization_uuid'])
  return id !== null && id.startsWith('org_') === isTagged && id !== organization
}

function toEvent(row: EventRow, head: Pick<EventFact, 'externalId' | 'at' | 'type'>): EventFact {
  const { subject, act } = getMeaning(head.type)
  const kept = eventDetail(row, KEPT)
  const limiter = kept['limiter_type']
  const detail = subject === 'limit' && typeof limiter === 'string' ? { ...kept, limiters: [limiter] } : kept
  const actor = toActor(asRow(row['actor']))
  const roleField = ROLES.find((name) => typeof detail[name] === 'string')
  const role = roleField === undefined ? null : String(detail[roleField])
  const project = subject === 'grant' ? toPlace(row) : eventId(row['workspace_id'])
  const subjectId = firstId(row, IDS[subject] ?? [])
  return {
    ...head,
    act: toAct(act, detail),
    subject: {
      kind: subject,
      externalId: head.type === 'org_user_left' ? actor.externalId : subjectId,
      name: NAMES.map((name) => eventText(row[name])).find((name) => name !== null) ?? null,
    },
    project,
    role,
    level: role === null ? null : getLevel('anthropic', project === null ? 'organization' : 'project', role),
    actor,
    detail,
  }
}

/** A switch was turned on or off where an event reports its new position. */
function toAct(act: EventAct, detail: EventFact['detail']): EventAct {
  const on = detail['compliance_api_enabled'] ?? detail['enabled']
  return typeof on === 'boolean' ? (on ? 'enabled' : 'disabled') : act
}

function toPlace(row: EventRow): string | null {
  const workspace = eventId(row['workspace_id'])
  if (workspace !== null) return workspace
  return eventText(row['resource_type'])?.includes('workspace') === true ? eventId(row['resource_id']) : null
}

/** The kind of an actor by its type, with the field that holds its id. */
const ACTORS: Readonly<Record<string, readonly [EventFact['actor']['kind'], string | null]>> = {
  user_actor: ['user', 'user_id'],
  unauthenticated_user_actor: ['user', null],
  api_actor: ['key', 'api_key_id'],
  admin_api_key_actor: ['admin-key', 'admin_api_key_id'],
  service_account_actor: ['service-account', 'service_account_id'],
  scim_directory_sync_actor: ['directory', 'directory_id'],
  anthropic_actor: ['provider', null],
  federated_actor: ['workload', 'subject'],
}

function toActor(row: EventRow | null): EventFact['actor'] {
  const [kind, id] = ACTORS[eventText(row?.['type']) ?? ''] ?? (['unknown', null] as const)
  return {
    kind,
    externalId: id === null ? null : eventId(row?.[id]),
    email: eventText(row?.['email_address']) ?? eventText(row?.['unauthenticated_email_address']),
    address: eventText(row?.['ip_address']),
    agent: eventText(row?.['user_agent']),
  }
}
