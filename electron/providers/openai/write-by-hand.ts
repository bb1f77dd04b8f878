import { type ProviderSteps, type Steps, stepsIn } from '../kit/write-steps.ts'

const SETTINGS = 'Open platform.openai.com as an owner of the organization, then Settings.'

const removeMember: Steps = ({ subject }, { name }) =>
  subject.kind === 'group'
    ? [`Go to People, Groups, and open ${name}.`, 'Take its roles away, or delete the group.']
    : ['Go to People, Members.', `Remove ${name}.`]

const changeRole: Steps = ({ subject }, { name, role }) => [
  `Go to People, ${subject.kind === 'group' ? 'Groups' : 'Members'}, and open ${name}.`,
  `Give the role ${role}.`,
]

const rotate: Steps = ({ key }, { name, project }) =>
  key?.kind === 'admin'
    ? [
        'Go to Admin keys and make a new one with the same permissions.',
        'Set it wherever the old one is used, Castellan included.',
        `Delete ${name}.`,
      ]
    : [
        'The API makes keys for service accounts only.',
        `Choose the project ${project}, then API keys, and make a new key, best for a service account.`,
        `Deploy it, then delete ${name}.`,
      ]

const deleteKey: Steps = ({ key }, { name }) =>
  key?.kind === 'unknown'
    ? [
        'Sync again first: whether it is an admin key or a project’s was not read.',
        `Then look for ${name} under Admin keys, and under API keys of each project.`,
        'Delete it there.',
      ]
    : ['Go to API keys and show those of all owners.', `Delete ${name}.`]

const setAmount: Steps = ({ project }, names) => [
  project === null ? 'Go to Limits.' : `Choose the project ${names.project}, then Limits.`,
  `Set $${names.amount} a month there.`,
]

const STEPS: ProviderSteps = {
  'member-remove': removeMember,
  'member-role': changeRole,
  'project-member-remove': (_, { name, project }) => [
    `Choose the project ${project}, then People.`,
    `Remove ${name} from the project.`,
  ],
  'project-member-role': (_, { name, project, role }) => [
    `Choose the project ${project}, then People, and open ${name}.`,
    `Give the role ${role}.`,
  ],
  'invite-delete': (_, { name }) => ['Go to People, Invites.', `Delete the invite of ${name}.`],
  'service-account-delete': (_, { name, project }) => [
    `Choose the project ${project}, then Service accounts.`,
    `Delete ${name}.`,
  ],
  'key-disable': (_, { name, project }) => [
    'OpenAI cannot disable a key; it can only take permissions from it, or delete it.',
    `Choose the project ${project}, then API keys, and edit ${name}.`,
    'Set its permissions to Read only, or delete it.',
  ],
  'key-delete': deleteKey,
  'key-rename': (_, { name, project, newName }) => [
    'The API does not rename keys.',
    `Choose the project ${project}, then API keys, and edit ${name}.`,
    `Set its name to ${newName}.`,
  ],
  'key-rotate': rotate,
  'limit-set': setAmount,
  'alert-set': setAmount,
}

/** The steps in OpenAI's console where its API does not do it, one a line. */
export const openAiSteps = stepsIn(SETTINGS, STEPS)
