import { plural } from '../ui/relative.ts'

interface Counts {
  readonly added: number
  /** What the one that was added does; only where it is one. */
  readonly says?: string | undefined
  /** On the list before. */
  readonly already: number
  /** Nothing could be added for these. */
  readonly open: number
}

/** What came of putting remedies on the list, in a sentence or more. */
export function addedText({ added, says, already, open }: Counts): string {
  const said = [
    added === 0
      ? 'Nothing was added to the list'
      : added === 1 && says !== undefined
        ? `On the list, nothing is sent yet: ${says}`
        : `Put ${plural(added, 'change', 'changes')} on the list; nothing is sent yet`,
  ]
  if (already > 0) said.push(`${plural(already, 'was', 'were')} on it already`)
  if (open > 0) said.push(`For ${plural(open, 'other')} Castellan knows nothing to send`)
  return said.map((each) => each.replace(/\.$/u, '')).join('. ')
}
