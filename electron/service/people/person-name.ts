import type { PersonName } from '../../../shared/decisions/people.ts'
import type { Reader } from '../../register/db/handles.ts'
import { nameRow } from '../../register/db/stable-names.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'

/**
 * How an operation names a person. Throws `Refusal` NOT_FOUND for one without an address and without an account, as one is
 * who was merged into another.
 */
export function namePerson(reader: Reader, personId: number): PersonName {
  const name = nameRow(reader, 'person', personId)
  if (name === null) throw notFound('This person', READ_AGAIN)
  return name as unknown as PersonName
}
