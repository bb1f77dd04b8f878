import { z } from 'zod'

import { LEVELS } from './role.ts'

/** How the register keeps a field, where that does not follow from the field's schema. */
export interface FieldRole {
  /** Facts with the same identity are about one subject; the first of them is kept. */
  readonly identity?: true
  /** The id of a project, or of an account or group, of the same organization. */
  readonly names?: 'project' | 'principal'
  /** An instant in milliseconds since the Unix epoch (UTC), or an end that may be unreadable. */
  readonly time?: 'instant' | 'expiry'
  /** Null never replaces a known value: when something was made does not change. */
  readonly lasting?: true
  /** A change is observed, and makes no new version. */
  readonly observed?: true
  /** The provider's order of a list is kept; other lists have none. */
  readonly ordered?: true
}

/** The roles of fields, by their schemas. */
export const FIELD_ROLES = z.registry<FieldRole>()

function withRole<T extends z.ZodType>(schema: T, role: FieldRole): T {
  const own = schema.clone()
  FIELD_ROLES.add(own, role)
  return own
}

/** Numbers that JSON has no form for: a provider may send any, and each register drops them alike. */
const UNWRITTEN = ['NaN', 'Infinity', '-Infinity'] as const
export const factNumber = z.union([z.number(), z.enum(UNWRITTEN).transform(Number)])

const text = z.string()
const textOrNull = text.nullable()
const texts = text.array()
const level = z.enum(LEVELS)
const externalId = withRole(text, { identity: true })
const instant = withRole(factNumber.nullable(), { time: 'instant' })
const madeAt = withRole(factNumber.nullable(), { time: 'instant', lasting: true })
const expiry = withRole(z.union([factNumber, z.literal('unread')]).nullable(), { time: 'expiry' })
const principal = withRole(text, { names: 'principal', identity: true })
/** Where something is; null: the organization. */
const project = withRole(textOrNull, { names: 'project' })

/** When something ends; null: it does not. `unread`: the provider sent a date that cannot be read, so that the known one stays, or it is unknown. */
export type Expiry = z.output<typeof expiry>

const organization = z.strictObject({
  type: z.literal('organization'),
  externalId,
  name: textOrNull,
  /** The platform that a file describes, in one word. */
  platform: text.exactOptional(),
  /**
   * The provider gives organizations no id: `externalId` is the id of one of its projects, and an organization with a
   * project in common is the same one.
   */
  namedByProject: z.boolean().exactOptional(),
})

export const PROJECT_STATUSES = ['active', 'archived'] as const

const projectFact = z.strictObject({
  type: z.literal('project'),
  externalId,
  name: text,
  status: z.enum(PROJECT_STATUSES),
  isDefault: z.boolean(),
  createdAt: madeAt,
  archivedAt: instant,
  /** The region where data is stored, in the provider's words. */
  residency: textOrNull,
})

/** The end of a key: `none` if it never ends, `not-reported` if it could not be read, or its file has none. */
export const KEY_END_STATES = ['known', 'none', 'not-reported'] as const
export type KeyEndState = (typeof KEY_END_STATES)[number]

export const PRINCIPAL_KINDS = ['user', 'service-account', 'group', 'invite'] as const
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number]

const principalFact = z.strictObject({
  type: z.literal('principal'),
  externalId,
  kind: withRole(z.enum(PRINCIPAL_KINDS), { observed: true }),
  name: textOrNull,
  email: textOrNull,
  /**
   * Organization role, the provider's exact word; null where the principal holds none (groups, project-only accounts).
   */
  roleRaw: textOrNull,
  level: level.nullable(),
  /** Provider's word where it has one: `active`, `banned`, `pending`, `expired`. */
  status: text,
  addedAt: madeAt,
  expiresAt: expiry,
  /** Last API use recorded by the provider; null when never or not reported. */
  lastUsedAt: withRole(instant, { time: 'instant', observed: true }),
})

/** One principal inside a group. */
const membership = z.strictObject({ type: z.literal('membership'), group: principal, member: principal })

/**
 * A role that a principal holds directly, on a project or (project null) on the organization.
 * Roles that reach someone through a group or through an organization role are not facts: the register derives them.
 */
const grant = z.strictObject({
  type: z.literal('grant'),
  principal,
  project,
  roleRaw: withRole(text, { identity: true }),
  level,
  /** For an organization grant: the role that it carries into every active project, if any. */
  impliedRoleRaw: textOrNull,
  impliedLevel: level.nullable(),
  grantedAt: madeAt,
  /**
   * Its list reports no role (a group of a project) or no access (an account with the role `none`) where another list
   * may report the real one: it counts only while no other role of the principal is known in that place.
   */
  givesWay: withRole(z.boolean().exactOptional(), { observed: true }),
})

/**
 * `unknown`: a list of the organization names it, but a list of project keys was not read, so it may be an admin key or
 * a project's.
 */
