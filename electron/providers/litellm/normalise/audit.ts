import { createHash } from 'node:crypto'

import type { EventAct, EventDetail, EventFact, EventSubject } from '../../../../shared/domain/events/event.ts'
import { getLevel } from '../../../../shared/domain/providers/roles.ts'
import { asRow, eventDetail, eventId, eventText, firstId, type EventRow } from '../../kit/event-row.ts'
import { toInstant } from '../../kit/rows.ts'
import type { EventReading } from '../../kit/log.ts'

/** The subjects of the proxy's tables; rows of others are kept as `other`. */
const SUBJECTS: ReadonlyMap<string, EventSubject> = new Map([
  ['LiteLLM_VerificationToken', 'key'],
  ['LiteLLM_TeamTable', 'project'],
  ['LiteLLM_UserTable', 'user'],
  ['LiteLLM_OrganizationTable', 'organization'],
  ['LiteLLM_OrganizationMembership', 'grant'],
  ['LiteLLM_TeamMembership', 'grant'],
  ['LiteLLM_BudgetTable', 'limit'],
  ['LiteLLM_SSOConfig', 'sign-on'],
  ['LiteLLM_Config', 'organization'],
])

const ACTS: ReadonlyMap<string, EventAct> = new Map([
  ['created', 'created'],
  ['updated', 'changed'],
  ['rotated', 'changed'],
  ['deleted', 'removed'],
  ['blocked', 'disabled'],
  ['unblocked', 'enabled'],
])

/**
 * The fields that are kept of a row before and after. The proxy records whole answers, a new key with its secret among them:
 * nothing else is looked at.
 */
const KEPT: ReadonlySet<string> = new Set(
  (
    'key_alias team_alias user_alias organization_alias user_email user_role role team_id organization_id models max_budget ' +
    'budget_duration tpm_limit rpm_limit blocked expires duration allowed_routes auto_rotate rotation_interval'
  ).split(' '),
)

const NAMES = ['key_alias', 'team_alias', 'organization_alias', 'user_email', 'user_alias'] as const

/** One row of the proxy's audit log. */
export function auditReading(value: unknown): EventReading {
  const row = asRow(value)
  const externalId = eventId(row?.['id'])
  if (row === null || externalId === null) return { id: null, event: null, left: 'An event without an id.' }
  const at = toInstant(row, 'updated_at', [])
  const table = eventText(row['table_name'])
  const action = eventText(row['action'])
  if (at === null || table === null || action === null) {
    return { id: externalId, event: null, left: 'An event without a valid time, table or action.' }
  }
  const before = eventDetail(openValues(row['before_value']), KEPT)
  const after = eventDetail(openValues(row['updated_values']), KEPT)
  const detail: EventFact['detail'] = { ...before, ...after }
  const kind = SUBJECTS.get(table) ?? 'other'
  const role = textIn(detail, kind === 'user' ? ['user_role'] : ['role', 'user_role'])
  const event: EventFact = {
    externalId,
    at,
    type: `${table}.${action}`,
    act: ACTS.get(action) ?? 'other',
    subject: { kind, externalId: toKnownId(row['object_id']), name: textIn(detail, NAMES) },
    project: kind === 'project' ? toKnownId(row['object_id']) : textIn(detail, ['team_id']),
    role,
    level: role === null ? null : getLevel('litellm', kind === 'user' ? 'organization' : 'project', role),
    actor: toActor(row),
    detail,
  }
  return { id: externalId, event, left: null }
}

/** The values of a row: an object, or its JSON, which some versions of the proxy wrote into JSON again. */
function openValues(value: unknown): EventRow | null {
  let opened = value
  for (let n = 0; n < 2 && typeof opened === 'string'; n++) {
    try {
      opened = JSON.parse(opened)
    } catch {
      return null
    }
  }
  return asRow(opened)
}

function textIn(detail: Readonly<Record<string, EventDetail>>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = detail[name]
    if (typeof value === 'string') return value
  }
  return null
}

/** The id of a key is its hash. Where a proxy recorded the secret in its place, the hash of that is the same. */
function toKnownId(value: unknown): string | null {
  const id = eventId(value)
  return id?.startsWith('sk-') === true ? createHash('sha256').update(id).digest('hex') : id
}

/** Those who act without a user of their own: the master key, and the proxy's own jobs. */
const MASTER = 'default_user_id'
const JOBS = /^(?:system|litellm[_-]internal)/iu

function toActor(row: EventRow): EventFact['actor'] {
  const by = eventText(row['changed_by'])
  const nothing = { externalId: null, email: null, address: null, agent: null }
  if (by === MASTER) return { ...nothing, kind: 'admin-key' }
  if (by !== null && JOBS.test(by)) return { ...nothing, kind: 'provider' }
  // A caller may name by a header, in any words, for whom it acts.
  if (by !== null) return { ...nothing, kind: 'user', externalId: by, email: by.includes('@') ? by : null }
  const key = toKnownId(firstId(row, ['changed_by_api_key']))
  return key === null ? { ...nothing, kind: 'unknown' } : { ...nothing, kind: 'key', externalId: key }
}
