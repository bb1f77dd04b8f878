import { describe, expect, it } from 'vitest'

import { eventReading } from '../../../../electron/providers/openai/normalise/event.ts'

describe('an event of OpenAI’s audit log', () => {
  it.each([
    ['api_key.created', 'key', 'created'],
    ['tenant.project_api_key.created', 'key', 'created'],
    ['tenant.admin_api_key.deleted', 'admin-key', 'removed'],
    ['user.added', 'user', 'created'],
    ['tenant.user.invited', 'invite', 'created'],
    ['tenant.membership.accepted', 'user', 'created'],
    ['tenant.membership.revoked', 'user', 'removed'],
    ['tenant.group.deleted', 'group', 'removed'],
    // The group is there before and after.
    ['tenant.group.member.added', 'group', 'changed'],
    ['tenant.group.member.removed', 'group', 'changed'],
    ['service_account.deleted', 'service-account', 'removed'],
    ['tenant.service_account.token.revoked', 'service-account', 'changed'],
    ['role.assignment.deleted', 'grant', 'removed'],
    ['tenant.resource_role_assignment.created', 'grant', 'created'],
    ['ip_allowlist.config.deactivated', 'network', 'disabled'],
    ['scim.disabled', 'provisioning', 'disabled'],
    ['tenant.sso_connection.deleted', 'sign-on', 'removed'],
    ['tenant.workload_identity.mapping.created', 'federation', 'created'],
    // As often as a pipeline runs, like a sign-in.
    ['tenant.workload_identity.access_token.issued', 'session', 'succeeded'],
    ['login.succeeded', 'session', 'succeeded'],
    // A rule about sessions is no sign-in.
    ['tenant.session_policy.deleted', 'organization', 'removed'],
    ['moon.landed', 'other', 'other'],
    ['api_key.constructor', 'key', 'other'],
  ])('of the type %s is about the subject %s: %s', (type, kind, act) => {
    const { event } = eventReading({ id: 'e1', effective_at: 1_790_000_000, type, [type]: { id: 'x1' } })
    expect(event).toMatchObject({ act, subject: { kind } })
  })
})