export const KNOWN_KEY_KINDS = ['project', 'admin', 'organization'] as const
export const KEY_KINDS = [...KNOWN_KEY_KINDS, 'unknown'] as const
export type KeyKind = (typeof KEY_KINDS)[number]

/**
 * `known`: the provider names the owner. `none`: the provider reports that the key has no owner (a workspace key that
 * outlives its creator). `unknown`: the provider reports nothing (Anthropic `created_by: null`), which is not the same
 * as orphaned.
 */
export const OWNER_STATES = ['known', 'none', 'unknown'] as const
export type OwnerState = (typeof OWNER_STATES)[number]

export const OWNER_KINDS = ['user', 'service-account'] as const
export type OwnerKind = (typeof OWNER_KINDS)[number]

/**
 * `known`: used last at that instant. `before`: used, for the last time before that instant, where a provider's record
 * begins at that instant. `never`: the provider reports usage, and reports none.
 */
const lastUse = z.union([
  z.strictObject({ state: z.enum(['known', 'before']), at: factNumber }),
  z.strictObject({ state: z.literal('never') }),
  z.strictObject({ state: z.literal('not-reported') }),
])

/** The texts of a key that few providers report. The register and files have each under its name, null where it was left out. */
export const KEY_TEXTS = {
  permissions: text
    .optional()
    .describe('What the key may do, in the platform’s words. Left out: the platform does not report it.'),
  /** Such a key belongs to its owner alone and ends with their access; people neither rotate nor name it. */
  tool: withRole(text.optional().describe('The name of the tool that made the key when its owner signed in.'), {
    observed: true,
  }),
  vendor: withRole(
    text
      .optional()
      .describe('The vendor of a credential that is deposited at a gateway, in the gateway’s word, such as `openai`.'),
    { observed: true },
  ),
} as const
export type KeyTexts = { readonly [Name in keyof typeof KEY_TEXTS]: string | null }

/** Returns the texts that a row of a key has, without those that are null. */
export function toKeyTexts(row: {
  readonly [Name in keyof KeyTexts]?: string | null | undefined
}): Partial<Pick<KeyFact, keyof KeyTexts>> {
  const names = Object.keys(KEY_TEXTS) as (keyof KeyTexts)[]
  return Object.fromEntries(names.flatMap((name) => (typeof row[name] === 'string' ? [[name, row[name]]] : [])))
}

const key = z.strictObject({
  type: z.literal('key'),
  externalId,
  kind: z.enum(KEY_KINDS),
  name: text,
  /** Redacted value as the provider shows it; never the secret. */
  hint: textOrNull,
  /** `active`, `inactive`, `archived`, `expired` or a word we do not know. */
  status: text,
  project,
  ownerState: z.enum(OWNER_STATES),
  owner: z
    .strictObject({ externalId: text, kind: z.enum(OWNER_KINDS), name: textOrNull, email: textOrNull })
    .nullable(),
  /** OpenAI `owner_project_access`: whether the owner still has access to the project. */
  ownerAccess: z.enum(['active', 'inactive']).nullable(),
  createdAt: madeAt,
  /** When the provider last replaced its secret; its creation stays. Left out where the provider reports none. */
  rotatedAt: withRole(factNumber.optional(), { time: 'instant', observed: true }),
  lastUse,
  expiresAt: expiry,
  ...KEY_TEXTS,
})

/** Hard limits stop traffic; alerts only notify. */
export const ENFORCEMENTS = ['hard', 'alert'] as const
export type Enforcement = (typeof ENFORCEMENTS)[number]

const limit = z.strictObject({
  type: z.literal('limit'),
  /** Stable within the connection, made by the adapter: `spend:org`, `rate:proj_a:rl-gpt-5.4:requests_per_minute`. */
  externalId,
  project,
  kind: z.enum(['spend', 'rate']),
  enforcement: z.enum(ENFORCEMENTS),
  /** `usd` for spend (amount in micro-USD), else the provider's limiter word (amount in its unit). */
  metric: text,
  model: textOrNull,
  amount: factNumber,
  /** `month`, `week`, `day`, `minute`, `second`. */
  period: text,
})

export const FEDERATION_STATES = ['active', 'disabled', 'archived'] as const
export type FederationState = (typeof FEDERATION_STATES)[number]

/** `z.record` would drop a claim that is named `__proto__`. */
const claims = z.custom<Record<string, string>>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((claim) => typeof claim === 'string'),
)

/**
 * A rule by which a workload elsewhere acts as a service account without a key: it presents a token of the issuer, and gets
 * one of the provider if the token matches.
 */
