import { ORPCError } from '@orpc/client'

import { plural } from '../../ui/relative.ts'

/** Whether a wish was refused because the list has it already. */
export function isOnTheList(error: unknown): boolean {
  return error instanceof ORPCError && error.code === 'CONFLICT'
}

/** What came of putting remedies on the list, in a sentence. */
export function addedText(added: number, already: number): string {
  if (added + already === 0) return 'Nothing is proposed that could be put on the list'
  if (added === 0) return already === 1 ? 'It is on the list already' : `All ${already} are on the list already`
  const put = `Put ${plural(added, 'remedy', 'remedies')} on the list; nothing is sent yet`
  return already === 0 ? put : `${put}. ${plural(already, 'was', 'were')} on it already`
}
