import type { Wish } from '../write.ts'

const SETTINGS = 'Open platform.openai.com as an owner of the organization, then Settings.'

/** What to do in OpenAI's console where its API does not do it, one step a line. */
export function openAiSteps(wish: Wish): string {
  const { name } = wish.subject
  const project = wish.project?.name ?? 'the project'
  return [SETTINGS, ...stepsOf(wish, name, project)].join('\n')
}

function stepsOf({ action, subject, role, key, name: newName }: Wish, name: string, project: string): string[] {
  switch (action) {
    case 'member-remove':
    case 'member-role':
      if (subject.kind === 'group') {
        return [`Go to People, Groups, and open ${name}.`, groupStep(action, role)]
      }
      return [`Go to People, Members, and open ${name}.`, `Give the role ${role ?? ''}.`]
    case 'project-member-remove':
    case 'project-member-role':
      return [
        `Choose the project ${project}, then People, and open ${name}.`,
        action === 'project-member-remove' ? 'Remove it from the project.' : `Give the role ${role ?? ''}.`,
      ]
    case 'invite-delete':
      return ['Go to People, Invites.', `Delete the invite of ${name}.`]
    case 'service-account-delete':
      return [`Choose the project ${project}, then Service accounts.`, `Delete ${name}.`]
    case 'key-disable':
      return [
        'OpenAI cannot disable a key; it can only take permissions from it, or delete it.',
        `Choose the project ${project}, then API keys, and edit ${name}.`,
        'Set its permissions to Read only, or delete it.',
      ]
    case 'key-delete':
      return ['Go to API keys and filter by all owners.', `Delete ${name}.`]
    case 'key-rename':
      return [
        'The API does not rename keys.',
        `Choose the project ${project}, then API keys, and edit ${name}.`,
        `Set its name to ${newName ?? ''}.`,
      ]
    case 'key-rotate':
      return key?.kind === 'admin'
        ? [
            'Go to Admin keys and make a new one with the same permissions.',
            'Set it wherever the old one is used, Castellan included.',
            `Delete ${name}.`,
          ]
        : [
            'The API makes keys for service accounts only.',
            `Choose the project ${project}, then API keys, and make a new key, best for a service account.`,
            `Put it in place, then delete ${name}.`,
          ]
    case 'limit-set':
    case 'alert-set':
      return ['Go to Limits, for the organization or the project.', 'Set the amount there.']
  }
}

function groupStep(action: Wish['action'], role: string | null): string {
  return action === 'member-remove' ? 'Take its roles away, or delete the group.' : `Assign the role ${role ?? ''}.`
}
