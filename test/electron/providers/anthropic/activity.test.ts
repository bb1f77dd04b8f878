import { describe, expect, it } from 'vitest'

import { activityReading } from '../../../../electron/providers/anthropic/normalise/activity.ts'

const activity = (type: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'activity_1',
  created_at: '2026-11-20T08:09:10.5Z',
  type,
  ...more,
})

describe('an activity of Anthropic’s feed', () => {
  it.each([
    ['user_actor', { user_id: 'user_1', email_address: 'a@acme.example' }, 'user', 'user_1'],
    ['api_actor', { api_key_id: 'apikey_1' }, 'key', 'apikey_1'],
    ['admin_api_key_actor', { admin_api_key_id: 'admin_api_key_1' }, 'admin-key', 'admin_api_key_1'],
    ['service_account_actor', { service_account_id: 'svac_1' }, 'service-account', 'svac_1'],
    ['scim_directory_sync_actor', { directory_id: 'directory_1' }, 'directory', 'directory_1'],
    ['federated_actor', { subject: 'repo:acme/web' }, 'workload', 'repo:acme/web'],
    ['anthropic_actor', { email_address: null }, 'provider', null],
    ['an actor of next year', { user_id: 'user_1' }, 'unknown', null],
  ])('is by %s', (type, more, kind, externalId) => {
    const { event } = activityReading(activity('group_created', { group_id: 'g1', actor: { type, ...more } }), null)
    expect(event?.actor).toMatchObject({ kind, externalId })
  })

  it.each([
    ['platform_api_key_created', { api_key_id: 'apikey_1' }, 'key', 'created', 'apikey_1'],
    ['admin_api_key_deleted', { admin_api_key_id: 'admin_1' }, 'admin-key', 'removed', 'admin_1'],
    ['platform_workspace_archived', { workspace_id: 'wrkspc_1' }, 'project', 'removed', 'wrkspc_1'],
    ['platform_workspace_member_removed', { workspace_id: 'w', user_id: 'user_2' }, 'grant', 'removed', 'user_2'],
    ['role_assignment_granted', { target_id: 'user_2', role: 'admin' }, 'grant', 'created', 'user_2'],
    ['org_user_deleted', { deleted_user_id: 'user_2' }, 'user', 'removed', 'user_2'],
    ['org_user_invite_sent', { invited_email: 'n@acme.example', invited_role: 'admin' }, 'invite', 'created', null],
    ['org_ip_restriction_deleted', {}, 'network', 'removed', null],
    ['org_sso_toggled', { enabled: false }, 'sign-on', 'disabled', null],
    ['org_directory_sync_deleted', {}, 'provisioning', 'removed', null],
    ['org_sso_connection_deactivated', {}, 'sign-on', 'disabled', null],
    // Settings beside single sign-on, which stays on.
    ['org_sso_seat_tier_assignment_toggled', { enabled: false }, 'organization', 'disabled', null],
    ['org_sso_scim_welcome_email_toggled', { enabled: false }, 'organization', 'disabled', null],
    ['org_magic_link_second_factor_toggled', { enabled: false }, 'organization', 'disabled', null],
    ['org_sso_provisioning_mode_changed', {}, 'provisioning', 'changed', null],
    ['platform_workspace_inference_data_retention_disabled', { workspace_id: 'w' }, 'organization', 'disabled', null],
    ['group_member_added', { group_id: 'g1' }, 'group', 'changed', 'g1'],
    ['org_compliance_api_settings_updated', { compliance_api_enabled: false }, 'log', 'disabled', null],
    ['platform_spend_limit_deleted', {}, 'limit', 'removed', null],
    ['platform_federation_rule_updated', { federation_rule_id: 'fdrl_1' }, 'federation', 'changed', 'fdrl_1'],
    ['sso_login_failed', {}, 'session', 'failed', null],
    ['something_of_next_year', {}, 'other', 'other', null],
  ])('of the type %s', (type, more, kind, act, externalId) => {
    const { event } = activityReading(activity(type, more), null)
    expect(event).toMatchObject({ act, subject: { kind, externalId } })
  })

  it.each([
    'claude_chat_created',
    'claude_project_viewed',
    'compliance_api_accessed',
    'org_users_listed',
    'platform_file_uploaded',
  ])('about what people write or read is not kept: %s', (type) => {
    expect(activityReading(activity(type, { actor: { type: 'user_actor' } }), null)).toEqual({
      id: 'activity_1',
      event: null,
      left: null,
    })
  })

  it('of another organization of the same parent is left out, whether the id is tagged or a UUID', () => {
    const both = { organization_id: 'org_other', organization_uuid: '11111111-2222-3333-4444-555555555555' }
    const of = (organization: string) => activityReading(activity('group_created', both), organization)
    expect(of('org_acme').left).toMatch(/another organization/u)
    expect(of('99999999-2222-3333-4444-555555555555').left).toMatch(/another organization/u)
    expect(of('org_other').left).toBeNull()
    expect(of('11111111-2222-3333-4444-555555555555').left).toBeNull()
    const nowhere = { organization_id: null, organization_uuid: null }
    expect(activityReading(activity('group_created', nowhere), 'org_acme').left).toBeNull()
  })

  it('without an id or a time is left out with the reason', () => {
    expect(activityReading({ type: 'group_created' }, null)).toMatchObject({
      id: null,
      left: 'An event without an id.',
    })
    expect(activityReading({ id: 'a', type: 'group_created', created_at: 'soon' }, null)).toMatchObject({
      id: 'a',
      left: 'An event without a valid time.',
    })
    expect(activityReading('no row', null)).toMatchObject({ id: null })
  })

  it('keeps only named fields, with what looks like a key or token cut', () => {
    const { event } = activityReading(
      activity('service_key_created', {
        key_name: 'sk-ant-api03-abcdefghijklmnop',
        secret: 'sk-ant-api03-zzzzzzzzzzzz',
        scopes: ['read', 'eyJhbGciOiJIUzI1NiJ9.abcdef'],
        reason: 'github_pat_11ABCDEFG0zzzzzzzz and crsr_zzzzzzzzzzzzzzzz',
        request_body: { password: 'x' },
      }),
      null,
    )
    expect(event?.detail).toEqual({
      key_name: 'sk-…',
      scopes: ['read', 'eyJ…'],
      reason: 'github_pat_… and crsr_…',
    })
    expect(JSON.stringify(event)).not.toMatch(/zzzz|abcdefgh|password/u)
  })
})
