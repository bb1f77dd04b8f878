import { z } from 'zod'

import { CREDENTIALS } from '../domain/access/credential.ts'
import { GRANT_STATES, HOLDER_KINDS } from '../domain/access/grant-state.ts'
import { ROLE_PATHS } from '../domain/access/role-path.ts'
import { FEDERATION_STATES, PRINCIPAL_KINDS, RESTRICTION_KINDS } from '../domain/facts.ts'
import { RULE_STATES } from '../domain/federation/path.ts'
import { PINS } from '../domain/federation/workload.ts'
import {
  anyOf,
  clientRef,
  connectionRef,
  id,
  instant,
  level,
  operation,
  projectRef,
  scopeShape,
  readSlice,
  sliceShape,
  sortBy,
} from './common.ts'
import { findingMark } from './findings.ts'

export const ACCESS_SORTS = ['client', 'principal', 'project', 'level'] as const
export const FEDERATION_SORTS = ['client', 'name', 'account', 'lifetime', 'created'] as const
export const SERVICE_ACCOUNT_SORTS = ['client', 'name', 'rotated', 'used'] as const
export const CERTIFICATE_SORTS = ['expires', 'client', 'name'] as const

export const principalKind = z.enum(PRINCIPAL_KINDS)
export const grantState = z.enum(GRANT_STATES)

/**
 * One role that reaches one principal on one project, or (project null) on the organization. The union of direct, group
 * and organization roles that are effective now is the effective access; each path is a row of its own.
 */
export const accessRow = z.object({
  /** Stable while the register does not change; use it only as a key for rows. */
  rowKey: z.string(),
  client: clientRef,
  connection: connectionRef,
  principal: z.object({
    id,
    kind: principalKind,
    externalId: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    personId: id.nullable(),
    /** Whether a directory of the customer manages it (SCIM); null where the provider does not report that it does. */
    provisioned: z.boolean().nullable(),
  }),
  project: projectRef.nullable(),
  roleRaw: z.string(),
  level,
  via: z.enum(ROLE_PATHS),
  /** The group's name or the organization role that carries it; null when direct. */
  viaName: z.string().nullable(),
  grantedAt: instant.nullable(),
  /** Only an effective grant is access; it is not privileged otherwise. */
  state: grantState,
})
export type AccessRow = z.infer<typeof accessRow>

export const accessFilter = z.object({
  ...scopeShape,
  /** Part of the name of a person, account or project, of an address or of a role. */
  search: z.string().max(200).optional(),
  connection: id.optional(),
  project: id.optional(),
  person: id.optional(),
  principal: id.optional(),
  level: anyOf(level),
  kind: anyOf(z.enum(HOLDER_KINDS)),
  state: anyOf(grantState),
  /** Reaches a project, or as its administrator an organization, that has a key of this environment. */
  environment: anyOf(z.string().max(200)),
  privileged: z.boolean().optional(),
})

export const federationFilter = z.object({
  ...scopeShape,
  /** Part of the name or id of a rule, of its workloads, its issuer or its service account. */
  search: z.string().max(200).optional(),
  connection: id.optional(),
  /** The service account as which its workloads act. */
  principal: id.optional(),
  state: anyOf(z.enum(RULE_STATES)),
  pin: anyOf(z.enum(PINS)),
})
export type FederationFilter = z.infer<typeof federationFilter>

export const certificateFilter = z.object({
  ...scopeShape,
  /** Part of the name or id of a certificate, or of the name of its project. */
  search: z.string().max(200).optional(),
  connection: id.optional(),
  active: z.boolean().optional(),
})
export type CertificateFilter = z.infer<typeof certificateFilter>

export const restrictionFilter = z.object({
  ...scopeShape,
  connection: id.optional(),
  project: id.optional(),
  /** That narrow this key: by name, through its user, or by everything where it is. */
  key: id.optional(),
  /** That name an account of this person. */
  person: id.optional(),
})
export type RestrictionFilter = z.infer<typeof restrictionFilter>

/** A federation rule: which workloads elsewhere act as a service account without a key. */
export const federationRow = z.object({
  federationId: id,
  client: clientRef,
  connection: connectionRef,
  externalId: z.string(),
  name: z.string().nullable(),
  /** Whether the rule is in use, and whether the provider accepts tokens of its issuer; null: not read, or not reported. */
  status: z.enum(FEDERATION_STATES),
  issuerStatus: z.enum(FEDERATION_STATES).nullable(),
  issuer: z.string().nullable(),
  issuerName: z.string().nullable(),
  audience: z.string().nullable(),
  subject: z.string().nullable(),
  claims: z.record(z.string(), z.string()),
  condition: z.string().nullable(),
  /** How far it pins down the workloads, and which they are in words. */
  pin: z.enum(PINS),
  workload: z.string(),
  account: z.object({ id, externalId: z.string(), name: z.string().nullable() }).nullable(),
  /** The projects where it may act, by their external ids; null: wherever the account may. */
  projects: z.array(z.string()).nullable(),
  /** Null: those of the account. */
  scopes: z.string().nullable(),
  /** The roles that its workloads have now, the strongest first; none while the rule gives no access. */
  reaches: z.array(
    z.object({
      role: z.string(),
      /** As far as the scopes of the rule leave it: not above the level of the role. */
      level,
      /** Whether that is less than the level of the role. */
      isLimited: z.boolean(),
      /** Null: in the organization. */
      projectId: id.nullable(),
      project: z.string().nullable(),
    }),
  ),
  lifetimeSeconds: z.number().int().nullable(),
  createdAt: instant.nullable(),
  /** Open findings about its service account. */
  findings: findingMark.optional(),
})
export type FederationRow = z.infer<typeof federationRow>

