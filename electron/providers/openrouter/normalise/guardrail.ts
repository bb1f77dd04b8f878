import { z } from 'zod'

import { dollarText } from '../../../../shared/domain/text/money.ts'
import { id, optionalId, parseRow, raw, text, word, words } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { getPeriod, microUsdOfDollars, NO_AMOUNT } from './limit.ts'

const guardrailRow = z.object({
  id,
  name: text,
  workspace_id: optionalId,
  allowed_models: words,
  ignored_models: words,
  allowed_providers: words,
  ignored_providers: words,
  limit_usd: raw,
  reset_interval: word,
})

const assignmentRow = z.object({ guardrail_id: id, key_hash: optionalId, user_id: optionalId })

/** To which keys and members each guardrail is assigned, by its id. */
export interface Assignments {
  readonly keys: Map<string, string[]>
  readonly members: Map<string, string[]>
}

/** Notes one assignment of a guardrail to a key or a member. */
export function assignmentReading(row: unknown, assignments: Assignments): Reading {
  const assignment = parseRow(assignmentRow, row)
  if (assignment === null) return UNREADABLE
  const { guardrail_id: guardrail, key_hash: key, user_id: user } = assignment
  if (key !== null) note(assignments.keys, guardrail, key)
  if (user !== null) note(assignments.members, guardrail, user)
  return { id: JSON.stringify([guardrail, key, user]), facts: [], left: [] }
}

function note(lists: Map<string, string[]>, guardrail: string, id: string): void {
  const list = lists.get(guardrail)
  if (list === undefined) lists.set(guardrail, [id])
  else list.push(id)
}

/**
 * One guardrail. Its workspace only keeps it: it narrows the keys and members to which it is assigned, and everything in a
 * workspace whose default it is (API reference, guardrails).
 */
export function guardrailReading(row: unknown, assignments: Assignments, defaults: ReadonlySet<string>): Reading {
  const guardrail = parseRow(guardrailRow, row)
  if (guardrail === null) return UNREADABLE
  const left: Omission[] = []
  const isDefault = defaults.has(guardrail.id)
  return {
    id: guardrail.id,
    facts: [
      {
        type: 'restriction',
        externalId: `guardrail:${guardrail.id}`,
        kind: 'guardrail',
        name: guardrail.name,
        project: guardrail.workspace_id,
        terms: toTerms(guardrail, left),
        keys: isDefault ? null : (assignments.keys.get(guardrail.id) ?? []),
        members: isDefault ? null : (assignments.members.get(guardrail.id) ?? []),
      },
    ],
    left,
  }
}

/** More are counted, not named. */
const MOST_NAMED = 20

/** `only a, b and 3 more`. */
function describeList(start: string, values: readonly string[] | null): readonly string[] {
  const names = values ?? []
  if (names.length === 0) return []
  const named = names.slice(0, MOST_NAMED).join(', ')
  return [`${start} ${named}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}`]
}

function toTerms(guardrail: z.output<typeof guardrailRow>, left: Omission[]): readonly string[] {
  const terms = [
    ...describeList('only', guardrail.allowed_models),
    ...describeList('not', guardrail.ignored_models),
    ...describeList('only served by', guardrail.allowed_providers),
    ...describeList('not served by', guardrail.ignored_providers),
  ]
  const { limit_usd: limit } = guardrail
  if (limit === null || limit === undefined) return terms
  const amount = microUsdOfDollars(limit)
  if (amount === null) {
    left.push(NO_AMOUNT)
    return terms
  }
  const period = getPeriod(guardrail.reset_interval)
  return [...terms, `$${dollarText(amount)} ${period === 'lifetime' ? 'in all' : `a ${period}`}`]
}
