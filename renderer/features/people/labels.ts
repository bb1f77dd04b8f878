import type { EmploymentView, MatchRow, PersonRow } from '../../../shared/contract/people.ts'
import { findProvider } from '../../../shared/domain/providers/providers.ts'
import type { Word } from '../../ui/words.ts'

const STATUS: Readonly<Record<PersonRow['status'], Word>> = {
  active: { tone: 'good', word: 'Active' },
  invited: { tone: 'info', word: 'Invited' },
  removed: { tone: 'quiet', word: 'Removed' },
}

export function personStatus(status: PersonRow['status']): Word {
  return STATUS[status]
}

/** The employment in a word. A person has left when the last day is past, whatever the status in the file is. */
export function employmentWord({
  status,
  departed,
  endsOn,
}: Pick<EmploymentView, 'status' | 'departed' | 'endsOn'>): Word {
  if (departed) return { tone: 'bad', word: 'Left' }
  if (status === 'leave') return { tone: 'info', word: 'On leave' }
  return endsOn === null ? { tone: 'good', word: 'Employed' } : { tone: 'warn', word: 'Employed, leaving' }
}

const REASONS: Readonly<Record<MatchRow['reason'], string>> = {
  'one-file': 'Both in one row of an HR file',
  'plus-address': 'Same address except for a tag',
  'gmail-dots': 'Same Gmail address except for dots',
  'same-name': 'Same full name',
  'name-order': 'Same name in another order',
  renamed: 'Same employee number and given name',
  'same-local-part': 'Same address at another domain',
}

/** Why two people may be one. */
export function reasonWord(reason: MatchRow['reason']): string {
  return REASONS[reason]
}

/**
 * Shown for a last use that the register does not have: "never" for a provider that reports uses, "not reported" for
 * one that does not, and "unknown" for a provider without known facts.
 */
export function noUseWord(provider: string): string {
  const facts = findProvider(provider)
  if (facts === undefined) return 'Unknown'
  return facts.reportsPersonUse ? 'Never' : 'Not reported'
}
