import { z } from 'zod'

import type { FederationFact, FederationState } from '../../../../shared/domain/facts.ts'
import { type Level, strongerLevel } from '../../../../shared/domain/role.ts'
import { textClaims } from '../../kit/claims.ts'
import { toInstant, flag, id, optionalId, parseRow, part, raw, text, word, words } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const issuerRow = z.object({ id, name: text, issuer_url: text, archived_at: raw })

/** An issuer whose tokens an organization accepts. */
export interface Issuer {
  readonly id: string
  readonly name: string | null
  /** Null where it could not be read. */
  readonly url: string | null
  readonly status: FederationState
}

/** One federation issuer. Its facts come with the rules; `note` gets it. */
export function issuerReading(row: unknown, note: (issuer: Issuer) => void): Reading {
  const issuer = parseRow(issuerRow, row)
  if (issuer === null) return UNREADABLE
  const { id: externalId, name, issuer_url: url } = issuer
  note({ id: externalId, name, url, status: getState(issuer.archived_at) })
  return { id: externalId, facts: [], left: url === null ? ['An issuer without an address.'] : [] }
}

function getState(archivedAt: unknown): FederationState {
  return archivedAt === null || archivedAt === undefined ? 'active' : 'archived'
}

const ruleRow = z.object({
  id,
  name: text,
  issuer_id: optionalId,
  issuer_name: text,
  oauth_scope: word,
  applies_to_all_workspaces: flag,
  workspace_ids: words,
  /** Older rules have this one only. */
  workspace_id: optionalId,
  token_lifetime_seconds: part(z.number().nonnegative()),
  archived_at: raw,
  created_at: raw,
  target: part(z.object({ service_account_id: optionalId })),
  match: part(
    z.object({
      audience: word,
      condition: word,
      subject_prefix: word,
      claims: part(z.record(z.string(), z.unknown())),
    }),
  ),
})

/** The highest level of a token's scopes (API reference of federation rules). */
const SCOPES: Readonly<Record<string, Level>> = {
  'org:admin': 'admin',
  'workspace:developer': 'member',
  'workspace:inference': 'member',
}

const ADMIN_SCOPE = 'org:admin'

/** Null where a scope is not known: it may allow whatever the account does. */
function levelOfScopes(scopes: readonly string[]): Level | null {
  const levels = scopes.map((scope) => (Object.hasOwn(SCOPES, scope) ? SCOPES[scope] : undefined))
  if (levels.length === 0 || levels.includes(undefined)) return null
  return levels.filter((level) => level !== undefined).reduce(strongerLevel)
}

const NO_ISSUER = 'A federation rule whose issuer could not be read.'

/** One federation rule of the organization; `issuers` are those that were read: what others are and whether they are in use is unknown. */
export function federationRuleReading(row: unknown, issuers: ReadonlyMap<string, Issuer>): Reading {
  const rule = parseRow(ruleRow, row)
  if (rule === null) return UNREADABLE
  const account = rule.target?.service_account_id ?? null
  if (account === null) return { id: rule.id, facts: [], left: ['A federation rule without a service account.'] }
  // Each rule has some. Taken for one without, it would let any workload in.
  if (rule.match === null) {
    return { id: rule.id, facts: [], left: ['A federation rule whose conditions could not be read.'] }
  }
  const issuer = rule.issuer_id === null ? undefined : issuers.get(rule.issuer_id)
  const left: Omission[] = issuer === undefined ? [NO_ISSUER] : []
  const scopes = rule.oauth_scope?.split(/\s+/u).filter((scope) => scope !== '') ?? []
  const fact: FederationFact = {
    type: 'federation',
    externalId: rule.id,
    name: rule.name,
    status: getState(rule.archived_at),
    account,
    projects: rule.applies_to_all_workspaces ? null : workspacesOf(rule),
    reachesOrganization: scopes.includes(ADMIN_SCOPE),
    level: levelOfScopes(scopes),
    issuer: issuer?.url ?? null,
    issuerName: issuer?.name ?? rule.issuer_name,
    issuerStatus: issuer?.status ?? null,
    audience: rule.match.audience ?? null,
    subject: rule.match.subject_prefix ?? null,
    claims: textClaims(rule.match.claims ?? {}),
    condition: rule.match.condition ?? null,
    scopes: rule.oauth_scope,
    lifetimeSeconds: rule.token_lifetime_seconds === null ? null : Math.round(rule.token_lifetime_seconds),
    createdAt: toInstant(rule, 'created_at', left),
  }
  return { id: rule.id, facts: [fact], left }
}

function workspacesOf(rule: {
  readonly workspace_ids: readonly string[] | null
  readonly workspace_id: string | null
}): readonly string[] {
  const ids = rule.workspace_ids ?? []
  return ids.length === 0 && rule.workspace_id !== null ? [rule.workspace_id] : ids
}
