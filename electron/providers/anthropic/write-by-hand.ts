import type { RemedyAction } from '../../../shared/domain/remedy/remedy.ts'
import type { Wish } from '../write.ts'

const SETTINGS = 'Open platform.claude.com as an admin of the organization, then Settings.'

/** What to do in Anthropic's console where its API does not do it, one step a line. */
export function anthropicSteps(wish: Wish): string {
  const names = { name: wish.subject.name, workspace: wish.project?.name ?? 'the workspace' }
  return [SETTINGS, ...STEPS[wish.action](wish, names)].join('\n')
}

type Steps = (wish: Wish, names: { readonly name: string; readonly workspace: string }) => readonly string[]

const endKey: Steps = (_, { name }) => ['Go to API keys.', `Disable or delete ${name}.`]

const STEPS: Readonly<Record<RemedyAction, Steps>> = {
  'member-remove': (_, { name }) => ['Go to Members.', `Remove ${name}.`],
  'member-role': ({ role }, { name }) => [
    'The API makes nobody an admin or owner.',
    `Go to Members and find ${name}.`,
    `Choose the role ${role ?? ''}.`,
  ],
  'project-member-remove': (_, { name, workspace }) => [`Go to Workspaces, ${workspace}, Members.`, `Remove ${name}.`],
  'project-member-role': ({ role }, { name, workspace }) => [
    `Go to Workspaces, ${workspace}, Members.`,
    `Choose the role ${role ?? ''} for ${name}. The billing role of a workspace follows from that of the organization.`,
  ],
  'invite-delete': (_, { name }) => ['Go to Members, Pending invites.', `Delete the invite of ${name}.`],
  'service-account-delete': (_, { name }) => [
    'An admin key does not open service accounts.',
    'Go to Service accounts.',
    `Archive ${name}.`,
  ],
  'key-disable': endKey,
  'key-delete': endKey,
  'key-rename': ({ name: newName }, { name }) => ['Go to API keys.', `Rename ${name} to ${newName ?? ''}.`],
  'key-rotate': (_, { name, workspace }) => [
    'The API makes no keys.',
    `Go to Workspaces, ${workspace}, API keys, and make a new key.`,
    `Put it in place, then disable ${name}, and delete it once nothing failed.`,
  ],
  'limit-set': () => ['Go to Limits, for the organization or the workspace.', 'Set the spend limit there.'],
  'alert-set': () => ['Go to Limits, for the organization or the workspace.', 'Set the notification there.'],
}
