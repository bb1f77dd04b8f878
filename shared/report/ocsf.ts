import type { EventRow } from '../contract/events.ts'
import { eventSubjectWord, eventWord, type EventSubject } from '../domain/events/event.ts'
import { providerName } from '../domain/providers/providers.ts'
import { isPrivileged } from '../domain/role.ts'
import { visibleText } from '../domain/text/visible-text.ts'
import { VERSION } from '../domain/version.ts'

/** The version of the Open Cybersecurity Schema Framework that the output follows. */
export const OCSF_VERSION = '1.8.0'

const ACCOUNT_CHANGE = 3001
const API_ACTIVITY = 6003
const OTHER = 99

/** What is done to an account; everything else is an activity of the API. */
const ACCOUNTS: ReadonlySet<EventSubject> = new Set(['user', 'invite', 'service-account', 'grant'])

const ACCOUNT_ACTIVITIES: Readonly<Partial<Record<EventRow['act'], number>>> = {
  created: 1,
  enabled: 2,
  disabled: 5,
  removed: 6,
}
/** A role is a policy that is attached to an account. */
const GRANT_ACTIVITIES: Readonly<Partial<Record<EventRow['act'], number>>> = { created: 7, changed: 7, removed: 8 }
const API_ACTIVITIES: Readonly<Partial<Record<EventRow['act'], number>>> = {
  created: 1,
  changed: 3,
  enabled: 3,
  disabled: 3,
  removed: 4,
}

const INFORMATIONAL = 1
const MEDIUM = 3
const SUCCESS = 1
const FAILURE = 2

type Ocsf = Readonly<Record<string, unknown>>

/**
 * An event in the Open Cybersecurity Schema Framework: Account Change (3001) where it is about an account or a role of
 * one, else API Activity (6003). Only what is known is filled in.
 */
export function toOcsf(event: EventRow): Ocsf {
  return withoutEmpty(ACCOUNTS.has(event.subject.kind) ? toAccountChange(event) : toApiActivity(event)) as Ocsf
}

function toAccountChange(event: EventRow): Ocsf {
  const { subject, role } = event
  const activity = (subject.kind === 'grant' ? GRANT_ACTIVITIES : ACCOUNT_ACTIVITIES)[event.act] ?? OTHER
  return {
    ...toBase(event, ACCOUNT_CHANGE, activity),
    category_uid: 3,
    user: {
      uid: subject.externalId ?? (subject.name === null ? 'not reported' : null),
      name: subject.name,
      // The holder of a role may be of any kind.
      type: subject.kind === 'grant' ? null : eventSubjectWord(subject.kind),
    },
    ...(role === null ? {} : { policies: [{ name: role }] }),
  }
}

function toApiActivity(event: EventRow): Ocsf {
  const { subject } = event
  const hasResource = subject.externalId !== null || subject.name !== null
  return {
    ...toBase(event, API_ACTIVITY, API_ACTIVITIES[event.act] ?? OTHER),
    category_uid: 6,
    api: { operation: event.type, service: { name: providerName(event.connection.provider) } },
    resources: hasResource ? [{ uid: subject.externalId, name: subject.name, type: subject.kind }] : [],
  }
}

function toBase(event: EventRow, classUid: number, activity: number): Ocsf {
  const { actor, connection } = event
  return {
    class_uid: classUid,
    activity_id: activity,
    activity_name: activity === OTHER ? event.type : null,
    type_uid: classUid * 100 + activity,
    time: event.at,
    severity_id: event.level !== null && isPrivileged(event.level) ? MEDIUM : INFORMATIONAL,
    status_id: event.act === 'failed' ? FAILURE : SUCCESS,
    message: toMessage(event),
    metadata: {
      version: OCSF_VERSION,
      uid: event.externalId,
      event_code: event.type,
      log_provider: providerName(connection.provider),
      log_name: connection.label,
      original_time: new Date(event.at).toISOString(),
      tenant_uid: connection.organizationId,
      product: { name: 'Castellan', vendor_name: 'Castellan', version: VERSION },
    },
    actor: toActor(actor, connection.provider),
    src_endpoint: actor.address === null ? { name: 'not reported' } : { ip: actor.address },
    http_request: { user_agent: actor.agent },
    unmapped: {
      client: event.client.slug,
      project: event.project?.externalId ?? event.projectExternalId,
      detail: event.detail,
    },
  }
}

function toMessage({ subject, act, actor }: EventRow): string {
  const what = subject.name ?? subject.externalId
  const who = actor.name ?? actor.email ?? actor.externalId
  return [eventWord(subject.kind, act), what === null ? '' : `: ${what}`, who === null ? '' : `, by ${who}`]
    .map(visibleText)
    .join('')
}

/** People and service accounts are users; a key, a directory and the provider itself are applications. */
function toActor(actor: EventRow['actor'], provider: string): Ocsf {
  if (actor.kind === 'user' || actor.kind === 'service-account') {
    const name = actor.name ?? actor.email
    return {
      user: {
        uid: actor.externalId ?? (name === null ? 'not reported' : null),
        name,
        email_addr: actor.email,
      },
    }
  }
  const app = actor.kind === 'provider' ? providerName(provider) : (actor.name ?? actor.kind)
  return { app_name: app, app_uid: actor.externalId }
}

/** A value without what is null and without objects and lists that hold nothing. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, withoutEmpty(inner)] as const)
    .filter(([, inner]) => !isEmpty(inner))
  return Object.fromEntries(kept)
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
