import { type ProviderSteps, stepsIn, type Steps } from '../kit/write-steps.ts'
import type { ChangeRequest, WritePlan, WriteResult } from '../kit/write.ts'

const OPEN = 'Open the console of the platform that the file was made from, as an administrator.'

const endKey: Steps = (_, { name }) => ['Go to its keys.', `Switch off or delete ${name}.`]

const STEPS: ProviderSteps = {
  'member-remove': (_, { name }) => ['Go to its people.', `Remove ${name}.`],
  'member-role': (_, { name, role }) => ['Go to its people.', `Choose the role ${role} for ${name}.`],
  'project-member-remove': (_, { name, project }) => [`Open the project ${project} and its people.`, `Remove ${name}.`],
  'project-member-role': (_, { name, project, role }) => [
    `Open the project ${project} and its people.`,
    `Choose the role ${role} for ${name}.`,
  ],
  'invite-delete': (_, { name }) => ['Go to its people.', `Withdraw the invite of ${name}.`],
  'service-account-delete': (_, { name }) => ['Go to its service accounts.', `Delete ${name}.`],
  'key-disable': endKey,
  'key-delete': endKey,
  'key-rename': (_, { name, newName }) => ['Go to its keys.', `Rename ${name} to ${newName}.`],
  'key-rotate': (_, { name, project }) => [
    `Open the project ${project} and make a new key.`,
    `Deploy it, then switch ${name} off, and delete it once nothing fails.`,
  ],
  'limit-set': (_, { amount }) => ['Go to its limits.', `Set $${amount} a month.`],
  'alert-set': (_, { amount }) => ['Go to its alerts.', `Set an alert at $${amount} a month.`],
}

const AFTER = 'Make the file again, then sync.'

const fileSteps = stepsIn(OPEN, STEPS)

/** A file changes nothing at its platform: everything is a manual step, one a line. */
export function planFile(request: ChangeRequest): Promise<WritePlan> {
  return Promise.resolve({ kind: 'by-hand', steps: `${fileSteps(request)}\n${AFTER}` })
}

/** Never called for what `planFile` plans. */
export function writeFileProvider(): Promise<WriteResult> {
  return Promise.reject(new Error('Manual steps are not sent.'))
}
