import type { PersonRow } from '../../../shared/contract/people.ts'
import { isProviderId, providerFacts } from '../../../shared/domain/provider.ts'
import type { Tone } from '../../ui/status.tsx'

interface Word {
  readonly tone: Tone
  readonly word: string
}

const STATUS: Readonly<Record<PersonRow['status'], Word>> = {
  active: { tone: 'good', word: 'Active' },
  invited: { tone: 'info', word: 'Invited' },
  expired: { tone: 'warn', word: 'Invite expired' },
  gone: { tone: 'quiet', word: 'Gone' },
}

export function personStatus(status: PersonRow['status']): Word {
  return STATUS[status]
}

/**
 * What stands for a last use that the register does not have. A provider that reports uses and reports none has seen
 * none; one that does not report says nothing; of a provider without known facts nothing can be said.
 */
export function noUseWord(provider: string): string {
  if (!isProviderId(provider)) return 'Unknown'
  return providerFacts(provider).reportsLastUse ? 'Never' : 'Not reported'
}
