import * as fc from 'fast-check'

import { CONNECTION_FAULTS } from '../../../../shared/domain/connection-fault.ts'
import {
  DETAIL_KINDS,
  ENFORCEMENTS,
  type Fact,
  FEDERATION_STATES,
  KEY_KINDS,
  OWNER_KINDS,
  OWNER_STATES,
  PRINCIPAL_KINDS,
  PROJECT_STATUSES,
  RESTRICTION_KINDS,
} from '../../../../shared/domain/facts.ts'
import { LEVELS } from '../../../../shared/domain/role.ts'
import { SOURCES, SOURCE_STATES } from '../../../../shared/domain/source.ts'
import type { NamedReading } from '../../../../electron/register/apply/reading-schema.ts'

/*
 * Readings with any value in any field: texts as a hostile provider sends them, numbers that JSON cannot hold, fields that
 * may be left out in both ways.
 */

const id = fc.oneof(fc.constantFrom('a', 'b', 'A', 'a b', 'ä'), fc.string({ unit: 'binary' }))
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '"\\\n\u2028', '__proto__'))
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 1_700_000_000_000))
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of)
const level = fc.constantFrom(...LEVELS)
const texts = fc.array(text, { maxLength: 3 })

type Drawn = { readonly [T in Fact['type']]: fc.Arbitrary<Omit<Extract<Fact, { readonly type: T }>, 'type'>> }

const DRAWN: Drawn = {
  organization: fc.record(
    { externalId: id, name: maybe(text), platform: text, namedByProject: fc.boolean() },
    { requiredKeys: ['externalId', 'name'] },
  ),
  project: fc.record({
    externalId: id,
    name: text,
    status: fc.constantFrom(...PROJECT_STATUSES),
    isDefault: fc.boolean(),
    createdAt: maybe(number),
    archivedAt: maybe(number),
    residency: maybe(text),
  }),
  principal: fc.record({
    externalId: id,
    kind: fc.constantFrom(...PRINCIPAL_KINDS),
    name: maybe(text),
    email: maybe(text),
    roleRaw: maybe(text),
    level: maybe(level),
    status: text,
    addedAt: maybe(number),
    expiresAt: maybe(fc.oneof(number, fc.constant('unread' as const))),
    lastUsedAt: maybe(number),
  }),
  membership: fc.record({ group: id, member: id }),
  grant: fc.record(
    {
      principal: id,
      project: maybe(id),
      roleRaw: text,
      level,
      impliedRoleRaw: maybe(text),
      impliedLevel: maybe(level),
      grantedAt: maybe(number),
      givesWay: fc.boolean(),
    },
    { requiredKeys: ['principal', 'project', 'roleRaw', 'level', 'impliedRoleRaw', 'impliedLevel', 'grantedAt'] },
  ),
  key: fc.record({
    externalId: id,
    kind: fc.constantFrom(...KEY_KINDS),
    name: text,
    hint: maybe(text),
    status: text,
    project: maybe(id),
    ownerState: fc.constantFrom(...OWNER_STATES),
    owner: maybe(
      fc.record({ externalId: id, kind: fc.constantFrom(...OWNER_KINDS), name: maybe(text), email: maybe(text) }),
    ),
    ownerAccess: maybe(fc.constantFrom('active' as const, 'inactive' as const)),
    createdAt: maybe(number),
    lastUse: fc.oneof(
      fc.record({ state: fc.constantFrom('known' as const, 'before' as const), at: number }),
      fc.record({ state: fc.constantFrom('never' as const, 'not-reported' as const) }),
    ),
    expiresAt: maybe(fc.oneof(number, fc.constant('unread' as const))),
    tool: fc.option(text, { nil: undefined }),
    vendor: fc.option(text, { nil: undefined }),
  }),
  limit: fc.record({
    externalId: id,
    project: maybe(id),
    kind: fc.constantFrom('spend' as const, 'rate' as const),
    enforcement: fc.constantFrom(...ENFORCEMENTS),
    metric: text,
    model: maybe(text),
    amount: number,
    period: text,
  }),
  federation: fc.record({
    externalId: id,
    name: maybe(text),
    status: fc.constantFrom(...FEDERATION_STATES),
    account: id,
    projects: maybe(texts),
    reachesOrganization: fc.boolean(),
    level: maybe(level),
    issuer: text,
    issuerName: maybe(text),
    issuerStatus: maybe(fc.constantFrom(...FEDERATION_STATES)),
    audience: maybe(text),
    subject: maybe(text),
    claims: fc.dictionary(fc.string(), text, { maxKeys: 3, noNullPrototype: true }),
    condition: maybe(text),
    scopes: maybe(text),
    lifetimeSeconds: maybe(number),
    createdAt: maybe(number),
  }),
  certificate: fc.record({
    externalId: id,
    project: maybe(id),
    name: maybe(text),
    active: fc.boolean(),
    validAt: maybe(number),
    expiresAt: maybe(fc.oneof(number, fc.constant('unread' as const))),
    createdAt: maybe(number),
  }),
  restriction: fc.record({
    externalId: id,
    kind: fc.constantFrom(...RESTRICTION_KINDS),
    name: maybe(text),
    project: maybe(id),
    terms: texts,
    keys: maybe(texts),
    members: maybe(texts),
  }),
  detail: fc.record({
    of: fc.constantFrom('limit' as const, 'principal' as const, 'project' as const),
    externalId: id,
    kind: fc.constantFrom(...DETAIL_KINDS),
    value: texts,
  }),
}

const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  ...Object.entries(DRAWN).map(([type, drawn]) => drawn.map((fact) => ({ type, ...fact }) as Fact)),
)

const list = { source: fc.constantFrom(...SOURCES), project: maybe(id) }

const outcome = fc.record(
  {
    ...list,
    state: fc.constantFrom(...SOURCE_STATES),
    expected: maybe(fc.nat()),
    fetched: fc.nat(),
    excluded: fc.array(fc.record({ count: fc.nat(), reason: text }), { maxLength: 2 }),
    reason: maybe(text),
    fault: maybe(fc.constantFrom(...CONNECTION_FAULTS)),
  },
  { requiredKeys: ['source', 'project', 'state', 'expected', 'fetched', 'excluded', 'reason'] },
)

/** Any reading. */
export const anyReading: fc.Arbitrary<NamedReading> = fc.record({
  uid: fc.uuid({ version: 7 }),
  connectionUid: fc.uuid({ version: 7 }),
  origin: fc.constantFrom('api' as const, 'file' as const),
  startedAt: fc.nat({ max: 4_000_000_000_000 }),
  finishedAt: fc.nat({ max: 4_000_000_000_000 }),
  day: fc.constantFrom('2026-11-27', '2028-02-29'),
  operator: text,
  facts: fc.array(fc.record({ ...list, facts: fc.array(anyFact, { maxLength: 12 }) }), { maxLength: 4 }),
  outcomes: fc.array(outcome, { maxLength: 3 }),
})
