import { readFileSync } from 'node:fs'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { EventRow } from '../../../shared/contract/events.ts'
import { EVENT_ACTORS, EVENT_ACTS, EVENT_SUBJECTS } from '../../../shared/domain/events/event.ts'
import { LEVELS } from '../../../shared/domain/role.ts'
import { OCSF_VERSION, toOcsf } from '../../../shared/report/ocsf.ts'

interface Shape {
  readonly required: readonly string[]
  readonly at_least_one?: readonly string[]
  /** The type of each attribute: `object:NAME` for an object of the schema, with `[]` for a list. */
  readonly attributes: Readonly<Record<string, string>>
}

/** Two classes and the objects that they hold, as the published schema has them. */
const SCHEMA = JSON.parse(readFileSync(new URL('ocsf-1.8.0.json', import.meta.url), 'utf8')) as {
  readonly version: string
  readonly classes: Readonly<
    Record<string, Shape & { readonly class_uid: number; readonly category_uid: number; readonly activities: number[] }>
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
        expect(found.activities).toContain(made['activity_id'])
        expect(made['type_uid']).toBe(found.class_uid * 100 + Number(made['activity_id']))
      }),
    )
  })

  it('about a role is a change of an account, and about a key an activity of the API', () => {
    const [event] = fc.sample(row, 1)
    if (event === undefined) throw new Error('There is no sample.')
    const about = (kind: EventRow['subject']['kind'], act: EventRow['act']) =>
      toOcsf({
        ...event,
        act,
        role: 'owner',
        level: 'owner',
        subject: { ...event.subject, kind, externalId: 'x1', name: null },
      })
    expect(about('grant', 'created')).toMatchObject({
      class_uid: 3001,
      activity_id: 7,
      severity_id: 3,
      user: { uid: 'x1' },
      policies: [{ name: 'owner' }],
    })
    expect(about('grant', 'created')['user']).not.toHaveProperty('type')
    expect(about('service-account', 'removed')).toMatchObject({ user: { type: 'Service account' } })
    expect(about('key', 'removed')).toMatchObject({ class_uid: 6003, activity_id: 4, api: { operation: event.type } })
  })
})
