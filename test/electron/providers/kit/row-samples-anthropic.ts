import * as anthropicFederation from '../../../../electron/providers/anthropic/normalise/federation.ts'
import * as anthropicGroup from '../../../../electron/providers/anthropic/normalise/group.ts'
import * as anthropicKey from '../../../../electron/providers/anthropic/normalise/key.ts'
import * as anthropicLimit from '../../../../electron/providers/anthropic/normalise/limit.ts'
import { memberLimitReading } from '../../../../electron/providers/anthropic/normalise/member-limit.ts'
import { organizationReading } from '../../../../electron/providers/anthropic/normalise/organization.ts'
import * as anthropicPeople from '../../../../electron/providers/anthropic/normalise/people.ts'
import * as account from '../../../../electron/providers/anthropic/normalise/service-account.ts'
import { workspaceReading } from '../../../../electron/providers/anthropic/normalise/workspace.ts'
import { MEMBERS, sample, type Sample } from './row-sample.ts'

/** Readers of rows of Anthropic by module and name. */
const ISSUERS = new Map([['i', { id: 'i', name: 'n', url: 'https://issuer.example', status: 'active' as const }]])

export const ANTHROPIC_SAMPLES: Readonly<Record<string, Sample>> = {
  'anthropic/normalise/service-account serviceAccountReading': sample(account.serviceAccountReading, {
    id: 's',
    name: 'n',
    organization_role: 'admin',
    created_at: '2025-03-01T09:00:00Z',
    archived_at: null,
  }),
  'anthropic/normalise/service-account accountWorkspaceReading': sample(
    (row) => account.accountWorkspaceReading(row, 's'),
    { workspace_id: 'w', workspace_role: 'workspace_user' },
  ),
  'anthropic/normalise/federation issuerReading': sample(
    (row) => anthropicFederation.issuerReading(row, () => undefined),
    { id: 'i', name: 'n', issuer_url: 'https://idp.example', archived_at: null },
  ),
  'anthropic/normalise/federation federationRuleReading': sample(
    (row) => anthropicFederation.federationRuleReading(row, ISSUERS),
    {
      id: 'r',
      name: 'n',
      issuer_id: 'i',
      issuer_name: 'n',
      oauth_scope: 'workspace:developer',
      applies_to_all_workspaces: true,
      workspace_ids: ['w'],
      workspace_id: 'w',
      token_lifetime_seconds: 3600,
      archived_at: null,
      target: { service_account_id: 's' },
      match: {
        audience: 'a',
        condition: 'claims.ref == "main"',
        subject_prefix: 'repo:acme/*',
        claims: { actor: 'mara' },
      },
    },
  ),
  'anthropic/normalise/group groupReading': sample((row) => anthropicGroup.groupReading(row, () => undefined), {
    id: 'g',
    name: 'n',
    role_ids: ['r'],
    source_type: 'scim',
    created_at: '2025-03-01T09:00:00Z',
  }),
  'anthropic/normalise/group groupMemberReading': sample((row) => anthropicGroup.groupMemberReading(row, 'g'), {
    user_id: 'u',
    email: 'e@x.example',
  }),
  'anthropic/normalise/group roleReading': sample((row) => anthropicGroup.roleReading(row, () => undefined), {
    id: 'r',
    display_name: 'n',
  }),
  'anthropic/normalise/organization organizationReading': sample(organizationReading, { id: 'o', name: 'n' }),
  'anthropic/normalise/people userReading': sample((row) => anthropicPeople.userReading(row), {
    id: 'u',
    email: 'e@x.example',
    name: 'n',
    role: 'admin',
    added_at: '2025-03-01T09:00:00Z',
  }),
  'anthropic/normalise/people inviteReading': sample(anthropicPeople.inviteReading, {
    id: 'i',
    email: 'e@x.example',
    role: 'user',
    status: 'pending',
    invited_at: '2026-11-11T09:00:00Z',
    expires_at: '2026-12-11T09:00:00Z',
  }),
  'anthropic/normalise/people memberReading': sample((row) => anthropicPeople.memberReading(row, 'w'), {
    user_id: 'u',
    workspace_role: 'workspace_user',
  }),
  'anthropic/normalise/workspace workspaceReading': sample(workspaceReading, {
    id: 'w',
    name: 'n',
    created_at: '2025-03-01T09:00:00Z',
    archived_at: null,
    data_residency: { workspace_geo: 'eu' },
    tags: { team: 'shop' },
  }),
  'anthropic/normalise/key keyReading': sample((row) => anthropicKey.keyReading(row, MEMBERS), {
    id: 'k',
    name: 'n',
    status: 'active',
    created_at: '2025-03-01T09:00:00Z',
    expires_at: '2026-12-11T09:00:00Z',
    partial_key_hint: 'sk-ant-...a',
    created_by: { id: 'u', type: 'service_account' },
    principal: { type: 'user', user_id: 'u', service_account_id: null },
    scope: { type: 'workspace', workspace_id: 'w' },
    workspace_id: 'w',
  }),
  'anthropic/normalise/limit rateLimitReading': sample(anthropicLimit.rateLimitReading, {
    id: 'rl',
    group: { type: 'batch', display_name: 'n' },
    models: ['m'],
    limits: [{ type: 'requests_per_minute', value: 5 }],
  }),
  'anthropic/normalise/limit workspaceRateLimitReading': sample(
    (row) => anthropicLimit.workspaceRateLimitReading(row, 'w'),
    { rate_limit_id: 'rl', limits: [{ type: 'requests_per_minute', value: 5 }] },
  ),
  'anthropic/normalise/limit spendLimitReading': sample(anthropicLimit.spendLimitReading, {
    id: 'spl',
    amount: '5',
    currency: 'USD',
    period: 'weekly',
    scope: { type: 'workspace', workspace_id: 'w' },
    is_enabled: true,
  }),
  'anthropic/normalise/member-limit memberLimitReading': sample(memberLimitReading, {
    actor: { type: 'user_actor', user_id: 'u' },
    amount: '5',
    currency: 'USD',
    period: 'weekly',
    source: { type: 'seat_tier', seat_tier: 'premium' },
  }),
}
