import { LAST_INSTANT } from '../../../shared/operations/readings.ts'
import { z } from 'zod'

import { CONNECTION_FAULTS } from '../../../shared/domain/connection-fault.ts'
import { SYNC_ORIGINS } from '../../../shared/domain/connection.ts'
import { day } from '../../../shared/contract/common.ts'
import {
  DETAIL_KINDS,
  DETAILED_TYPES,
  ENFORCEMENTS,
  type Fact,
  FEDERATION_STATES,
  KEY_KINDS,
  OWNER_KINDS,
  OWNER_STATES,
  PRINCIPAL_KINDS,
  PROJECT_STATUSES,
  RESTRICTION_KINDS,
} from '../../../shared/domain/facts.ts'
import { LEVELS } from '../../../shared/domain/role.ts'
import { SOURCES, SOURCE_STATES } from '../../../shared/domain/source.ts'
import { uid } from '../../../shared/operations/kind.ts'
import type { Reading, SourcedFacts } from './reading.ts'

/** Numbers that JSON has no form for: a provider may send any, and each register drops them alike. */
export const UNWRITTEN = ['NaN', 'Infinity', '-Infinity'] as const
const number = z.union([z.number(), z.enum(UNWRITTEN).transform(Number)])

const text = z.string()
const textOrNull = text.nullable()
const texts = text.array()
/** Milliseconds. */
const instant = number.nullable()
const expiry = z.union([number, z.literal('unread')]).nullable()
const level = z.enum(LEVELS)

/** Each field of each fact; a new one needs a line here. */
const FACTS = {
  organization: z.strictObject({
    type: z.literal('organization'),
    externalId: text,
    name: textOrNull,
    platform: text.exactOptional(),
    namedByProject: z.boolean().exactOptional(),
  }),
  project: z.strictObject({
    type: z.literal('project'),
    externalId: text,
    name: text,
    status: z.enum(PROJECT_STATUSES),
    isDefault: z.boolean(),
    createdAt: instant,
    archivedAt: instant,
    residency: textOrNull,
  }),
  principal: z.strictObject({
    type: z.literal('principal'),
    externalId: text,
    kind: z.enum(PRINCIPAL_KINDS),
    name: textOrNull,
    email: textOrNull,
    roleRaw: textOrNull,
    level: level.nullable(),
    status: text,
    addedAt: instant,
    expiresAt: expiry,
    lastUsedAt: instant,
  }),
  membership: z.strictObject({ type: z.literal('membership'), group: text, member: text }),
  grant: z.strictObject({
    type: z.literal('grant'),
    principal: text,
    project: textOrNull,
    roleRaw: text,
    level,
    impliedRoleRaw: textOrNull,
    impliedLevel: level.nullable(),
    grantedAt: instant,
    givesWay: z.boolean().exactOptional(),
  }),
  key: z.strictObject({
    type: z.literal('key'),
    externalId: text,
    kind: z.enum(KEY_KINDS),
    name: text,
    hint: textOrNull,
    status: text,
    project: textOrNull,
    ownerState: z.enum(OWNER_STATES),
    owner: z
      .strictObject({ externalId: text, kind: z.enum(OWNER_KINDS), name: textOrNull, email: textOrNull })
      .nullable(),
    ownerAccess: z.enum(['active', 'inactive']).nullable(),
    createdAt: instant,
    rotatedAt: number.optional(),
    lastUse: z.union([
      z.strictObject({ state: z.enum(['known', 'before']), at: number }),
      z.strictObject({ state: z.literal('never') }),
      z.strictObject({ state: z.literal('not-reported') }),
    ]),
    expiresAt: expiry,
    tool: text.optional(),
    vendor: text.optional(),
  }),
  limit: z.strictObject({
    type: z.literal('limit'),
    externalId: text,
    project: textOrNull,
    kind: z.enum(['spend', 'rate']),
    enforcement: z.enum(ENFORCEMENTS),
    metric: text,
    model: textOrNull,
    amount: number,
    period: text,
  }),
  federation: z.strictObject({
    type: z.literal('federation'),
    externalId: text,
    name: textOrNull,
    status: z.enum(FEDERATION_STATES),
    account: text,
    projects: texts.nullable(),
    reachesOrganization: z.boolean(),
    level: level.nullable(),
    issuer: textOrNull,
    issuerName: textOrNull,
    issuerStatus: z.enum(FEDERATION_STATES).nullable(),
    audience: textOrNull,
    subject: textOrNull,
    claims: z.record(text, text),
    condition: textOrNull,
    scopes: textOrNull,
    lifetimeSeconds: instant,
    createdAt: instant,
  }),
  certificate: z.strictObject({
    type: z.literal('certificate'),
    externalId: text,
    project: textOrNull,
    name: textOrNull,
    active: z.boolean(),
    validAt: instant,
    expiresAt: expiry,
    createdAt: instant,
  }),
  restriction: z.strictObject({
    type: z.literal('restriction'),
    externalId: text,
    kind: z.enum(RESTRICTION_KINDS),
    name: textOrNull,
    project: textOrNull,
    terms: texts,
    keys: texts.nullable(),
    members: texts.nullable(),
  }),
  detail: z.strictObject({
    type: z.literal('detail'),
    of: z.enum(DETAILED_TYPES),
    externalId: text,
    kind: z.enum(DETAIL_KINDS),
    value: texts,
  }),
} as const satisfies {
  readonly [T in Fact['type']]: z.ZodType<Extract<Fact, { readonly type: T }>> & {
    readonly shape: Readonly<Record<keyof Extract<Fact, { readonly type: T }>, z.ZodType>>
  }
}

const fact = z.discriminatedUnion('type', [
  FACTS.organization,
  FACTS.project,
  FACTS.principal,
  FACTS.membership,
  FACTS.grant,
  FACTS.key,
  FACTS.limit,
  FACTS.federation,
  FACTS.certificate,
  FACTS.restriction,
  FACTS.detail,
])

const listed = { source: z.enum(SOURCES), project: textOrNull }

const outcome = z.strictObject({
  ...listed,
  state: z.enum(SOURCE_STATES),
  expected: number.nullable(),
  fetched: number,
  excluded: z.strictObject({ count: number, reason: text }).array(),
  reason: textOrNull,
  fault: z.enum(CONNECTION_FAULTS).nullable().exactOptional(),
})

const sourced = z.strictObject({ ...listed, facts: fact.array() }) satisfies z.ZodType<SourcedFacts>

/** A reading by what is the same in every register. */
export type NamedReading = Omit<Reading, 'connectionId'> & { readonly connectionUid: string }

/** Its JSON, with its version as `v`. */
export const namedReading = z.strictObject({
  v: z.literal(1),
  uid,
  connectionUid: uid,
  origin: z.enum(SYNC_ORIGINS),
  /** Milliseconds. */
  startedAt: z.int().min(0).max(LAST_INSTANT),
  finishedAt: z.int().min(0).max(LAST_INSTANT),
  day,
  operator: text,
  facts: sourced.array(),
  outcomes: outcome.array(),
}) satisfies z.ZodType<NamedReading>
