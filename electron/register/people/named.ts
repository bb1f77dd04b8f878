import type { PersonName } from '../../../shared/decisions/people.ts'
import type { Reader } from '../db/handles.ts'

/** An account by what its provider calls it; undefined where the register has not read it. */
export function findAccount(
  reader: Reader,
  { connectionUid, externalId }: { readonly connectionUid: string; readonly externalId: string },
): number | undefined {
  return reader.value<number>(
    'SELECT p.id FROM connection n JOIN principal p ON p.connection_id = n.id AND p.external_id = ? WHERE n.uid = ?',
    [externalId, connectionUid],
  )
}

/** A person by name; undefined where the register knows none. */
export function findPerson(reader: Reader, name: PersonName): number | undefined {
  if ('address' in name) {
    return reader.value<number>('SELECT person_id FROM person_address WHERE address = ?', [name.address])
  }
  return (
    reader.value<number | null>(
      `SELECT p.person_id FROM connection n JOIN principal p ON p.connection_id = n.id AND p.external_id = ? WHERE n.uid = ?`,
      [name.externalId, name.connectionUid],
    ) ?? undefined
  )
}
