import { z } from 'zod'

import type { FederationFact, FederationState } from '../../../../shared/domain/facts.ts'
import { textClaims } from '../../kit/claims.ts'
import { toInstant, id, optionalId, parseRow, part, raw, text, word, words } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { levelOfPermissions } from './permission.ts'

const providerRow = z.object({
  id,
  name: text,
  issuer: word,
  audience: word,
  enabled: part(z.boolean()),
})

/** An identity provider whose tokens an organization accepts. */
export interface IdentityProvider {
  readonly id: string
  readonly name: string | null
  /** Null where it could not be read. */
  readonly issuer: string | null
  readonly audience: string | null
  /** Null where it is not reported. */
  readonly status: FederationState | null
}

const NO_ISSUER = 'An identity provider without an issuer.'

/** One identity provider of workloads. Its facts come with its rules; `note` gets it. */
export function identityProviderReading(row: unknown, note: (provider: IdentityProvider) => void): Reading {
  const provider = parseRow(providerRow, row)
  if (provider === null) return UNREADABLE
  const { id: externalId, name, issuer, audience, enabled } = provider
  const status = enabled === null ? null : enabled ? 'active' : 'disabled'
  note({ id: externalId, name, issuer, audience, status })
  return { id: externalId, facts: [], left: issuer === null ? [NO_ISSUER] : [] }
}

const ruleRow = z.object({
  id,
  name: text,
  service_account_id: optionalId,
  project_id: optionalId,
  enabled: part(z.boolean()),
  attribute_matchers: part(z.record(z.string(), z.unknown())),
  permissions: part(z.object({ type: word, scopes: words })),
  created_at: raw,
})

const NO_ACCOUNT = 'A federation rule without a service account.'

/**
 * One federation rule of an identity provider. The attribute `sub` is the subject of the token; OpenAI documents no form
 * of patterns, so one that ends in `*` is taken for one, as elsewhere. A rule that does not state that it is disabled is
 * in use.
 */
export function federationRuleReading(row: unknown, provider: IdentityProvider): Reading {
  const rule = parseRow(ruleRow, row)
  if (rule === null) return UNREADABLE
  if (rule.service_account_id === null) return { id: rule.id, facts: [], left: [NO_ACCOUNT] }
  const left: Omission[] = []
  const { sub = null, ...claims } = textClaims(rule.attribute_matchers ?? {})
  const scopes = rule.permissions?.type === 'restricted' ? (rule.permissions.scopes ?? []) : null
  const fact: FederationFact = {
    type: 'federation',
    externalId: rule.id,
    name: rule.name,
    status: rule.enabled === false ? 'disabled' : 'active',
    account: rule.service_account_id,
    projects: rule.project_id === null ? null : [rule.project_id],
    // Its accounts belong to projects.
    reachesOrganization: false,
    level: scopes === null ? null : levelOfScopes(scopes),
    issuer: provider.issuer,
    issuerName: provider.name,
    issuerStatus: provider.status,
    audience: provider.audience,
    subject: sub,
    claims,
    condition: null,
    scopes: scopes === null ? null : scopes.join(' '),
    lifetimeSeconds: null,
    createdAt: toInstant(rule, 'created_at', left),
  }
  return { id: rule.id, facts: [fact], left }
}

/** A scope that is not known may allow whatever the account does. */
function levelOfScopes(scopes: readonly string[]): FederationFact['level'] {
  const level = levelOfPermissions(scopes)
  return level === 'other' ? null : level
}
