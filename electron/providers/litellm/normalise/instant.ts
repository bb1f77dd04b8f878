import { fromRfc3339 } from '../../kit/instants.ts'
import type { Left } from '../../kit/tally.ts'

const WITH_ZONE = /(?:[Zz]|[+-]\d{2}:\d{2})$/u

/** The proxy writes instants with and without a zone; those without are UTC. */
export function toInstant(value: unknown, left: Left[]): number | null {
  return fromRfc3339(typeof value === 'string' && !WITH_ZONE.test(value) ? `${value}Z` : value, left)
}
