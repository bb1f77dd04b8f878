import { quotedName } from '../kit/plain.ts'
import { type ProviderSteps, type Steps, stepsIn } from '../kit/write-steps.ts'
import { isDeposit } from './normalise/credential.ts'

const WINDOW = 'Open the proxy’s window (its address with /ui) as a proxy admin.'

const inKeys = (what: string): Steps => {
  return ({ subject }, { name }) =>
    isDeposit(subject.externalId)
      ? ['Go to Models, LLM Credentials.', `${what} ${name}.`]
      : ['Go to Virtual Keys.', `${what} ${name}.`]
}

const STEPS: ProviderSteps = {
  'member-remove': (_, { name }) => [
    'Go to Internal Users.',
    `Delete ${name}. Their keys are deleted with them; keys of teams stay.`,
  ],
  'member-role': (_, { name, role }) => ['Go to Internal Users.', `Set the global role of ${name} to ${role}.`],
  'project-member-remove': (_, { name, project: team }) => [
    `Go to Teams and open the team ${team}, then Members.`,
    `Remove ${name}.`,
  ],
  'project-member-role': (_, { name, project: team, role }) => [
    `Go to Teams and open the team ${team}, then Members.`,
    `Choose the role ${role} for ${name}.`,
  ],
  'invite-delete': (_, { name }) => ['Go to Internal Users.', `Delete ${name}.`],
  'service-account-delete': (_, { name }) => [
    'The proxy has no service accounts: what is meant is a key of a team.',
    `Go to Virtual Keys and delete what ${name} uses.`,
  ],
  invite: ({ email, memberships }, { role }) => [
    `Go to Internal Users and invite ${quotedName(email ?? '')} with the role ${role}.`,
    ...memberships.map((each) => `Add them to the team ${quotedName(each.project.name)}.`),
  ],
  'key-disable': inKeys('Block'),
  'key-delete': inKeys('Delete'),
  'key-rename': (_, { name, newName }) => ['Go to Virtual Keys.', `Set the alias of ${name} to ${newName}.`],
  'key-rotate': ({ subject }, { name }) =>
    isDeposit(subject.externalId)
      ? [
          'Make a new key at the vendor of the deposited one.',
          `Go to Models, LLM Credentials, and replace the key of ${name} by it.`,
          'Delete the old key at the vendor once nothing fails.',
        ]
      : [
          `Go to Virtual Keys, open ${name} and choose Regenerate Key, with a grace period in which the old secret works. This needs a licence of LiteLLM.`,
          'Without one, create a key with the team, models and budget of the old one.',
          `Deploy the new secret. Where you created a key, block ${name}, and delete it once nothing fails.`,
        ],
  'limit-set': ({ project }, { project: team, amount }) =>
    project === null
      ? [
          'The proxy itself has a budget in its configuration: max_budget.',
          `Set it to ${amount}, and restart the proxy.`,
        ]
      : [
          `Go to Teams and open the team ${team}, then Settings.`,
          `Set the maximum budget to $${amount}, reset monthly.`,
        ],
  'alert-set': (_, { amount }) => [
    'Go to Settings, Logging & Alerts.',
    `Switch alerts on budgets on, so that $${amount} is noticed in time.`,
  ],
}

/** The steps in the proxy's window where its API does not do it, one a line. */
export const liteLlmSteps = stepsIn(WINDOW, STEPS)
