import { z } from 'zod'

import { pickOne, repeating, sameEmail, whenAnswer } from '../kit/answers.ts'
import { id } from '../kit/rows.ts'
import type { Ways, ChangeRequest, Write } from '../kit/write.ts'
import type { Organization } from './client.ts'
import { ORGANIZATION_ROLES, WORKSPACE_ROLES } from './write-roles.ts'

type AnthropicWrite = Write<Organization>

/** The creations and renamings of the API; a way is null where it does not do it. It does not create keys. */
export const ANTHROPIC_CREATIONS: Ways<Organization> = {
  'project-create': workspaceWay,
  'project-rename': renameWay,
  invite: inviteWay,
  'project-member-add': memberWay,
}

function workspaceWay({ name }: ChangeRequest): AnthropicWrite | null {
  if (name === null) return null
  return {
    says: 'Creates a workspace. It cannot be deleted afterwards, only archived.',
    send: ({ stable }, options) => stable.workspaces.create({ name }, options),
    read: whenAnswer(z.looseObject({ id, name: z.literal(name) }), `Anthropic made the workspace ${name}.`),
  }
}

function renameWay({ name, subject }: ChangeRequest): AnthropicWrite | null {
  if (name === null) return null
  const { externalId } = subject
  return {
    says: 'Renames the workspace. Its id and its keys do not change.',
    send: ({ stable }, options) => stable.workspaces.update(externalId, { name }, options),
    read: whenAnswer(repeating({ id: externalId, name }), 'Anthropic reports the new name.'),
  }
}

/** An invite names no workspace: workspaces are assigned once it is accepted. */
function inviteWay({ email, role, memberships }: ChangeRequest): AnthropicWrite | null {
  const given = pickOne(ORGANIZATION_ROLES, role)
  if (email === null || given === undefined || memberships.length > 0) return null
  return {
    says: 'Sends an invite without workspaces. They are assigned once it is accepted.',
    send: ({ stable }, options) => stable.invites.create({ email, role: given }, options),
    read: whenAnswer(z.looseObject({ id, email: sameEmail(email) }), `Anthropic sent the invite to ${email}.`),
  }
}

function memberWay({ subject, project, role }: ChangeRequest): AnthropicWrite | null {
  const given = pickOne(WORKSPACE_ROLES, role)
  if (subject.kind !== 'user' || project === null || given === undefined) return null
  const { externalId } = subject
  return {
    says: `Adds the member to the workspace ${project.name} as ${given}.`,
    send: ({ stable }, options) =>
      stable.workspaces.members.add(project.externalId, { user_id: externalId, workspace_role: given }, options),
    read: whenAnswer(
      repeating({ user_id: externalId, workspace_id: project.externalId, workspace_role: given }),
      `Anthropic reports the role ${given}.`,
    ),
  }
}
