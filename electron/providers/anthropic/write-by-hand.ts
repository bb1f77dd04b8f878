import type { Wish } from '../write.ts'

const SETTINGS = 'Open platform.claude.com as an admin of the organization, then Settings.'

/** What to do in Anthropic's console where its API does not do it, one step a line. */
export function anthropicSteps(wish: Wish): string {
  const { name } = wish.subject
  const workspace = wish.project?.name ?? 'the workspace'
  return [SETTINGS, ...stepsOf(wish, name, workspace)].join('\n')
}

function stepsOf({ action, role, name: newName }: Wish, name: string, workspace: string): string[] {
  switch (action) {
    case 'member-remove':
      return ['Go to Members.', `Remove ${name}.`]
    case 'member-role':
      return [
        'The API makes nobody an admin or owner.',
        `Go to Members and find ${name}.`,
        `Choose the role ${role ?? ''}.`,
      ]
    case 'project-member-remove':
      return [`Go to Workspaces, ${workspace}, Members.`, `Remove ${name}.`]
    case 'project-member-role':
      return [
        `Go to Workspaces, ${workspace}, Members.`,
        `Choose the role ${role ?? ''} for ${name}. The billing role of a workspace follows from that of the organization.`,
      ]
    case 'invite-delete':
      return ['Go to Members, Pending invites.', `Delete the invite of ${name}.`]
    case 'service-account-delete':
      return ['An admin key does not open service accounts.', 'Go to Service accounts.', `Archive ${name}.`]
    case 'key-disable':
    case 'key-delete':
      return ['Go to API keys.', `Disable or delete ${name}.`]
    case 'key-rename':
      return ['Go to API keys.', `Rename ${name} to ${newName ?? ''}.`]
    case 'key-rotate':
      return [
        'The API makes no keys.',
        `Go to Workspaces, ${workspace}, API keys, and make a new key.`,
        `Put it in place, then disable ${name} and delete it once nothing failed.`,
      ]
    case 'limit-set':
    case 'alert-set':
      return [
        'Go to Limits, for the organization or the workspace.',
        action === 'limit-set' ? 'Set the spend limit there.' : 'Set the notification there.',
      ]
  }
}
