import { quotedName } from '../kit/plain.ts'
import { type ProviderSteps, type Steps, stepsIn } from '../kit/write-steps.ts'
import { openWriting } from '../kit/write.ts'
import { openCursor } from './client.ts'

const DASHBOARD = 'Open cursor.com/dashboard as an admin of the team.'

const REMOVE: Steps = (_, { name }) => [
  'Go to Members.',
  `Remove ${name}. The seat ends with the billing cycle, and they are signed out of the team.`,
]

const none =
  (what: string): Steps =>
  () => [`A Cursor team has no ${what}: nothing is to be done there.`]

const KEYS: Steps = (_, { name }) => ['Go to Settings, Advanced, Admin API keys.', `Find ${name} and revoke it.`]

const STEPS: ProviderSteps = {
  'member-remove': REMOVE,
  'member-role': (_, { name, role }) => ['Go to Members.', `Choose the role ${role} for ${name}.`],
  'project-member-remove': REMOVE,
  'project-member-role': none('projects'),
  'invite-delete': (_, { name }) => ['Go to Members, Invites.', `Withdraw the invite of ${name}.`],
  'service-account-delete': none('service accounts'),
  'project-create': none('projects'),
  'project-rename': none('projects'),
  'project-member-add': none('projects'),
  'service-account-create': none('service accounts'),
  'key-create': none('keys of people'),
  invite: ({ email }, { role }) => ['Go to Members.', `Invite ${quotedName(email ?? '')} with the role ${role}.`],
  'key-disable': KEYS,
  'key-delete': KEYS,
  'key-rename': KEYS,
  'key-rotate': KEYS,
  'limit-set': (_, { amount }) => ['Go to Spending.', `Set the monthly limit of the team to $${amount}.`],
  'alert-set': (_, { amount }) => ['Go to Spending.', `Set an alert of the team at $${amount} a month.`],
}

/** The steps in the dashboard of Cursor, one a line. */
const cursorTeamSteps = stepsIn(DASHBOARD, STEPS)

/** Plans changes of members: all of them by manual steps, since the API removes members of the Enterprise plan alone. */
export const { plan: planCursorTeam, write: writeCursorTeam } = openWriting(
  'cursor-team',
  openCursor,
  {},
  cursorTeamSteps,
)
