import { certificateReading } from '../../../../electron/providers/openai/normalise/certificate.ts'
import * as federation from '../../../../electron/providers/openai/normalise/federation.ts'
import * as group from '../../../../electron/providers/openai/normalise/group.ts'
import { inviteReading } from '../../../../electron/providers/openai/normalise/invite.ts'
import * as key from '../../../../electron/providers/openai/normalise/key.ts'
import * as limit from '../../../../electron/providers/openai/normalise/limit.ts'
import * as project from '../../../../electron/providers/openai/normalise/project.ts'
import * as role from '../../../../electron/providers/openai/normalise/role.ts'
import * as setting from '../../../../electron/providers/openai/normalise/setting.ts'
import { userReading } from '../../../../electron/providers/openai/normalise/user.ts'
import { sample, type Sample } from './row-sample.ts'

const PROVIDER = { id: 'i', name: 'n', issuer: 'https://idp.example', audience: null, status: 'active' } as const

/** Readers of rows of OpenAI by module and name. */
export const OPENAI_SAMPLES: Readonly<Record<string, Sample>> = {
  'openai/normalise/user userReading': sample(userReading, {
    id: 'u',
    name: 'n',
    email: 'e@x.example',
    role: 'owner',
    added_at: 1_735_689_600,
    is_service_account: false,
    is_scim_managed: true,
    api_key_last_used_at: 1_735_689_600,
    user: { name: 'n', email: 'e@x.example', banned: false, enabled: false },
  }),
  'openai/normalise/invite inviteReading': sample(inviteReading, {
    id: 'i',
    email: 'e@x.example',
    role: 'reader',
    status: 'pending',
    created_at: 1_735_689_600,
    expires_at: 1_764_204_800,
    projects: [{ id: 'p', role: 'member' }],
  }),
  'openai/normalise/project projectReading': sample(project.projectReading, {
    id: 'p',
    name: 'n',
    status: 'archived',
    created_at: 1_704_067_200,
    archived_at: 1_704_067_200,
    residency: 'eu',
  }),
  'openai/normalise/project projectUserReading': sample((row) => project.projectUserReading(row, 'p'), {
    id: 'u',
    name: 'n',
    email: 'e@x.example',
    role: 'member',
    added_at: 1_704_067_200,
  }),
  'openai/normalise/project serviceAccountReading': sample((row) => project.serviceAccountReading(row, 'p'), {
    id: 's',
    name: 'n',
    role: 'none',
    created_at: 1_704_067_200,
  }),
  'openai/normalise/key projectKeyReading': sample((row) => key.projectKeyReading(row, 'p'), {
    id: 'k',
    name: 'n',
    redacted_value: 'sk-...a',
    created_at: 1_735_689_600,
    last_used_at: 1_735_689_600,
    expires_at: 1_764_204_800,
    owner_project_access: 'active',
    owner: { user: { id: 'u', name: 'n', email: 'e@x.example' } },
  }),
  'openai/normalise/key adminKeyReading': sample((row) => key.adminKeyReading(row, { ids: new Set(), whole: true }), {
    id: 'k',
    name: 'n',
    owner: { id: 'u', type: 'service_account', object: 'organization.service_account' },
  }),
  'openai/normalise/group groupReading': sample(group.groupReading, {
    id: 'g',
    name: 'n',
    created_at: 1_704_067_200,
    is_scim_managed: true,
  }),
  'openai/normalise/group groupMemberReading': sample((row) => group.groupMemberReading(row, 'g'), {
    id: 'u',
    name: 'n',
    email: 'e@x.example',
  }),
  'openai/normalise/group projectGroupReading': sample((row) => group.projectGroupReading(row, 'p'), {
    group_id: 'g',
    group_name: 'n',
  }),
  'openai/normalise/role roleReading': sample((row) => role.roleReading(row, null), {
    id: 'role-api-organization-owner__api-organization__org-1',
    name: 'owner',
    predefined_role: true,
    permissions: ['x'],
    resource_type: 'api.organization',
  }),
  'openai/normalise/role projectRoleReading': sample(role.projectRoleReading, {
    id: 'r',
    name: 'owner',
    predefined_role: true,
    permissions: ['x'],
  }),
  'openai/normalise/role assignmentReading': sample(
    (row) => role.assignmentReading(row, { principal: 'g', project: null }),
    { id: 'r', name: 'n', predefined_role: false, permissions: ['api.management.write'] },
  ),
  'openai/normalise/role directRoleReading': sample(
    (row) => role.directRoleReading(row, { principal: 'u', project: null }),
    {
      id: 'r',
      name: 'x',
      predefined_role: false,
      permissions: ['api.management.write'],
      assignment_sources: [
        { principal_id: 'g', principal_type: 'group' },
        { principal_id: 'u', principal_type: 'user' },
      ],
    },
  ),
  'openai/normalise/limit rateLimitReading': sample((row) => limit.rateLimitReading(row, 'p'), {
    id: 'rl',
    model: 'm',
    max_requests_per_1_minute: 5,
    batch_1_day_max_input_tokens: 7,
  }),
  'openai/normalise/limit spendLimitReading': sample((row) => limit.spendLimitReading(row, null), {
    threshold_amount: 5,
    currency: 'USD',
    interval: 'month',
    enforcement: { status: 'enforcing' },
  }),
  'openai/normalise/limit spendAlertReading': sample((row) => limit.spendAlertReading(row, null), {
    id: 'a',
    threshold_amount: 5,
    currency: 'USD',
    interval: 'month',
    notification_channel: { recipients: ['e@x.example'] },
  }),
  'openai/normalise/certificate certificateReading': sample((row) => certificateReading(row, null), {
    id: 'c',
    name: 'n',
    active: true,
    created_at: 1_704_067_200,
    certificate_details: { valid_at: 1_704_067_200, expires_at: 1_764_204_800 },
  }),
  'openai/normalise/setting retentionReading': sample((row) => setting.retentionReading(row, null), {
    type: 'zero_data_retention',
  }),
  'openai/normalise/setting modelsReading': sample((row) => setting.modelsReading(row, 'p'), {
    mode: 'allow_list',
    model_ids: ['o3'],
  }),
  'openai/normalise/setting toolsReading': sample((row) => setting.toolsReading(row, 'p'), {
    code_interpreter: { enabled: false },
    file_search: { enabled: false },
    image_generation: { enabled: false },
    mcp: { enabled: false },
    web_search: { enabled: true },
  }),
  'openai/normalise/federation identityProviderReading': sample(
    (row) => federation.identityProviderReading(row, () => undefined),
    { id: 'i', name: 'n', issuer: 'https://idp.example', audience: 'a', enabled: true },
  ),
  'openai/normalise/federation federationRuleReading': sample(
    (row) => federation.federationRuleReading(row, PROVIDER),
    {
      id: 'r',
      name: 'n',
      service_account_id: 's',
      project_id: 'p',
      enabled: false,
      attribute_matchers: { sub: 'repo:acme/*', actor: 'mara', attempt: 1 },
      permissions: { type: 'restricted', scopes: ['api.model.request'] },
      created_at: 1_704_067_200,
    },
  ),
}
