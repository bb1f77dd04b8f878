import type { CREATIONS, RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { quotedName } from './plain.ts'
import type { ChangeRequest } from './write.ts'

/** The names in a change, quoted, each on one line; the amount in dollars. */
export interface StepNames {
  readonly name: string
  /** Follows its noun: the project “Web”, the workspace it belongs to. */
  readonly project: string
  readonly role: string
  readonly newName: string
  readonly amount: string
}

/** The steps in a console for one action, one a line. */
export type Steps = (request: ChangeRequest, names: StepNames) => readonly string[]

type Creation =
  | Exclude<(typeof CREATIONS)[number], 'alert-set'>
  | 'project-rename'
  | 'federation-delete'
  | 'member-sign-out'

/** A provider's own steps; creating, renaming, signing out and federation have common steps for all providers without their own. */
export type ProviderSteps = Readonly<
  Record<Exclude<RemediationAction, Creation>, Steps> & Partial<Record<Creation, Steps>>
>

const COMMON: Readonly<Record<Creation, Steps>> = {
  'project-create': (_, { newName }) => [`Make a project (a workspace) and call it ${newName}.`],
  'project-rename': (_, { name, newName }) => [`Open ${name} and set its name to ${newName}.`],
  invite: ({ email, memberships }, { role }) => [
    `Go to Members and invite ${quotedName(email ?? '')} with the role ${role}.`,
    ...memberships.map((each) => `Give the role ${quotedName(each.role)} in ${quotedName(each.project.name)}.`),
  ],
  'project-member-add': (_, { name, project, role }) => [
    `Open the project ${project}, then Members.`,
    `Add ${name} with the role ${role}.`,
  ],
  'service-account-create': (_, { newName, project }) => [
    `Open the project ${project}, then API keys.`,
    `Make a key and call it ${newName}. It is shown only once: deploy it immediately.`,
  ],
  'member-sign-out': (_, { name }) => [
    `No step in the console is known that signs ${name} out. Removing the member ends their access.`,
    'End their sessions in the identity provider too, where one signs members in.',
  ],
  'federation-delete': (_, { name, newName }) => [
    `Go to Workload identity and open the federation rules of the service account ${name}.`,
    `Delete the rule ${newName}.`,
    'Tokens that were issued stay valid until they expire.',
  ],
  'key-create': (_, { name, project }) => [
    `Open the project ${project}, then API keys.`,
    `Make a key for ${name}. It is shown only once: deploy it immediately.`,
  ],
}

/** The steps in a provider's console for what its API does not do, after the one that opens its settings. */
export function stepsIn(open: string, own: ProviderSteps): (request: ChangeRequest) => string {
  const steps: Readonly<Record<RemediationAction, Steps>> = { ...COMMON, ...own }
  return (request) => [open, ...steps[request.action](request, namesIn(request))].join('\n')
}

function namesIn(request: ChangeRequest): StepNames {
  const { subject, project, role, name } = request
  return {
    name: quotedName(subject.name),
    project: project === null ? 'it belongs to' : quotedName(project.name),
    role: quotedName(role ?? ''),
    newName: quotedName(name ?? ''),
    amount: dollarText(request.amountMicros ?? 0),
  }
}
