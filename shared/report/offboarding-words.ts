import type { Offboarding } from '../contract/offboarding.ts'
import { counted } from '../domain/counted.ts'

/**
 * The sentence in the place of a list of holdings that is empty. Only where every organization was read, and a person is
 * known to be of the agency, does it mean that they hold nothing.
 */
export function noHoldings(status: Pick<Offboarding, 'domains' | 'people' | 'readings'>): string {
  const { domains, people, readings } = status
  if (domains.length === 0 && people.length === 0) {
    return 'What the people of the agency hold is unknown: nobody is known to be of the agency.'
  }
  const unread = readings.filter(({ obstacle }) => obstacle !== null).length
  if (unread === readings.length) {
    return 'What the people of the agency hold is unknown: no organization of the client was read to its end.'
  }
  if (unread > 0) {
    return `The people of the agency hold nothing in what was read; what they hold in ${unread} of ${counted(readings.length, 'organization')} is unknown.`
  }
  return 'The people of the agency hold nothing.'
}
