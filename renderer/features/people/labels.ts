import type { EmploymentView, MatchRow, PersonRow } from '../../../shared/contract/people.ts'
import { findProvider } from '../../../shared/domain/providers/providers.ts'
import type { Word } from '../../ui/words.ts'

const STATUS: Readonly<Record<PersonRow['status'], Word>> = {
  active: { tone: 'good', word: 'Active' },
  invited: { tone: 'info', word: 'Invited' },
  removed: { tone: 'quiet', word: 'Gone' },
}

export function personStatus(status: PersonRow['status']): Word {
  return STATUS[status]
}

/** What personnel says, in a word. A last day that has passed is a departure, whatever the file calls it. */
export function employmentWord({
  status,
  departed,
  endsOn,
}: Pick<EmploymentView, 'status' | 'departed' | 'endsOn'>): Word {
  if (departed) return { tone: 'bad', word: 'Departed' }
  if (status === 'leave') return { tone: 'info', word: 'On leave' }
  return endsOn === null ? { tone: 'good', word: 'Employed' } : { tone: 'warn', word: 'Employed, leaving' }
}

const REASONS: Readonly<Record<MatchRow['reason'], string>> = {
  'one-file': 'One row of a personnel file names both',
  'plus-address': 'The same address but for a tag',
  'gmail-dots': 'The same Gmail address but for dots',
  'same-name': 'The same full name',
  'name-order': 'The same name in another order',
  renamed: 'The same employee number and given name',
  'same-local-part': 'The same address at another domain',
}

/** Why two people may be one. */
export function reasonWord(reason: MatchRow['reason']): string {
  return REASONS[reason]
}

/**
 * What stands for a last use that the register does not have. A provider that reports uses and reports none has seen
 * none; one that does not report says nothing; of a provider without known facts nothing can be said.
 */
export function noUseWord(provider: string): string {
  const facts = findProvider(provider)
  if (facts === undefined) return 'Unknown'
  return facts.reportsPersonUse ? 'Never' : 'Not reported'
}
