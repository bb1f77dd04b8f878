import type { EventRow } from '../contract/events.ts'
import { eventSubjectWord, eventWord, type EventSubject } from '../domain/events/event.ts'
import { providerName } from '../domain/providers/providers.ts'
import { isPrivileged } from '../domain/role.ts'
import { visibleText } from '../domain/text/visible-text.ts'
import { VERSION } from '../domain/version.ts'
import {
  OCSF_CLASSES,
  OCSF_GROUP_GRANT,
  OCSF_MEANINGS,
  OCSF_VERSION,
  OCSF_WORDS,
  type OcsfActivity,
  type OcsfClass,
  OTHER,
} from './ocsf-classes.ts'

const INFORMATIONAL = [1, 'Informational'] as const
const MEDIUM = [3, 'Medium'] as const
const SUCCESS = [1, 'Success'] as const
const FAILURE = [2, 'Failure'] as const

type Ocsf = Readonly<Record<string, unknown>>

/** An event in the Open Cybersecurity Schema Framework, by the tables of `ocsf-classes`. Only what is known is filled in. */
export function toOcsf(event: EventRow): Ocsf {
  const { name, activity } = findMeaning(event)
  return withoutEmpty({ ...toBase(event, name, activity), ...PARTS[name](event) }) as Ocsf
}

interface Meaning {
  readonly name: OcsfClass
  readonly activity: OcsfActivity
}

function findMeaning(event: EventRow): Meaning {
  const { subject, act, type } = event
  const isRoleOfGroup = subject.kind === 'grant' && event.detail['principal_type'] === 'group'
  // A member whose role was changed was given a role.
  const kind: EventSubject =
    subject.kind === 'user' && act === 'changed' && event.role !== null ? 'grant' : subject.kind
  const { class: name, activities } = isRoleOfGroup ? OCSF_GROUP_GRANT : OCSF_MEANINGS[kind]
  const worded = OCSF_WORDS.find((each) => each.subject === kind && each.word.test(type))?.activity
  return { name, activity: worded ?? activities[act] ?? OTHER }
}

/** The attributes that each class has beside those of every event. */
const PARTS: Readonly<Record<OcsfClass, (event: EventRow) => Ocsf>> = {
  account: (event) => ({
    user: toUser(event),
    policies: event.role === null ? [] : [{ name: event.role }],
    ...toSource(event),
  }),
  authentication: (event) => ({
    user: toUser(event),
    service: { name: providerName(event.connection.provider) },
    ...toSource(event),
  }),
  entity: (event) => ({ entity: toEntity(event), ...toSource(event) }),
  group: (event) => ({
    group: toGroup(event),
    privileges: event.role === null ? [] : [event.role],
    ...toSource(event),
  }),
  base: () => ({}),
}

/** The user of a class that requires one; of a sign-in without a subject, who signed in. */
function toUser({ subject, actor }: EventRow): Ocsf {
  const isSignIn = subject.kind === 'session'
  const uid = subject.externalId ?? (isSignIn ? actor.externalId : null)
  const name = subject.name ?? (isSignIn ? (actor.name ?? actor.email) : null)
  if (uid === null && name === null) return { name: 'not reported', type_id: 0, type: 'Unknown' }
  const isService = subject.kind === 'service-account' || (isSignIn && actor.kind === 'workload')
  const type = isService ? { type_id: 4, type: 'Service' } : { type_id: 1, type: 'User' }
  // The holder of a role may be of any kind.
  return { uid, name, email_addr: isSignIn ? actor.email : null, ...(subject.kind === 'grant' ? {} : type) }
}

function toGroup({ subject, connection }: EventRow): Ocsf {
  const { externalId: uid, name } = subject
  return uid === null && name === null ? { name: `a group of ${connection.label}` } : { uid, name }
}

/** An entity that the event does not name is one of the organization. */
function toEntity({ subject, connection }: EventRow): Ocsf {
  const { externalId: uid, name, kind } = subject
  const isNamed = uid !== null || name !== null
  return {
    uid,
    name,
    type_id: kind === 'organization' ? 4 : 99,
    type: kind === 'organization' ? 'Organization' : eventSubjectWord(kind),
    org: isNamed ? null : { uid: connection.organizationId, name: connection.label },
  }
}

function toSource({ actor, connection }: EventRow): Ocsf {
  return {
    actor: toActor(actor, connection.provider),
    src_endpoint: { ip: actor.address },
    http_request: { user_agent: actor.agent },
  }
}

function toBase(event: EventRow, name: OcsfClass, [activity, caption]: OcsfActivity): Ocsf {
  const { actor, connection } = event
  const { uid, category, caption: className } = OCSF_CLASSES[name]
  const [severityId, severity] = event.level !== null && isPrivileged(event.level) ? MEDIUM : INFORMATIONAL
  const [statusId, status] = event.act === 'failed' ? FAILURE : SUCCESS
  const provider = providerName(connection.provider)
  return {
    category_uid: category,
    class_uid: uid,
    class_name: className,
    activity_id: activity,
    activity_name: activity === OTHER[0] ? event.type : caption,
    type_uid: uid * 100 + activity,
    type_name: `${className}: ${caption}`,
    time: event.at,
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    message: toMessage(event),
    metadata: {
      version: OCSF_VERSION,
      // Of this form of the event; the provider's id of it is beside it.
      uid: [connection.provider, connection.organizationId ?? connection.label, event.externalId].join('/'),
      original_event_uid: event.externalId,
      event_code: event.type,
      log_provider: provider,
      log_name: connection.label,
      original_time: new Date(event.at).toISOString(),
      tenant_uid: connection.organizationId,
      product: { name: provider, vendor_name: provider },
      transformation_info_list: [
        { name: 'Castellan', product: { name: 'Castellan', vendor_name: 'Castellan', version: VERSION } },
      ],
    },
    unmapped: {
      client: event.client.slug,
      project: event.project?.externalId ?? event.projectExternalId,
      detail: event.detail,
      ...(name === 'base' ? { subject: event.subject.name ?? event.subject.externalId, address: actor.address } : {}),
    },
  }
}

function toMessage({ subject, act, actor }: EventRow): string {
  const what = subject.name ?? subject.externalId
  const who = actor.name ?? actor.email ?? actor.externalId
  return [eventWord(subject.kind, act), what === null ? '' : `: ${what}`, who === null ? '' : `, by ${who}`]
    .map((text) => visibleText(text))
    .join('')
}

/** People and service accounts are users; a key, a directory and the provider itself are applications. Empty: not known. */
function toActor(actor: EventRow['actor'], provider: string): Ocsf {
  const name = actor.name ?? actor.email
  if (actor.kind === 'user' || actor.kind === 'service-account') {
    const user = { uid: actor.externalId, name, email_addr: actor.email }
    return actor.externalId === null && name === null ? {} : { user }
  }
  if (actor.kind === 'provider') return { app_name: providerName(provider) }
  return { app_name: name, app_uid: actor.externalId }
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
