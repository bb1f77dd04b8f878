import { plural } from '../ui/relative.ts'
import type { Tone } from '../ui/status.tsx'

interface SourceEnd {
  readonly state: string
}

export interface Completeness {
  readonly tone: Tone
  /** `All 23 sources read, 5 not offered`. */
  readonly text: string
}

export type ReadingEnd = 'read' | 'notOffered' | 'notRead'

/** How the reading of one source ended: `notOffered` where the organization does not have it. */
export function getReadingEnd({ state }: SourceEnd): ReadingEnd {
  if (state === 'complete' || state === 'readable') return 'read'
  return state === 'unavailable' ? 'notOffered' : 'notRead'
}

/** Sorts the sources: those not read first, then those read, then those that the organization does not have. */
export function notReadFirst<Source extends SourceEnd>(sources: readonly Source[]): readonly Source[] {
  const ends: readonly ReadingEnd[] = ['notRead', 'read', 'notOffered']
  return sources.toSorted((a, b) => ends.indexOf(getReadingEnd(a)) - ends.indexOf(getReadingEnd(b)))
}

/**
 * How much of what is offered was read to its end. Every tick of the window for completeness comes from here: one source has to be
 * read to its end, none may be left, and a source that is not offered never counts as read.
 */
export function describeCompleteness(sources: readonly SourceEnd[]): Completeness {
  const count = (end: ReadingEnd): number => sources.filter((each) => getReadingEnd(each) === end).length
  const [read, notRead, notOffered] = [count('read'), count('notRead'), count('notOffered')]
  const rest = notOffered === 0 ? '' : `, ${notOffered} not offered`
  if (read === 0) return { tone: notRead === 0 ? 'quiet' : 'warn', text: `Nothing read${rest}` }
  const offered = plural(read + notRead, 'source')
  if (notRead > 0) return { tone: 'warn', text: `${read} of ${offered} read${rest}` }
  return { tone: 'good', text: `${read === 1 ? '1 source' : `All ${offered}`} read${rest}` }
}
