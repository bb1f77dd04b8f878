import { getDepositId } from './normalise/deposited-key.ts'
import { quotedName } from '../kit/plain.ts'
import { type ProviderSteps, type Steps, stepsIn } from '../kit/write-steps.ts'

const SETTINGS = 'Open openrouter.ai as an admin of the organization, then Settings.'

const inKeys = (what: string): Steps => {
  return ({ subject }, { name, project: workspace }) =>
    getDepositId(subject.externalId) === null
      ? [`Open the workspace ${workspace}, then API keys.`, `${what} ${name}.`]
      : ['Open Integrations (BYOK).', `${what} ${name}.`]
}

const STEPS: ProviderSteps = {
  'member-remove': (_, { name }) => [
    'The API lists members, but cannot change them.',
    'Go to Members.',
    `Remove ${name}.`,
  ],
  'member-role': (_, { name, role }) => ['Go to Members.', `Choose the role ${role} for ${name}.`],
  'project-member-remove': (_, { name, project: workspace }) => [
    `Open the workspace ${workspace}, then Members.`,
    `Remove ${name}.`,
  ],
  'project-member-role': (_, { name, project: workspace, role }) => [
    `Open the workspace ${workspace}, then Members.`,
    `Choose the role ${role} for ${name}.`,
  ],
  'invite-delete': (_, { name }) => ['Go to Members.', `Withdraw the invite of ${name}.`],
  'service-account-delete': (_, { name }) => [
    'OpenRouter has no service accounts: what is meant is a key.',
    `Open API keys and delete what ${name} uses.`,
  ],
  invite: ({ email, memberships }, { role }) => [
    'The API cannot send invites.',
    `Go to Members and invite ${quotedName(email ?? '')} with the role ${role}.`,
    ...memberships.map((each) => `Once it is accepted, add them to the workspace ${quotedName(each.project.name)}.`),
  ],
  'key-disable': inKeys('Switch off'),
  'key-delete': inKeys('Delete'),
  'key-rename': (_, { name, project: workspace, newName }) => [
    `Open the workspace ${workspace}, then API keys.`,
    `Rename ${name} to ${newName}.`,
  ],
  'key-rotate': ({ subject }, { name, project: workspace }) =>
    getDepositId(subject.externalId) === null
      ? [
          `Open the workspace ${workspace}, then API keys, and make a new key.`,
          `Deploy it, then switch ${name} off, and delete it once nothing fails.`,
        ]
      : [
          'Make a new key at the vendor of the deposited one.',
          `Open Integrations (BYOK), and replace the key of ${name} by it.`,
          'Delete the old key at the vendor once nothing fails.',
        ],
  'limit-set': ({ project }, { project: workspace, amount }) =>
    project === null
      ? [
          'The whole organization cannot have a budget: workspaces and keys have their own.',
          `Set budgets of the workspaces that add up to $${amount} a month.`,
        ]
      : [`Open the workspace ${workspace}, then Budgets.`, `Set a monthly budget of $${amount}.`],
  'alert-set': (_, { amount }) => [
    'Go to Credits, then Notifications.',
    `OpenRouter sends a notification when credits run low; set it so that $${amount} is noticed in time.`,
  ],
}

/** The steps in OpenRouter's console where its API does not do it, one a line. */
export const openRouterSteps = stepsIn(SETTINGS, STEPS)
