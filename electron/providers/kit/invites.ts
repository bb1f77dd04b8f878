import type { Omission } from './tally.ts'

/** An accepted or withdrawn invite is no longer about access: the list of users is. */
export const SPENT_INVITE: Omission = { harmless: 'An invite that was accepted or withdrawn.' }

export function isSpent(status: string | null): boolean {
  return status === 'accepted' || status === 'deleted'
}

/** Both providers report state and role of each invite: without one, it is not known what the invite still gives. */
export function unknownInvite(invite: {
  readonly status: string | null
  readonly role: string | null
}): readonly Omission[] {
  if (invite.status === null) return ['An invite without a state.']
  return invite.status === 'pending' && invite.role === null ? ['An invite without a role.'] : []
}
