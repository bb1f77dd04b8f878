import { pickOne, repeating, whenAnswer } from '../kit/answers.ts'
import type { CallFailure } from '../kit/errors.ts'
import { centsOfMicroUsd } from '../kit/money.ts'
import { openWriting, type Ways, type ChangeRequest, type Write } from '../kit/write.ts'
import { openOrganization, type Organization } from './client.ts'
import { anthropicSteps } from './write-by-hand.ts'
import { ANTHROPIC_CREATIONS } from './write-new.ts'
import { ORGANIZATION_ROLES, WORKSPACE_ROLES } from './write-roles.ts'

type AnthropicWrite = Write<Organization>

/**
 * The ways of the API: a way is null where it does not do it for this subject. It makes no keys and has no alerts, and
 * service accounts open to a person's own sign-in only.
 */
const WAYS: Ways<Organization> = {
  'member-remove': organizationWay,
  'member-sign-out': signOutWay,
  'member-role': organizationWay,
  'invite-delete': organizationWay,
  'project-member-remove': workspaceWay,
  'project-member-role': workspaceWay,
  'key-disable': keyWay,
  'key-delete': keyWay,
  'key-rename': keyWay,
  'limit-set': limitWay,
  ...ANTHROPIC_CREATIONS,
}

/** Plans and applies changes at Anthropic. */
export const { plan: planAnthropic, write: writeAnthropic } = openWriting(
  'anthropic',
  openOrganization,
  WAYS,
  anthropicSteps,
)

const GONE = 'Anthropic reports that it was removed.'

function organizationWay({ action, subject, role }: ChangeRequest): AnthropicWrite | null {
  const { externalId } = subject
  if (action === 'invite-delete') {
    if (subject.kind !== 'invite') return null
    return {
      says: 'Deletes the invite. Its link stops working.',
      removes: true,
      send: ({ stable }, options) => stable.invites.delete(externalId, options),
      read: whenAnswer(repeating({ id: externalId, type: 'invite_deleted' }), GONE),
    }
  }
  if (subject.kind !== 'user') return null
  if (action === 'member-remove') {
    return {
      says: 'Removes the member from the organization, and with it from every workspace.',
      removes: true,
      send: ({ stable }, options) => stable.users.remove(externalId, options),
      read: whenAnswer(repeating({ id: externalId, type: 'user_deleted' }), GONE),
    }
  }
  const given = pickOne(ORGANIZATION_ROLES, role)
  if (given === undefined) return null
  return {
    says: `Sets the role in the organization to ${given}.`,
    send: ({ stable }, options) => stable.users.update(externalId, { role: given }, options),
    read: whenAnswer(repeating({ id: externalId, role: given }), `Anthropic reports the role ${given}.`),
  }
}

const INSTEAD =
  'Instead, remove the member in the console (Settings, Members), and end their sessions in the identity provider where one signs members in.'

/**
 * Refusals of a sign-out that are about this member, organization or credential (API reference, Sign Out User):
 * organizations that are not in the beta, of another plan, or without such a path; keys without `write:members`; and
 * members whom a credential may not sign out.
 */
const NO_SIGN_OUT: readonly (readonly [RegExp, string])[] = [
  [
    /^organization_(?:not_enrolled|type_not_supported|not_enabled)/u,
    'Anthropic offers it to Claude Enterprise organizations in its beta alone, and this one is not among them.',
  ],
  [/^cannot_sign_out_primary_owner$/u, 'The primary owner of an organization cannot be signed out by the API.'],
  [/^cannot_sign_out_self$/u, 'The credential of the connection acts for this member, whom it cannot sign out.'],
  [
    /^cannot_sign_out_/u,
    'The credential may not sign out this member: an Enterprise key with the scope write:members may do more.',
  ],
]

