import type { ChangeRequest } from '../../../electron/providers/kit/write.ts'
import type { ProviderId } from '../../../shared/domain/providers/providers.ts'
import type { RemediationAction } from '../../../shared/domain/remediation/remediation.ts'

const WITHOUT = {
  project: null,
  key: null,
  role: null,
  name: null,
  lifetimeDays: null,
  amountMicros: null,
  recipients: [],
  email: null,
  memberships: [],
} as const

export function request(
  action: RemediationAction,
  subject: ChangeRequest['subject'],
  more: Partial<ChangeRequest> = {},
): ChangeRequest {
  return { ...WITHOUT, action, subject, ...more }
}

export const subject = (kind: ChangeRequest['subject']['kind'], externalId: string): ChangeRequest['subject'] => ({
  kind,
  externalId,
  name: externalId,
})

export const ACME = { externalId: 'proj_acme', name: 'Acme chatbot' }
const PROD = { externalId: 'wrkspc_01Prod', name: 'Production' }
export const SPACE = { externalId: 'ws-prod', name: 'Production' }
const ORGANIZATION = subject('organization', 'org')

export type Called = Extract<ProviderId, 'openai' | 'anthropic' | 'openrouter'>

export interface Case {
  readonly provider: Called
  readonly request: ChangeRequest
  /** The request line, and the body as JSON; null where it is a manual step. */
  readonly sent: readonly [line: string, body?: unknown] | null
}

const OPENROUTER = '/api/v1'
const OPENAI = '/v1/organization'
const ANTHROPIC = '/v1/organizations'
const cents = (amount: number): object => ({ currency: 'USD', interval: 'month', threshold_amount: amount })
export const serviceKey = { kind: 'project', owner: { kind: 'service-account', externalId: 'svc_acct_w1' } } as const
const DEPOSIT_ID = '00000000-0000-4000-8000-000000005d1f'
const DEPOSIT = `byok:${DEPOSIT_ID}`
const userKey = { kind: 'project', owner: { kind: 'user', externalId: 'user-b2' } } as const

const openai = (it: ChangeRequest, sent: Case['sent']): Case => ({ provider: 'openai', request: it, sent })
const anthropic = (it: ChangeRequest, sent: Case['sent']): Case => ({ provider: 'anthropic', request: it, sent })
const openrouter = (it: ChangeRequest, sent: Case['sent']): Case => ({ provider: 'openrouter', request: it, sent })

