import { readFileSync } from 'node:fs'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { EventRow } from '../../../shared/contract/events.ts'
import { EVENT_ACTORS, EVENT_ACTS, EVENT_SUBJECTS } from '../../../shared/domain/events/event.ts'
import { LEVELS } from '../../../shared/domain/role.ts'
import {
  OCSF_CLASSES,
  OCSF_GROUP_GRANT,
  OCSF_MEANINGS,
  OCSF_VERSION,
  OCSF_WORDS,
  OTHER,
} from '../../../shared/report/ocsf-classes.ts'
import { toOcsf } from '../../../shared/report/ocsf.ts'
import { eventReading } from '../../../electron/providers/openai/normalise/event.ts'

interface Shape {
  readonly required: readonly string[]
  readonly at_least_one?: readonly string[]
  /** The type of each attribute: `object:NAME` for an object of the schema, with `[]` for a list. */
  readonly attributes: Readonly<Record<string, string>>
}

/** The classes that are written and the objects that they hold, as the published schema has them. */
const SCHEMA = JSON.parse(readFileSync(new URL('ocsf-1.8.0.json', import.meta.url), 'utf8')) as {
  readonly version: string
  readonly classes: Readonly<
    Record<
      string,
      Shape & {
        readonly caption: string
        readonly class_uid: number
        readonly category_uid: number
        /** Captions by id. */
        readonly activities: Readonly<Record<string, string>>
      }
    >
  >
  readonly objects: Readonly<Record<string, Shape>>
}