function signOutRefused({ status, code, said, fromProvider }: CallFailure): string | null {
  const [, known] = NO_SIGN_OUT.find(([form]) => form.test(code ?? '')) ?? []
  const why =
    known ??
    (status === 403 && fromProvider
      ? 'The credential may not sign members out: an Enterprise key needs the scope write:members.'
      : status === 404 && fromProvider
        ? 'Anthropic does not offer it here, or the member was removed already.'
        : null)
  if (why === null) return null
  return `${why} Nothing changed (${status}). ${INSTEAD}${said === null ? '' : ` Anthropic reports: ${said}`}`
}

/** Its confirmation is the answer: no list has the sessions of members. */
function signOutWay({ subject }: ChangeRequest): AnthropicWrite | null {
  if (subject.kind !== 'user') return null
  const { externalId } = subject
  return {
    says: 'Ends the sign-ins and trusted devices of the member, also those of other organizations and personal plans, and the tokens of applications such as Claude Code for this organization. API keys stay. The member can sign in again until they are removed.',
    send: ({ beta }, options) => beta.users.signOut(externalId, null, options),
    read: whenAnswer(
      repeating({ id: externalId, type: 'user' }),
      'Anthropic reports that the member was signed out; a token can work for up to an hour more. This cannot be confirmed by a sync, since no list shows it.',
    ),
    refused: signOutRefused,
  }
}

function workspaceWay({ action, subject, project, role }: ChangeRequest): AnthropicWrite | null {
  if (subject.kind !== 'user' || project === null) return null
  const { externalId } = subject
  const workspace = { workspace_id: project.externalId }
  if (action === 'project-member-remove') {
    return {
      says: `Removes the member from the workspace ${project.name}.`,
      removes: true,
      send: ({ stable }, options) => stable.workspaces.members.remove(externalId, workspace, options),
      read: whenAnswer(repeating({ ...workspace, user_id: externalId, type: 'workspace_member_deleted' }), GONE),
    }
  }
  const given = pickOne(WORKSPACE_ROLES, role)
  if (given === undefined) return null
  return {
    says: `Sets the role in the workspace ${project.name} to ${given}.`,
    send: ({ stable }, options) =>
      stable.workspaces.members.update(externalId, { ...workspace, workspace_role: given }, options),
    read: whenAnswer(
      repeating({ ...workspace, user_id: externalId, workspace_role: given }),
      `Anthropic reports the role ${given}.`,
    ),
  }
}

/** Changes of a key are `POST /v1/organizations/api_keys/{id}`, with its new name or with the status `inactive` or `archived`. */
function keyWay({ action, subject, name }: ChangeRequest): AnthropicWrite | null {
  const { externalId } = subject
  if (action === 'key-rename') {
    if (name === null) return null
    return {
      says: 'Renames the key. Programs that use it are not affected.',
      send: ({ stable }, options) => stable.apiKeys.update(externalId, { name }, options),
      read: whenAnswer(repeating({ id: externalId, name }), 'Anthropic reports the new name.'),
    }
  }
  const status = action === 'key-disable' ? 'inactive' : 'archived'
  return {
    says:
      status === 'inactive'
        ? 'Switches the key off. It can be switched on again.'
        : 'Archives the key permanently. Anthropic does not delete keys.',
    removes: status === 'archived',
    send: ({ stable }, options) => stable.apiKeys.update(externalId, { status }, options),
    read: whenAnswer(repeating({ id: externalId, status }), `Anthropic reports that the key is ${status}.`),
  }
}

function limitWay({ project, amountMicros }: ChangeRequest): AnthropicWrite | null {
  if (amountMicros === null) return null
  const amount = String(centsOfMicroUsd(amountMicros))
  const scope =
    project === null
      ? ({ type: 'organization' } as const)
      : ({ type: 'workspace', workspace_id: project.externalId } as const)
  const where = project === null ? 'the organization' : `the workspace ${project.name}`
  return {
    says: `Sets the monthly spend limit of ${where}, in cents, replacing the present one. Anthropic opens this to some organizations only.`,
    send: ({ beta }, options) => beta.spendLimits.set({ amount, scope, period: 'monthly' }, options),
    read: whenAnswer(repeating({ amount, type: 'spend_limit' }), 'Anthropic reports that it was set.'),
  }
}