export const CASES: readonly Case[] = [
  openai(request('project-create', ORGANIZATION, { name: 'Product-Prod' }), [
    `POST ${OPENAI}/projects`,
    { name: 'Product-Prod' },
  ]),
  openai(request('project-rename', subject('project', 'proj_acme'), { name: 'Acme-Prod' }), [
    `POST ${OPENAI}/projects/proj_acme`,
    { name: 'Acme-Prod' },
  ]),
  // An empty list of projects is sent too: without it, the invite would use the default project.
  openai(request('invite', ORGANIZATION, { email: 'noor@new.example', role: 'reader' }), [
    `POST ${OPENAI}/invites`,
    { email: 'noor@new.example', role: 'reader', projects: [] },
  ]),
  openai(
    request('invite', ORGANIZATION, {
      email: 'noor@new.example',
      role: 'reader',
      memberships: [{ project: ACME, role: 'member' }],
    }),
    [
      `POST ${OPENAI}/invites`,
      { email: 'noor@new.example', role: 'reader', projects: [{ id: 'proj_acme', role: 'member' }] },
    ],
  ),
  openai(
    request('invite', ORGANIZATION, {
      email: 'noor@new.example',
      role: 'reader',
      memberships: [{ project: ACME, role: 'viewer' }],
    }),
    null,
  ),
  openai(request('project-member-add', subject('user', 'user-a1'), { project: ACME, role: 'member' }), [
    `POST ${OPENAI}/projects/proj_acme/users`,
    { user_id: 'user-a1', role: 'member' },
  ]),
  openai(request('project-member-add', subject('user', 'user-a1'), { project: ACME, role: 'viewer' }), null),
  openai(request('service-account-create', ORGANIZATION, { project: ACME, name: 'prod-web' }), [
    `POST ${OPENAI}/projects/proj_acme/service_accounts`,
    { name: 'prod-web' },
  ]),
  openai(request('key-create', subject('service-account', 'svc_acct_w1'), { project: ACME, name: 'prod-web' }), [
    `POST ${OPENAI}/projects/proj_acme/service_accounts/svc_acct_w1/api_keys`,
    { name: 'prod-web' },
  ]),
  openai(request('service-account-create', ORGANIZATION, { project: ACME, name: 'prod-web', lifetimeDays: 90 }), [
    `POST ${OPENAI}/projects/proj_acme/service_accounts`,
    { name: 'prod-web', expires_in_seconds: 7_776_000 },
  ]),
  // No longer than the provider takes.
  openai(
    request('key-create', subject('service-account', 'svc_acct_w1'), {
      project: ACME,
      name: 'prod-web',
      lifetimeDays: 1000,
    }),
    [
      `POST ${OPENAI}/projects/proj_acme/service_accounts/svc_acct_w1/api_keys`,
      { name: 'prod-web', expires_in_seconds: 31_536_000 },
    ],
  ),
  anthropic(request('project-create', ORGANIZATION, { name: 'Staging' }), [
    `POST ${ANTHROPIC}/workspaces`,
    { name: 'Staging' },
  ]),
  anthropic(request('project-rename', subject('project', 'wrkspc_01Prod'), { name: 'Live' }), [
    `POST ${ANTHROPIC}/workspaces/wrkspc_01Prod`,
    { name: 'Live' },
  ]),
  anthropic(request('invite', ORGANIZATION, { email: 'noor@new.example', role: 'developer' }), [
    `POST ${ANTHROPIC}/invites`,
    { email: 'noor@new.example', role: 'developer' },
  ]),
  anthropic(request('invite', ORGANIZATION, { email: 'noor@new.example', role: 'admin' }), null),
  anthropic(
    request('project-member-add', subject('user', 'user_01B'), { project: PROD, role: 'workspace_developer' }),
    [
      `POST ${ANTHROPIC}/workspaces/wrkspc_01Prod/members`,
      { user_id: 'user_01B', workspace_role: 'workspace_developer' },
    ],
  ),
  anthropic(request('service-account-create', ORGANIZATION, { project: PROD, name: 'prod-web' }), null),
  anthropic(request('key-create', subject('service-account', 'svac_1'), { project: PROD, name: 'prod-web' }), null),
  openai(request('member-remove', subject('user', 'user-b2')), [`DELETE ${OPENAI}/users/user-b2`]),
  openai(request('member-remove', subject('group', 'group-dev')), null),
  openai(request('member-sign-out', subject('user', 'user-b2')), null),
  openai(request('member-role', subject('user', 'user-a1'), { role: 'reader' }), [
    `POST ${OPENAI}/users/user-a1`,
    { role: 'reader' },
  ]),
  openai(request('member-role', subject('user', 'user-a1'), { role: 'Auditor' }), null),
  openai(request('project-member-remove', subject('user', 'user-b2'), { project: ACME }), [
    `DELETE ${OPENAI}/projects/proj_acme/users/user-b2`,
  ]),
  openai(request('project-member-remove', subject('group', 'group-dev'), { project: ACME }), [
    `DELETE ${OPENAI}/projects/proj_acme/groups/group-dev`,
  ]),
  openai(request('project-member-role', subject('user', 'user-a1'), { project: ACME, role: 'member' }), [
    `POST ${OPENAI}/projects/proj_acme/users/user-a1`,
    { role: 'member' },
  ]),
  openai(request('project-member-role', subject('service-account', 'svc_acct_b2'), { project: ACME, role: 'member' }), [
    `POST ${OPENAI}/projects/proj_acme/service_accounts/svc_acct_b2`,
    { role: 'member' },
  ]),
  openai(request('project-member-role', subject('user', 'user-a1'), { project: ACME, role: 'viewer' }), null),
  openai(request('invite-delete', subject('invite', 'invite-01')), [`DELETE ${OPENAI}/invites/invite-01`]),
  openai(request('service-account-delete', subject('service-account', 'svc_acct_b2'), { project: ACME }), [
    `DELETE ${OPENAI}/projects/proj_acme/service_accounts/svc_acct_b2`,
  ]),
  openai(request('federation-delete', subject('service-account', 'svc_acct_b2'), { name: 'deploy' }), null),
  openai(request('key-disable', subject('key', 'key_p2'), { project: ACME, key: userKey }), null),
  openai(request('key-delete', subject('key', 'key_p2'), { project: ACME, key: userKey }), [
    `DELETE ${OPENAI}/projects/proj_acme/api_keys/key_p2`,
  ]),
  openai(request('key-delete', subject('key', 'key_adm'), { key: { kind: 'admin', owner: null } }), [
    `DELETE ${OPENAI}/admin_api_keys/key_adm`,
  ]),
  openai(request('key-delete', subject('key', 'key_lost'), { key: { kind: 'project', owner: null } }), null),
  openai(request('key-rotate', subject('key', 'prod-web'), { project: ACME, key: serviceKey }), [
    `POST ${OPENAI}/projects/proj_acme/service_accounts/svc_acct_w1/api_keys`,
    { name: 'prod-web' },
  ]),
  openai(request('key-rotate', subject('key', 'prod-web'), { project: ACME, key: serviceKey, lifetimeDays: 364 }), [
    `POST ${OPENAI}/projects/proj_acme/service_accounts/svc_acct_w1/api_keys`,
    { name: 'prod-web', expires_in_seconds: 31_449_600 },
  ]),
  openai(request('key-rotate', subject('key', 'key_p2'), { project: ACME, key: userKey }), null),
  openai(request('key-rotate', subject('key', 'key_adm'), { key: { kind: 'admin', owner: null } }), null),
  openai(request('key-rename', subject('key', 'key_p1'), { project: ACME, key: serviceKey, name: 'prod-a-b' }), null),
  openai(request('limit-set', ORGANIZATION, { amountMicros: 250_000_000 }), [
    `POST ${OPENAI}/spend_limit`,
    cents(25_000),
  ]),
  openai(request('limit-set', subject('project', 'proj_acme'), { project: ACME, amountMicros: 1_230_000 }), [
    `POST ${OPENAI}/projects/proj_acme/spend_limit`,
    cents(123),
  ]),
  openai(request('alert-set', ORGANIZATION, { amountMicros: 990_000, recipients: ['mara@northfold.agency'] }), [
    `POST ${OPENAI}/spend_alerts`,
    { ...cents(99), notification_channel: { type: 'email', recipients: ['mara@northfold.agency'] } },
  ]),
  openai(
    request('alert-set', subject('project', 'proj_acme'), {
      project: ACME,
      amountMicros: 10_000,
      recipients: ['a@x.example', 'b@x.example'],
    }),
    [
      `POST ${OPENAI}/projects/proj_acme/spend_alerts`,
      { ...cents(1), notification_channel: { type: 'email', recipients: ['a@x.example', 'b@x.example'] } },
    ],
  ),
  anthropic(request('member-remove', subject('user', 'user_01B')), [`DELETE ${ANTHROPIC}/users/user_01B`]),
  anthropic(request('member-sign-out', subject('user', 'user_01B')), [`POST ${ANTHROPIC}/users/user_01B/sign_out`]),
  anthropic(request('member-sign-out', subject('group', 'rbac_group_ops')), null),
  anthropic(request('member-role', subject('user', 'user_01B'), { role: 'user' }), [
    `POST ${ANTHROPIC}/users/user_01B`,
    { role: 'user' },
  ]),
  anthropic(request('member-role', subject('user', 'user_01B'), { role: 'admin' }), null),
  anthropic(request('project-member-remove', subject('user', 'user_01B'), { project: PROD }), [
    `DELETE ${ANTHROPIC}/workspaces/wrkspc_01Prod/members/user_01B`,
  ]),
  anthropic(request('project-member-role', subject('user', 'user_01B'), { project: PROD, role: 'workspace_user' }), [
    `POST ${ANTHROPIC}/workspaces/wrkspc_01Prod/members/user_01B`,
    { workspace_role: 'workspace_user' },
  ]),
  anthropic(
    request('project-member-role', subject('user', 'user_01B'), { project: PROD, role: 'workspace_billing' }),
    null,
  ),
  anthropic(request('invite-delete', subject('invite', 'invite_01P')), [`DELETE ${ANTHROPIC}/invites/invite_01P`]),
  anthropic(request('service-account-delete', subject('service-account', 'svac_1')), null),
  anthropic(request('federation-delete', subject('service-account', 'svac_1'), { name: 'deploy' }), null),
  anthropic(request('key-disable', subject('key', 'apikey_01A')), [
    `POST ${ANTHROPIC}/api_keys/apikey_01A`,
    { status: 'inactive' },
  ]),
  anthropic(request('key-delete', subject('key', 'apikey_01A')), [
    `POST ${ANTHROPIC}/api_keys/apikey_01A`,
    { status: 'archived' },
  ]),
  anthropic(request('key-rename', subject('key', 'apikey_01A'), { name: 'prod-web-api' }), [
    `POST ${ANTHROPIC}/api_keys/apikey_01A`,
    { name: 'prod-web-api' },
  ]),
  anthropic(request('key-rotate', subject('key', 'apikey_01A'), { project: PROD }), null),
  anthropic(request('limit-set', ORGANIZATION, { amountMicros: 250_000_000 }), [
    `POST ${ANTHROPIC}/spend_limits`,
    { amount: '25000', scope: { type: 'organization' }, period: 'monthly' },
  ]),
  anthropic(request('limit-set', subject('project', 'wrkspc_01Prod'), { project: PROD, amountMicros: 10_000 }), [
    `POST ${ANTHROPIC}/spend_limits`,
    { amount: '1', scope: { type: 'workspace', workspace_id: 'wrkspc_01Prod' }, period: 'monthly' },
  ]),
  anthropic(request('alert-set', ORGANIZATION, { amountMicros: 10_000, recipients: ['a@x.example'] }), null),
  openrouter(request('member-remove', subject('user', 'user_ben')), null),
  openrouter(request('member-sign-out', subject('user', 'user_ben')), null),
  openrouter(request('member-role', subject('user', 'user_ben'), { role: 'org:admin' }), null),
  openrouter(request('project-member-remove', subject('user', 'user_ben'), { project: SPACE }), [
    `POST ${OPENROUTER}/workspaces/ws-prod/members/remove`,
    { user_ids: ['user_ben'] },
  ]),
  openrouter(request('project-member-role', subject('user', 'user_ben'), { project: SPACE, role: 'admin' }), null),
  openrouter(request('invite-delete', subject('invite', 'invite_1')), null),
  openrouter(request('service-account-delete', subject('service-account', 'svc_1')), null),
  openrouter(request('federation-delete', subject('service-account', 'svc_1'), { name: 'deploy' }), null),
  openrouter(request('key-disable', subject('key', 'hash-prod')), [
    `PATCH ${OPENROUTER}/keys/hash-prod`,
    { disabled: true },
  ]),
  openrouter(request('key-delete', subject('key', 'hash-prod')), [`DELETE ${OPENROUTER}/keys/hash-prod`]),
  openrouter(request('key-rename', subject('key', 'hash-prod'), { name: 'prod-web-api' }), [
    `PATCH ${OPENROUTER}/keys/hash-prod`,
    { name: 'prod-web-api' },
  ]),
  openrouter(request('key-rotate', subject('key', 'hash-prod'), { project: SPACE, key: userKey, name: 'prod-web-2' }), [
    `POST ${OPENROUTER}/keys`,
    { name: 'prod-web-2', workspace_id: 'ws-prod', creator_user_id: 'user-b2' },
  ]),
  openrouter(request('key-rotate', subject('key', 'hash-lost')), null),
  openrouter(request('key-disable', subject('key', DEPOSIT)), [
    `PATCH ${OPENROUTER}/byok/${DEPOSIT_ID}`,
    { disabled: true },
  ]),
  openrouter(request('key-rename', subject('key', DEPOSIT), { name: 'prod' }), [
    `PATCH ${OPENROUTER}/byok/${DEPOSIT_ID}`,
    { name: 'prod' },
  ]),
  openrouter(request('key-delete', subject('key', DEPOSIT)), [`DELETE ${OPENROUTER}/byok/${DEPOSIT_ID}`]),
  openrouter(request('key-rotate', subject('key', DEPOSIT), { project: SPACE }), null),
  openrouter(request('limit-set', subject('project', 'ws-prod'), { project: SPACE, amountMicros: 1_230_000 }), [
    `PUT ${OPENROUTER}/workspaces/ws-prod/budgets/monthly`,
    { limit_usd: 1.23 },
  ]),
  openrouter(request('limit-set', ORGANIZATION, { amountMicros: 1_230_000 }), null),
  openrouter(request('alert-set', ORGANIZATION, { amountMicros: 10_000, recipients: ['a@x.example'] }), null),
  openrouter(request('project-create', ORGANIZATION, { name: 'Café Zürich – prod' }), [
    `POST ${OPENROUTER}/workspaces`,
    { name: 'Café Zürich – prod', slug: 'cafe-zurich-prod' },
  ]),
  openrouter(request('project-create', ORGANIZATION, { name: '東京' }), null),
  openrouter(request('project-rename', subject('project', 'ws-prod'), { name: 'Prod' }), [
    `PATCH ${OPENROUTER}/workspaces/ws-prod`,
    { name: 'Prod' },
  ]),
  openrouter(request('invite', ORGANIZATION, { email: 'new@tarn.example', role: 'org:member' }), null),
  openrouter(request('project-member-add', subject('user', 'user_cy'), { project: SPACE, role: 'member' }), [
    `POST ${OPENROUTER}/workspaces/ws-prod/members/add`,
    { user_ids: ['user_cy'] },
  ]),
  openrouter(request('project-member-add', subject('user', 'user_cy'), { project: SPACE, role: 'admin' }), null),
  openrouter(request('service-account-create', ORGANIZATION, { project: SPACE, name: 'prod-web' }), [
    `POST ${OPENROUTER}/keys`,
    { name: 'prod-web', workspace_id: 'ws-prod' },
  ]),
  openrouter(request('key-create', subject('service-account', 'svc_1'), { project: SPACE, name: 'prod-web' }), null),
]
