import type { Offboarding } from '../contract/offboarding.ts'
import { counted } from '../domain/counted.ts'

/**
 * The sentence in place of an empty list of holdings. It means that they hold nothing only if every organization was
 * read, and at least one person of the agency is known.
 */
export function noHoldings(status: Pick<Offboarding, 'domains' | 'people' | 'readings'>): string {
  const { domains, people, readings } = status
  if (domains.length === 0 && people.length === 0) {
    return 'What the people of the agency hold is unknown: no person is known to belong to the agency.'
  }
  const unread = readings.filter(({ obstacle }) => obstacle !== null).length
  if (unread === readings.length) {
    return 'What the people of the agency hold is unknown: no organization of the client was read completely.'
  }
  if (unread > 0) {
    return `The people of the agency hold nothing in what was read; what they hold in ${unread} of ${counted(readings.length, 'organization')} is unknown.`
  }
  return 'The people of the agency hold nothing.'
}
