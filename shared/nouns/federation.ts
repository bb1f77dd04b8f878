import { z } from 'zod'

import { FEDERATION_STATES } from '../domain/facts.ts'
import { allReachWords, federationPath, findRuleState, RULE_STATES } from '../domain/federation/path.ts'
import { PINS } from '../domain/federation/workload.ts'
import { flag, many, ofOne, search } from './filter.ts'
import {
  clientField,
  code,
  connectionFields,
  findingsField,
  instant as instantField,
  json,
  noun,
  projectField,
  providerField,
  status,
  text,
} from './noun.ts'
import { clientRef, connectionRef, findingMark, id, instant, level, projectRef } from './values.ts'

/** A federation rule: which workloads elsewhere act as a service account without a key. */
export const federationRow = z.object({
  federationId: id,
  client: clientRef,
  connection: connectionRef,
  externalId: z.string(),
  name: z.string().nullable(),
  /** The state of the rule, and of its issuer at the provider; null: not read, or not reported. */
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
      /** True if that is less than the level of the role. */
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

export const FEDERATION = noun(federationRow, {
  id: 'federation',
  title: 'Federation',
  one: 'federation rule',
  many: 'federation rules',
  about:
    'Access without a key: a federation rule lets workloads of an issuer (GitHub Actions, GitLab, a cloud) act as a service account, with the account’s roles, for as long as a token lives. _Certificates_ beside it has client certificates.',
  none: 'the organization has no federation rule, or the credential may not read them; _What was read_ in the connection’s panel shows which.',
  fields: {
    client: clientField({ wide: 14 }),
    ...connectionFields({ wide: 16, hidden: true }),
    provider: providerField({ wide: 11, hidden: true }),
    externalId: code('Rule id', { id: 'id', wide: 20, hidden: true }),
    name: text('Rule', { wide: 16, hidden: true, table: { flexible: true } }),
    status: json(),
    state: status('State', { wide: 15, table: {} }, (row) => findRuleState(row)),
    issuer: code('Issuer', { wide: 24, hidden: true }),
    issuerName: json(),
    issuerStatus: json(),
    audience: text('Audience', { wide: 20, hidden: true, empty: 'Not reported' }),
    subject: code('Subject', { wide: 24, hidden: true, empty: 'Any' }),
    claims: json((row) => JSON.stringify(row.claims)),
    condition: json(),
    pin: status('Accepts', { wide: 15 }),
    workload: text('Workloads', { wide: 28, grow: 4, table: { flexible: true } }),
    accountId: json((row) => row.account?.id),
    accountExternalId: json((row) => row.account?.externalId),
    account: text('Act as', { wide: 14, grow: 1, table: { flexible: true } }, (row) => row.account?.name),
    path: json((row) => federationPath(row)),
    reaches: text('Reaches', { wide: 17, grow: 1, empty: 'Nothing now' }, (row) => allReachWords(row.reaches)),
    projects: json((row) => row.projects?.join(', ')),
    scopes: text('Scopes', {
      wide: 18,
      hidden: true,
      empty: 'Those of the account',
      table: { flexible: true, optional: true },
    }),
    lifetimeSeconds: text('Token lifetime', { id: 'lifetime', wide: 13, hidden: true }, (row) => row.lifetimeSeconds),
    createdAt: instantField('Created', { hidden: true, empty: 'Not reported' }),
    findings: findingsField(),
  },
  columns: {
    client: 'the client whose organization has the rule.',
    workload:
      'who the rule accepts, in words: any workload of a repository, on a branch, in an environment, or every workload of the issuer.',
    pin: 'how far the rule pins its workloads down, from one workload to every workload of the issuer.',
    state:
      'whether the rule gives access now; _Issuer disabled_ is an active rule whose issuer the provider does not accept.',
    findings: 'the highest severity and the number of open findings about the service account.',
    account: 'the service account whose roles the workloads have.',
    reaches:
      'the roles of the account that the workloads have by this rule; _Nothing now_ while the rule or its issuer is off.',
    name: 'the name of the rule at the provider.',
    lifetimeSeconds: 'how long a token of the provider lives once a workload has it.',
    issuer: 'the URL of the issuer whose tokens are accepted.',
    audience: 'the audience that a token must name.',
    subject: 'the subject that a token must have; one that ends in `*` is a pattern.',
    scopes: 'what the tokens of the provider allow; _Those of the account_ where the rule sets none.',
    connection: 'the organization that the rule was read from.',
    provider: 'OpenAI or Anthropic.',
    createdAt: 'when the provider reports that it was created.',
    externalId: 'the provider’s id of the rule.',
  },
  filters: {
    search: search('only rules whose name, workloads, issuer or account it names'),
    connection: ofOne,
    /** The service account as which its workloads act. */
    principal: ofOne,
    state: many(RULE_STATES, { placeholder: '<state>', help: 'only this state' }),
    pin: many(PINS, { placeholder: '<pin>', help: 'only rules that pin their workloads down so far' }),
  },
  sorts: ['client', 'name', 'account', 'lifetime', 'created'],
})
export type FederationFilter = z.input<typeof FEDERATION.filter>

/** A client certificate, in the organization or in a project. */
export const certificateRow = z.object({
  certificateId: id,
  client: clientRef,
  connection: connectionRef,
  /** Null: the organization. */
  project: projectRef.nullable(),
  externalId: z.string(),
  name: z.string().nullable(),
  /** True if it opens the API there. */
  active: z.boolean(),
  validAt: instant.nullable(),
  expiresAt: instant.nullable(),
  createdAt: instant.nullable(),
  /** True if it has expired or ends within the days of notice of the client's policy, as in the finding about it. */
  isNearEnd: z.boolean(),
})
export type CertificateRow = z.infer<typeof certificateRow>

/** The client certificates, which only the window lists. */
export const CERTIFICATES = noun(certificateRow, {
  id: 'certificates',
  title: 'Certificates',
  one: 'certificate',
  many: 'certificates',
  about:
    'Client certificates of organizations and projects, those that expire first at the top; a row opens the panel of the certificate. A certificate that has expired closes the API to the programs that use it.',
  none: 'the organization has no certificates, or the credential may not read them.',
  fields: {
    name: text('Certificate', { wide: 20, grow: 2 }, (row) => row.name ?? row.externalId),
    client: clientField({ wide: 14, grow: 1 }),
    project: projectField({ wide: 16, grow: 1 }),
    state: status('State', { wide: 14 }, () => null),
    expiresAt: instantField('Expires', { empty: 'Not reported' }),
    validAt: instantField('Valid from', { empty: 'Not reported' }),
    ...connectionFields({ wide: 18, grow: 1 }),
    externalId: code('Certificate id', { id: 'id', wide: 22, hidden: true }),
  },
  columns: {
    name: 'the name of the certificate at the provider.',
    client: 'the client whose organization has it.',
    project: 'where it is activated or not; _Organization_ for the whole organization.',
    state:
      'active or not, as the provider reports; _Expires soon_ within the days of the [policy](policy.md) (_Admin key expires within_), _Expired_ from its last instant on.',
    expiresAt: 'the last instant at which it is valid.',
    validAt: 'the first instant at which it is valid.',
    connection: 'the organization that it was read from.',
    externalId: 'the provider’s id of the certificate.',
  },
  filters: { search: search(), connection: ofOne, active: flag() },
  sorts: ['expires', 'client', 'name'],
})
export type CertificateFilter = z.input<typeof CERTIFICATES.filter>
