/** An invite that was taken up or withdrawn says nothing about access any more: the list of users does. */
export const SPENT_INVITE = 'An invite that was accepted or withdrawn.'

export function isSpent(status: string | null): boolean {
  return status === 'accepted' || status === 'deleted'
}