/** A client certificate, in the organization or in a project. */
export const certificateRow = z.object({
  certificateId: id,
  client: clientRef,
  connection: connectionRef,
  /** Null: the organization. */
  project: projectRef.nullable(),
  externalId: z.string(),
  name: z.string().nullable(),
  /** Whether it opens the API there. */
  active: z.boolean(),
  validAt: instant.nullable(),
  expiresAt: instant.nullable(),
  createdAt: instant.nullable(),
  /** Whether it has expired or ends within the days of notice of the client's policy, as in the finding about it. */
  isNearEnd: z.boolean(),
})
export type CertificateRow = z.infer<typeof certificateRow>

/** What narrows access that was given. */
export const restrictionRow = z.object({
  restrictionId: id,
  client: clientRef,
  connection: connectionRef,
  /** Null: the organization. */
  project: projectRef.nullable(),
  externalId: z.string(),
  kind: z.enum(RESTRICTION_KINDS),
  name: z.string().nullable(),
  /** What it permits, in words. */
  terms: z.array(z.string()),
  /** How many keys and users it names; null for both: it narrows everything where it is. */
  keys: z.number().int().nullable(),
  members: z.number().int().nullable(),
})
export type RestrictionRow = z.infer<typeof restrictionRow>

/** One line of the roster of non-human identities. */
export const serviceAccountRow = z.object({
  principalId: id,
  client: clientRef,
  connection: connectionRef,
  externalId: z.string(),
  name: z.string().nullable(),
  status: z.string(),
  /** Its strongest role, and where it holds any. */
  level: level.nullable(),
  places: z.array(z.string()),
  /** Who is asked about it, and what it is for: of its keys. */
  contacts: z.array(z.string()),
  purposes: z.array(z.string()),
  credential: z.enum(CREDENTIALS),
  /** Usable keys, those of them without an end, those whose end is not reported, and the earliest end of the others. */
  keys: z.number().int(),
  endless: z.number().int(),
  endsUnknown: z.number().int(),
  keyEndsAt: instant.nullable(),
  /** When the newest of its usable keys was created. */
  rotatedAt: instant.nullable(),
  /** The longest life of a token, in seconds, where an active federation rule reports one. */
  tokenSeconds: z.number().int().nullable(),
  lastUsedAt: instant.nullable(),
  /** What stops with it: its keys by name, and workloads in words. */
  dependants: z.array(z.string()),
  findings: findingMark.optional(),
})
export type ServiceAccountRow = z.infer<typeof serviceAccountRow>

export const serviceAccountFilter = z.object({
  ...scopeShape,
  /** Part of the name or id of an account. */
  search: z.string().max(200).optional(),
  connection: id.optional(),
  credential: anyOf(z.enum(CREDENTIALS)),
  privileged: z.boolean().optional(),
})
export type ServiceAccountFilter = z.infer<typeof serviceAccountFilter>

export const accessContract = {
  /** Every service account in scope: the roster of non-human identities. */
  serviceAccounts: operation
    .input(serviceAccountFilter.extend({ sort: sortBy(SERVICE_ACCOUNT_SORTS), ...sliceShape }))
    .output(readSlice(serviceAccountRow)),
  /** Every certificate in scope, for the organization and each project. */
  certificates: operation
    .input(certificateFilter.extend({ sort: sortBy(CERTIFICATE_SORTS), ...sliceShape }))
    .output(readSlice(certificateRow)),
  /** One certificate where it is, by any of its versions. NOT_FOUND when the provider no longer lists it there. */
  certificate: operation.input(z.object({ certificateId: id })).output(certificateRow),
  /** Every federation rule in scope. */
  federation: operation
    .input(federationFilter.extend({ sort: sortBy(FEDERATION_SORTS), ...sliceShape }))
    .output(readSlice(federationRow)),
  /** One federation rule as it is now, by any of its versions. NOT_FOUND when the provider no longer lists it. */
  federationRule: operation.input(z.object({ federationId: id })).output(federationRow),
  /** Every guardrail and other restriction in scope. */
  restrictions: operation.input(restrictionFilter.extend(sliceShape)).output(readSlice(restrictionRow)),
  /** Every effective grant with its path. */
  list: operation
    .input(accessFilter.extend({ sort: sortBy(ACCESS_SORTS), ...sliceShape }))
    .output(readSlice(accessRow)),
}