/** What of an object the schema does not allow, by its path. */
function problems(value: unknown, shape: Shape, at = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${at} is not an object`]
  const names = Object.keys(value)
  const missing = shape.required.filter((name) => !names.includes(name)).map((name) => `${at}${name} is missing`)
  const any = shape.at_least_one
  const none =
    any !== undefined && !any.some((name) => names.includes(name)) ? [`${at} has none of ${any.join(', ')}`] : []
  return [
    ...missing,
    ...none,
    ...Object.entries(value).flatMap(([name, inner]) => problemsOf(inner, shape, `${at}${name}`, name)),
  ]
}

function problemsOf(value: unknown, shape: Shape, at: string, name: string): readonly string[] {
  const type = shape.attributes[name]
  if (type === undefined) return [`${at} is not in the schema`]
  const isList = type.endsWith('[]')
  if (isList !== Array.isArray(value)) return [`${at} is ${isList ? 'not' : ''} a list`]
  const object = SCHEMA.objects[type.replace('object:', '').replace('[]', '')]
  if (!type.startsWith('object:') || object === undefined) return []
  return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((each) => problems(each, object, `${at}.`))
}

const text = fc.option(fc.string({ minLength: 1, maxLength: 20 }))

const row: fc.Arbitrary<EventRow> = fc
  .record({
    at: fc.integer({ min: 0, max: 4e12 }),
    type: fc.string({ minLength: 1, maxLength: 30 }),
    act: fc.constantFrom(...EVENT_ACTS),
    kind: fc.constantFrom(...EVENT_SUBJECTS),
    x: text,
    name: text,
    role: text,
    level: fc.option(fc.constantFrom(...LEVELS)),
    actor: fc.record({
      kind: fc.constantFrom(...EVENT_ACTORS),
      externalId: text,
      name: text,
      email: text,
      address: text,
      agent: text,
      personId: fc.constant(null),
    }),
  })
  .map(({ at, type, act, kind, x, name, role, level, actor }) => ({
    eventId: 1,
    client: { slug: 'acme', name: 'Acme', colour: '#117733' },
    connection: { id: 1, label: 'Main', provider: 'openai', organizationId: 'org-1' },
    externalId: 'audit_log-1',
    at,
    type,
    act,
    subject: { kind, externalId: x, name, keyId: null, personId: null, projectId: null },
    project: null,
    projectExternalId: null,
    role,
    level,
    actor,
    detail: { scopes: ['all'] },
  }))

describe('an event in OCSF', () => {
  it('is of the version whose attributes are kept here', () => {
    expect(SCHEMA.version).toBe(OCSF_VERSION)
  })

  it('has every required attribute and no other than those of its class, whatever is known of it', () => {
    fc.assert(
      fc.property(row, (event) => {
        const made = toOcsf(event)
        const found = Object.values(SCHEMA.classes).find(({ class_uid: uid }) => uid === made['class_uid'])
        if (found === undefined) throw new Error(`There is no class ${String(made['class_uid'])}.`)
        expect(problems(made, found)).toEqual([])
        expect(made['category_uid']).toBe(found.category_uid)
        expect(Object.keys(found.activities)).toContain(String(made['activity_id']))
        expect(made['class_name']).toBe(found.caption)
        const caption = found.activities[String(made['activity_id'])]
        expect(made['activity_name']).toBe(caption === 'Other' ? event.type : caption)
        expect(made['type_name']).toBe(`${found.caption}: ${String(caption)}`)
        const metadata = made['metadata'] as Readonly<Record<string, unknown>>
        expect(metadata['original_event_uid']).toBe(event.externalId)
        expect(metadata['uid']).not.toBe(event.externalId)
        // Nothing is invented but the user of a class that requires one.
        const { user: _, ...others } = made
        expect(JSON.stringify(others)).not.toContain('not reported')
        expect(made['type_uid']).toBe(found.class_uid * 100 + Number(made['activity_id']))
      }),
    )
  })

  it('has the ids and captions of the schema for every class and activity of the tables', () => {
    const classes = Object.values(SCHEMA.classes)
    const byCaption = new Map(classes.map((one) => [one.caption, one]))
    const used = [...Object.values(OCSF_MEANINGS), OCSF_GROUP_GRANT].flatMap(({ class: name, activities }) =>
      [...Object.values(activities), OTHER].map((activity) => ({ name, activity })),
    )
    const worded = OCSF_WORDS.map(({ subject, activity }) => ({ name: OCSF_MEANINGS[subject].class, activity }))
    for (const { name, activity } of [...used, ...worded]) {
      const written = OCSF_CLASSES[name]
      const found = byCaption.get(written.caption)
      expect([written.uid, written.category]).toEqual([found?.class_uid, found?.category_uid])
      expect([written.caption, activity[0], activity[1]]).toEqual([
        written.caption,
        activity[0],
        found?.activities[String(activity[0])],
      ])
    }
  })

  /** Rows as OpenAI's log has them, and what each is by the descriptions of the schema. */
  it.each<
    readonly [type: string, about: Readonly<Record<string, unknown>>, expected: Readonly<Record<string, unknown>>]
  >([
    ['login.succeeded', {}, { type_name: 'Authentication: Logon', status: 'Success', user: { uid: 'user-1' } }],
    ['login.failed', { error_code: 'x' }, { type_name: 'Authentication: Logon', status: 'Failure', status_id: 2 }],
    ['logout.succeeded', {}, { type_name: 'Authentication: Logoff', status: 'Success' }],
    ['group.member.added', { id: 'g1' }, { type_name: 'Group Management: Add User', group: { uid: 'g1' } }],
    ['group.member.removed', { id: 'g1' }, { type_name: 'Group Management: Remove User' }],
    [
      'group.created',
      { id: 'g1', data: { group_name: 'Web' } },
      { type_name: 'Group Management: Create', group: { name: 'Web' } },
    ],
    ['group.deleted', { id: 'g1' }, { type_name: 'Group Management: Delete' }],
    ['user.added', { id: 'u2', data: { role: 'owner' } }, { type_name: 'Account Change: Create', severity: 'Medium' }],
    [
      'user.updated',
      { id: 'u2', changes_requested: { role: 'owner' } },
      { type_name: 'Account Change: Attach Policy', policies: [{ name: 'owner' }], user: { uid: 'u2' } },
    ],
    ['user.deleted', { id: 'u2' }, { type_name: 'Account Change: Delete' }],
    [
      'service_account.created',
      { id: 's1' },
      { type_name: 'Account Change: Create', user: { type: 'Service', type_id: 4 } },
    ],
    [
      'role.assignment.created',
      { principal_id: 'g1', principal_type: 'group', resource_type: 'organization' },
      { type_name: 'Group Management: Assign Privileges', group: { uid: 'g1' } },
    ],
    [
      'role.assignment.deleted',
      { principal_id: 'u2', principal_type: 'user' },
      { type_name: 'Account Change: Detach Policy', user: { uid: 'u2' } },
    ],
    [
      'invite.sent',
      { id: 'i1', data: { email: 'a@x.example' } },
      { type_name: 'Entity Management: Create', entity: { type: 'Invite' } },
    ],
    ['invite.accepted', { id: 'i1' }, { type_name: 'Entity Management: Activate' }],
    ['api_key.created', { id: 'k1' }, { type_name: 'Entity Management: Create', entity: { uid: 'k1', type: 'Key' } }],
    ['api_key.deleted', { id: 'k1' }, { type_name: 'Entity Management: Delete' }],
    ['project.archived', { id: 'p1' }, { type_name: 'Entity Management: Delete', entity: { type: 'Project' } }],
    ['organization.updated', {}, { type_name: 'Entity Management: Update', entity: { org: { uid: 'org-1' } } }],
    ['certificates.activated', { certificates: [{ id: 'c1' }] }, { type_name: 'Entity Management: Enable' }],
    ['something.new', { id: 'x' }, { type_name: 'Base Event: Other', activity_name: 'something.new', class_uid: 0 }],
  ])('of the type %s has the class and the activity that the schema describes for it', (type, about, expected) => {
    const session = {
      user: { id: 'user-1', email: 'ann@acme.example' },
      ip_address: '203.0.113.7',
      user_agent: 'Firefox',
    }
    const raw = {
      id: 'audit_log-1',
      type,
      effective_at: 1_790_000_000,
      actor: { type: 'session', session },
      [type]: about,
    }
    const { event } = eventReading(raw)
    if (event === null) throw new Error(`${type} was not read.`)
    const { project, subject, actor, ...rest } = event
    const made = toOcsf({
      ...rest,
      detail: structuredClone(rest.detail) as EventRow['detail'],
      eventId: 1,
      client: { slug: 'acme', name: 'Acme', colour: '#117733' },
      connection: { id: 1, label: 'Main', provider: 'openai', organizationId: 'org-1' },
      subject: { ...subject, keyId: null, personId: null, projectId: null },
      project: null,
      projectExternalId: project,
      actor: { ...actor, name: null, personId: null },
    })
    expect(made).toMatchObject(expected)
    const found = Object.values(SCHEMA.classes).find(({ class_uid: uid }) => uid === made['class_uid'])
    if (found === undefined) throw new Error('It has no class.')
    expect(problems(made, found)).toEqual([])
    expect(made['src_endpoint']).toEqual(made['class_uid'] === 0 ? undefined : { ip: '203.0.113.7' })
    expect(made['metadata']).toMatchObject({
      uid: 'openai/org-1/audit_log-1',
      original_event_uid: 'audit_log-1',
      product: { name: 'OpenAI' },
    })
  })

  it('of an unknown address and actor has neither', () => {
    const [event] = fc.sample(row, 1)
    if (event === undefined) throw new Error('There is no sample.')
    const unknown = {
      kind: 'unknown',
      externalId: null,
      name: null,
      email: null,
      address: null,
      agent: null,
      personId: null,
    } as const
    const made = toOcsf({ ...event, actor: unknown, subject: { ...event.subject, kind: 'key', externalId: 'k1' } })
    expect(made).not.toHaveProperty('src_endpoint')
    expect(made).not.toHaveProperty('actor')
  })
})
