import * as cursor from '../../../../electron/providers/cursor-team/member.ts'
import * as copilot from '../../../../electron/providers/github-copilot/seat.ts'
import { credentialReading } from '../../../../electron/providers/litellm/normalise/credential.ts'
import * as proxyKey from '../../../../electron/providers/litellm/normalise/key.ts'
import * as proxyOrganization from '../../../../electron/providers/litellm/normalise/organization.ts'
import * as team from '../../../../electron/providers/litellm/normalise/team.ts'
import * as proxyUser from '../../../../electron/providers/litellm/normalise/user.ts'
import { depositedKeyReading } from '../../../../electron/providers/openrouter/normalise/deposited-key.ts'
import * as routedGroup from '../../../../electron/providers/openrouter/normalise/group.ts'
import * as guardrail from '../../../../electron/providers/openrouter/normalise/guardrail.ts'
import { keyReading as routedKeyReading } from '../../../../electron/providers/openrouter/normalise/key.ts'
import { budgetReading } from '../../../../electron/providers/openrouter/normalise/limit.ts'
import * as routedPeople from '../../../../electron/providers/openrouter/normalise/people.ts'
import * as routedWorkspace from '../../../../electron/providers/openrouter/normalise/workspace.ts'
import { stub } from '../../../../electron/providers/kit/stub.ts'
import { MEMBERS, sample, type Sample } from './row-sample.ts'

const T = {
  type: 'project',
  externalId: 't',
  name: 'T',
  status: 'active',
  isDefault: false,
  createdAt: null,
  archivedAt: null,
  residency: null,
} as const

const PROXY = {
  users: new Map([
    ['u', { ...stub({ externalId: 'u', kind: 'user', name: 'n', email: 'e@x.example' }), roleRaw: 'proxy_admin' }],
  ]),
  whole: true,
  teams: new Map([['t', T]]),
  teamsWhole: true,
}

const BUDGETS = new Map([['b', { max_budget: 9, budget_duration: '30d', tpm_limit: null, rpm_limit: null }]])