const federation = z.strictObject({
  type: z.literal('federation'),
  /** The provider's id of the rule. */
  externalId,
  name: textOrNull,
  status: z.enum(FEDERATION_STATES),
  /** The service account as which it acts. */
  account: withRole(text, { names: 'principal' }),
  /** Where it may act, by the ids of projects; null: wherever the account may. */
  projects: texts.nullable(),
  /** True if the account's roles on the organization reach it. */
  reachesOrganization: z.boolean(),
  /** The strongest level that its scopes allow; null: whatever the account's roles do. */
  level: level.nullable(),
  /** The issuer's URL, its name at the provider, and whether the provider accepts its tokens; null: not read, or not reported. */
  issuer: textOrNull,
  issuerName: textOrNull,
  issuerStatus: z.enum(FEDERATION_STATES).nullable(),
  audience: textOrNull,
  /** The subject of accepted tokens; one that ends in `*` is a pattern. */
  subject: textOrNull,
  /** Other claims of accepted tokens, with their values. */
  claims,
  /** An expression that accepted tokens meet. */
  condition: textOrNull,
  /** Separated by spaces; null: those of the account. */
  scopes: textOrNull,
  /** How long a token of the provider lives, in seconds; null where that is not reported. */
  lifetimeSeconds: factNumber.nullable(),
  createdAt: madeAt,
})

/** A client certificate that may open the API of an organization, or (by its activation there) of a project. */
const certificate = z.strictObject({
  type: z.literal('certificate'),
  externalId,
  /** Where it is activated or not; null: the organization. */
  project: withRole(textOrNull, { names: 'project', identity: true }),
  name: textOrNull,
  active: z.boolean(),
  validAt: instant,
  expiresAt: expiry,
  createdAt: madeAt,
})

export const RESTRICTION_KINDS = ['guardrail', 'models', 'tools', 'retention', 'credential', 'spend'] as const
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number]

/**
 * A limit of access: a guardrail, the permitted models or hosted tools, how long the provider keeps data, at which
 * amount members are stopped, or the keys and users that may use a deposited credential. It gives no one access.
 */
const restriction = z.strictObject({
  type: z.literal('restriction'),
  /** Stable within the connection. */
  externalId,
  kind: z.enum(RESTRICTION_KINDS),
  name: textOrNull,
  project,
  /** The permission, in words: `only gpt-5`, `$100 a month`. */
  terms: withRole(texts, { ordered: true }),
  /** The keys and users that it narrows, by their ids; null for both: everything where it is. */
  keys: texts.nullable(),
  members: texts.nullable(),
})

export const DETAIL_KINDS = ['recipients', 'enforcing', 'provisioned', 'tags'] as const
export type DetailKind = (typeof DETAIL_KINDS)[number]

export const DETAILED_TYPES = ['limit', 'principal', 'project'] as const

/**
 * Something more that a provider reports of a limit, principal or project, as a list of texts. `recipients`: the addresses that
 * an alert notifies. `enforcing`: the provider stops traffic at the limit now (`yes`), or does not yet (`no`). `provisioned`: a
 * directory of the customer manages the principal (SCIM, `yes`). `tags`: the labels of a project, as `client=acme`.
 */
const detail = z.strictObject({
  type: z.literal('detail'),
  of: withRole(z.enum(DETAILED_TYPES), { identity: true }),
  /** Of the limit, principal or project. */
  externalId,
  kind: withRole(z.enum(DETAIL_KINDS), { identity: true }),
  value: texts,
})

/**
 * The facts of one organization from a provider adapter, already normalised: money in integer micro-USD, instants in
 * milliseconds since the Unix epoch (UTC), roles as the provider's raw word plus a level. Ids are the provider's own.
 * Text is as the provider sent it and must be treated as hostile data.
 */
export const FACTS = {
  organization,
  project: projectFact,
  principal: principalFact,
  membership,
  grant,
  key,
  limit,
  federation,
  certificate,
  restriction,
  detail,
} as const

type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T
export type FactOf<T extends keyof typeof FACTS> = Immutable<z.output<(typeof FACTS)[T]>>

export type Fact = { readonly [T in keyof typeof FACTS]: FactOf<T> }[keyof typeof FACTS]
export type OrganizationFact = FactOf<'organization'>
export type ProjectFact = FactOf<'project'>
export type PrincipalFact = FactOf<'principal'>
export type GrantFact = FactOf<'grant'>
export type KeyFact = FactOf<'key'>
export type LimitFact = FactOf<'limit'>
export type FederationFact = FactOf<'federation'>
export type CertificateFact = FactOf<'certificate'>
export type RestrictionFact = FactOf<'restriction'>
export type DetailFact = FactOf<'detail'>
export type KeyOwner = NonNullable<KeyFact['owner']>
export type LastUse = KeyFact['lastUse']

/** The kinds that a provider identifies by an id of its own. */
export const IDENTIFIED = ['project', 'principal', 'key'] as const

/** The kinds of subject that a finding, a remediation or a difference is about. */
export const SUBJECT_KINDS = ['connection', ...IDENTIFIED] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/** Things with a list and a panel of their own, which show their findings. */
export const LISTED_KINDS = ['key', 'project', 'person'] as const
export type ListedKind = (typeof LISTED_KINDS)[number]
