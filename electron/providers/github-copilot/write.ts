import { quotedName } from '../kit/plain.ts'
import { type ProviderSteps, type Steps, stepsIn } from '../kit/write-steps.ts'
import { openWriting } from '../kit/write.ts'
import { openGitHub } from './client.ts'

const SETTINGS = 'Open github.com as an owner of the organization, then its Settings.'

const REMOVE: Steps = (_, { name }) => [
  'Go to Copilot, Access.',
  `Find ${name} and remove the seat. A seat that a team gives ends when the person leaves the team.`,
  'The seat can be used until the end of the billing cycle. To end it immediately, remove the person from the organization, under People.',
]

const none =
  (what: string): Steps =>
  () => [`GitHub Copilot has no ${what}: nothing is to be done there.`]

const STEPS: ProviderSteps = {
  'member-remove': REMOVE,
  'member-role': none('roles of seats'),
  'project-member-remove': REMOVE,
  'project-member-role': none('projects'),
  'invite-delete': (_, { name }) => ['Go to People, Invitations.', `Cancel the invitation of ${name}.`],
  'service-account-delete': none('service accounts'),
  'project-create': none('projects'),
  'project-rename': none('projects'),
  'project-member-add': none('projects'),
  'service-account-create': none('service accounts'),
  'key-create': none('keys'),
  invite: ({ email }) => [
    `Go to People and invite ${quotedName(email ?? '')}.`,
    'Once it is accepted, go to Copilot, Access, and assign a seat.',
  ],
  'key-disable': none('keys'),
  'key-delete': none('keys'),
  'key-rename': none('keys'),
  'key-rotate': none('keys'),
  'limit-set': (_, { amount }) => [
    'Go to Billing and licensing, Budgets and alerts.',
    `Set a budget of $${amount} a month for Copilot, and let it stop usage.`,
  ],
  'alert-set': (_, { amount }) => [
    'Go to Billing and licensing, Budgets and alerts.',
    `Set a budget of $${amount} a month for Copilot, with alerts.`,
  ],
}

/** The steps in GitHub's settings, one a line. */
const gitHubCopilotSteps = stepsIn(SETTINGS, STEPS)

/** Plans changes of seats: all of them by manual steps, since a seat may come from a team or from a setting for all. */
export const { plan: planGitHubCopilot, write: writeGitHubCopilot } = openWriting(
  'github-copilot',
  openGitHub,
  {},
  gitHubCopilotSteps,
)
