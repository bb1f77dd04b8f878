import type { Left } from './tally.ts'

/** An accepted or withdrawn invite is no longer about access: the list of users is. */
export const SPENT_INVITE: Left = { harmless: 'An invite that was accepted or withdrawn.' }

export function isSpent(status: string | null): boolean {
  return status === 'accepted' || status === 'deleted'
}
