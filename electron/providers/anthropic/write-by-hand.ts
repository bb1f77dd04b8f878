import { type ProviderSteps, type StepNames, type Steps, stepsIn } from '../kit/write-steps.ts'
import { quotedName } from '../kit/plain.ts'
import type { ChangeRequest } from '../kit/write.ts'

const SETTINGS = 'Open platform.claude.com as an admin of the organization, then Settings.'

const endKey: Steps = (_, { name }) => ['Go to API keys.', `Disable or delete ${name}.`]

function limits({ project }: ChangeRequest, { project: workspace }: StepNames): string {
  return project === null ? 'Go to Limits.' : `Go to Workspaces, open the workspace ${workspace}, then Limits.`
}

const STEPS: ProviderSteps = {
  'member-remove': (_, { name }) => ['Go to Members.', `Remove ${name}.`],
  'member-role': (_, { name, role }) => [
    'The API cannot assign the admin or owner role.',
    `Go to Members and find ${name}.`,
    `Choose the role ${role}.`,
  ],
  'project-member-remove': (_, { name, project: workspace }) => [
    `Go to Workspaces, open the workspace ${workspace}, then Members.`,
    `Remove ${name}.`,
  ],
  'project-member-role': (_, { name, project: workspace, role }) => [
    `Go to Workspaces, open the workspace ${workspace}, then Members.`,
    `Choose the role ${role} for ${name}. The billing role of a workspace follows from that of the organization.`,
  ],
  'invite-delete': (_, { name }) => ['Go to Members, Pending invites.', `Delete the invite of ${name}.`],
  'service-account-delete': (_, { name }) => [
    'An admin key does not open service accounts.',
    'Go to Service accounts.',
    `Archive ${name}.`,
  ],
  'key-disable': endKey,
  'key-delete': endKey,
  'key-rename': (_, { name, newName }) => ['Go to API keys.', `Rename ${name} to ${newName}.`],
  'key-rotate': (_, { name, project: workspace }) => [
    'The API does not create keys.',
    `Go to Workspaces, open the workspace ${workspace}, then API keys, and make a new key.`,
    `Deploy it, then disable ${name}, and delete it once nothing fails.`,
  ],
  'limit-set': (it, names) => [limits(it, names), `Set a spend limit of $${names.amount} a month.`],
  invite: ({ email, memberships }, { role }) => [
    'The API cannot assign the admin or owner role.',
    `Go to Members and invite ${quotedName(email ?? '')} with the role ${role}.`,
    ...memberships.map(
      (each) => `Once it is accepted, give ${quotedName(each.role)} in ${quotedName(each.project.name)}.`,
    ),
  ],
  'service-account-create': (_, { newName, project: workspace }) => [
    'The API does not create keys.',
    `Go to Workspaces, open the workspace ${workspace}, then API keys.`,
    `Make a key and call it ${newName}. It is shown only once: deploy it immediately.`,
  ],
  'alert-set': (it, names) => [limits(it, names), `Set a notification at $${names.amount} a month.`],
}

/** The steps in Anthropic's console where its API does not do it, one a line. */
export const anthropicSteps = stepsIn(SETTINGS, STEPS)