/** Readers of rows of the other providers by module and name. */
export const OTHER_SAMPLES: Readonly<Record<string, Sample>> = {
  'openrouter/normalise/people userReading': sample(routedPeople.userReading, {
    id: 'u',
    email: 'e@x.example',
    first_name: 'n',
    last_name: null,
    role: 'org:admin',
  }),
  'openrouter/normalise/people memberReading': sample((row) => routedPeople.memberReading(row, 'w'), {
    user_id: 'u',
    role: 'member',
    created_at: '2025-03-01T09:00:00Z',
  }),
  'openrouter/normalise/workspace workspaceReading': sample(routedWorkspace.workspaceReading, {
    id: 'w',
    name: 'n',
    slug: 'default',
    created_at: '2025-03-01T09:00:00Z',
    default_guardrail_id: 'gr',
  }),
  'openrouter/normalise/key keyReading': sample((row) => routedKeyReading(row, 'w', MEMBERS), {
    hash: 'k',
    name: 'n',
    label: 'sk-or-v1-a...b',
    disabled: true,
    limit: 5,
    limit_reset: 'daily',
    creator_user_id: 'u',
    created_at: '2025-03-01T09:00:00Z',
    expires_at: '2026-12-11T09:00:00Z',
    last_used_at: '2026-11-11T09:00:00Z',
    usage: 3,
    byok_usage: 0,
  }),
  'openrouter/normalise/deposited-key depositedKeyReading': sample(depositedKeyReading, {
    id: 'd',
    provider: 'openai',
    name: 'n',
    label: 'sk-...a',
    disabled: true,
    workspace_id: 'w',
    created_at: '2025-03-01T09:00:00Z',
    allowed_models: ['m'],
    allowed_api_key_hashes: ['k'],
    allowed_user_ids: ['u'],
  }),
  'openrouter/normalise/group groupReading': sample(routedGroup.groupReading, {
    id: 'g',
    display_name: 'n',
    created_at: '2025-03-01T09:00:00Z',
  }),
  'openrouter/normalise/group mappingReading': sample(routedGroup.mappingReading, {
    id: 'm',
    scim_group_id: 'g',
    workspace_id: 'w',
    role: 'member',
    created_at: '2025-03-01T09:00:00Z',
  }),
  'openrouter/normalise/guardrail assignmentReading': sample(
    (row) => guardrail.assignmentReading(row, { keys: new Map(), members: new Map() }),
    { guardrail_id: 'gr', key_hash: 'k', user_id: 'u' },
  ),
  'openrouter/normalise/guardrail guardrailReading': sample(
    (row) => guardrail.guardrailReading(row, { keys: new Map([['gr', ['k']]]), members: new Map() }, new Set()),
    {
      id: 'gr',
      name: 'n',
      workspace_id: 'w',
      allowed_models: ['m'],
      ignored_models: ['o'],
      allowed_providers: ['p'],
      ignored_providers: ['q'],
      limit_usd: 5,
      reset_interval: 'daily',
    },
  ),
  'openrouter/normalise/limit budgetReading': sample((row) => budgetReading(row, 'w'), {
    id: 'b',
    limit_usd: 5.5,
    reset_interval: 'weekly',
    workspace_id: 'w',
  }),
  'litellm/normalise/user userReading': sample(proxyUser.userReading, {
    user_id: 'u',
    user_email: 'e@x.example',
    user_alias: 'n',
    user_role: 'proxy_admin',
    created_at: '2025-03-01T09:00:00Z',
    max_budget: 5.5,
    budget_duration: '7d',
    tpm_limit: 7,
    rpm_limit: 5,
  }),
  'litellm/normalise/team teamReading': sample((row) => team.teamReading(row, PROXY), {
    team_id: 't',
    team_alias: 'n',
    organization_id: 'o',
    blocked: true,
    created_at: '2025-03-01T09:00:00Z',
    members_with_roles: [{ user_id: 'u', role: 'admin' }],
    models: ['m'],
    max_budget: 5.5,
    budget_duration: '7d',
    tpm_limit: 7,
    rpm_limit: 5,
  }),
  'litellm/normalise/key keyReading': sample((row) => proxyKey.keyReading(row, PROXY), {
    token: 'k',
    key_name: 'sk-...a',
    key_alias: 'n',
    user_id: 'u',
    team_id: 't',
    blocked: true,
    spend: 3,
    allowed_routes: ['management_routes'],
    models: ['m'],
    metadata: { service_account_id: 'a' },
    budget_id: 'b',
    created_at: '2025-03-01T09:00:00Z',
    last_rotation_at: '2026-06-01T09:00:00Z',
    expires: '2026-12-11T09:00:00Z',
    last_active: '2026-11-11T09:00:00Z',
    max_budget: 5.5,
    budget_duration: '7d',
    tpm_limit: 7,
    rpm_limit: 5,
  }),
  'litellm/normalise/key sharedLimitReading': sample((row) => proxyKey.sharedLimitReading(row, PROXY, BUDGETS), {
    token: 'k',
    key_name: 'sk-...a',
    key_alias: 'n',
    team_id: 't',
    budget_id: 'b',
    max_budget: null,
  }),
  'litellm/normalise/organization organizationReading': sample(
    (row) => proxyOrganization.organizationReading(row, new Map([['o', ['t']]])),
    { organization_id: 'o', members: [{ user_id: 'u', user_role: 'org_admin' }] },
  ),
  'litellm/normalise/credential credentialReading': sample(credentialReading, {
    credential_name: 'c',
    credential_info: { custom_llm_provider: 'openai' },
  }),
  'cursor-team/member memberReading': sample((row) => cursor.memberReading(row, new Map()), {
    // As of earlier answers, in which the address is all that identifies a member.
    email: 'e@x.example',
    name: 'n',
    role: 'owner',
    isRemoved: false,
  }),
  'github-copilot/seat seatReading': sample((row) => copilot.seatReading(row, new Map(), 0), {
    assignee: { id: 7, login: 'u', name: 'n', email: 'e@x.example' },
    assigning_team: { id: 9, name: 'n', slug: 'n' },
    plan_type: 'business',
    created_at: '2025-03-01T09:00:00Z',
    last_activity_at: '2026-11-11T09:00:00Z',
    pending_cancellation_date: '2026-12-11',
  }),
}
