import { closest, distance } from 'fastest-levenshtein'

import { counted } from '../../counted.ts'
import { nameKey } from '../../text/names.ts'
import type { PlanProblem } from '../problem.ts'

/** Longer names are cut in every provider's console. */
const LONGEST = 100

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\0-\x1f\x7f-\x9f\u2028\u2029]/u

/** Names within one list, with the place of each and the kind of its thing, such as `project`. */
export function nameProblems(
  what: string,
  names: readonly { readonly path: string; readonly name: string }[],
): PlanProblem[] {
  const first = new Map<string, string>()
  return names.flatMap(({ path, name }) => {
    const before = first.get(nameKey(name))
    if (before === undefined) first.set(nameKey(name), path)
    const problem = ownProblem(what, name) ?? (before === undefined ? null : double(what, name, before))
    return problem === null ? [] : [{ path, severity: 'error' as const, ...problem }]
  })
}

type ProblemText = Pick<PlanProblem, 'says' | 'hint'>

function ownProblem(what: string, name: string): ProblemText | null {
  if (name.trim() === '') return { says: `This ${what} has no name.`, hint: 'Give it one, or remove it.' }
  if (CONTROL.test(name)) {
    return {
      says: `The name of this ${what} contains a line break or another control character, which providers refuse.`,
      hint: 'Write it on one line.',
    }
  }
  if (name !== name.trim()) {
    return {
      says: `The name “${name}” begins or ends with white space.`,
      hint: 'Remove it: providers do so without asking.',
    }
  }
  return name.length > LONGEST
    ? { says: `The name of this ${what} has ${counted(name.length, 'character')}.`, hint: `Use ${LONGEST} at most.` }
    : null
}

function double(what: string, name: string, before: string): ProblemText {
  return {
    says: `Another ${what} is called “${name}” too, ignoring case (${before}).`,
    hint: 'Rename one of them, or remove one.',
  }
}

/** The name of the list that is most similar to a word, for “did you mean”; null when none is. */
export function nearest(word: string, known: readonly string[]): string | null {
  const key = nameKey(word)
  const found = closest(key, known.map(nameKey))
  const best = known.find((one) => nameKey(one) === found)
  return best !== undefined && distance(key, nameKey(best)) <= Math.max(1, Math.floor(word.length / 3)) ? best : null
}

/** The hint about a reference that cannot be resolved. */
export function unknownHint(word: string, known: readonly string[]): string {
  const like = nearest(word, known)
  if (like !== null) return `Did you mean “${like}”? Otherwise add it to the plan.`
  return known.length === 0 ? 'Add it to the plan.' : `Name one of the plan’s: ${list(known)}; or add it.`
}

function list(known: readonly string[]): string {
  const shown = known.slice(0, 6).map((name) => `“${name}”`)
  return known.length > shown.length ? `${shown.join(', ')} …` : shown.join(', ')
}
