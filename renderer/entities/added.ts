import { plural } from '../ui/relative.ts'

interface Counts {
  readonly added: number
  /** The change in words, when exactly one was added. */
  readonly says?: string | undefined
  /** Already in the list. */
  readonly already: number
  /** Origins for which nothing could be added. */
  readonly open: number
}

/** The result of adding changes to the remediation list, in one or more sentences. */
export function addedText({ added, says, already, open }: Counts): string {
  const said = [
    added === 0
      ? 'Nothing was added to remediation'
      : added === 1 && says !== undefined
        ? `Added to remediation, nothing is sent yet: ${says}`
        : `Added ${plural(added, 'change', 'changes')} to remediation; nothing is sent yet`,
  ]
  if (already > 0) said.push(`${plural(already, 'was', 'were')} already in the list`)
  if (open > 0) said.push(`${plural(open, 'other')} without a known change`)
  return said.map((each) => each.replace(/\.$/u, '')).join('. ')
}
