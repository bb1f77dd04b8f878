import type { Reader } from '../db/handles.ts'
import { nameRow } from '../db/stable-names.ts'

/**
 * Entries of Today about one row name it by its number here (`connection-3`, `leaver-12`), for the window and the
 * terminal. A person's decision about them is kept under one name in every register, by the uid of the row
 * (`connection-0199…`); of a person by an address, or by the uid of a connection and their account there. Returns that
 * name. An entry whose row does not exist keeps its own.
 */
export function nameEntry(reader: Reader, entry: string): string {
  const [, kind = '', number, rest = ''] = /^(connection|leaver|budget|limit)-(\d+)(.*)$/u.exec(entry) ?? []
  const row = ROW_OF[kind]
  if (row === undefined) return entry
  const named = nameRow(reader, row, Number(number))
  const name = typeof named === 'object' ? namePerson(named as Readonly<Record<string, string>> | null) : named
  return typeof name === 'string' ? `${kind}-${name}${rest}` : entry
}

/** The table of the number in an entry's name, by its first word. */
const ROW_OF: Readonly<Record<string, 'connection' | 'budget' | 'person'>> = {
  connection: 'connection',
  limit: 'connection',
  budget: 'budget',
  leaver: 'person',
}

function namePerson(named: Readonly<Record<string, string>> | null): string | undefined {
  return named?.['address'] ?? (named === null ? undefined : `${named['connectionUid']} ${named['externalId']}`)
}

const LENGTH_OF_UID = 36

const uidAfter = (prefix: string): string => `substr(s.entry, ${prefix.length + 1}, ${LENGTH_OF_UID})`
const restAfter = (prefix: string, more = 0): string => `substr(s.entry, ${prefix.length + 1 + more})`

/** The entry of this register that a row `s` of `today_state` is about; where it is about none, its name. */
export const ENTRY_HERE = `ifnull(CASE
  WHEN s.entry GLOB 'connection-*' THEN 'connection-' || (SELECT n.id FROM connection n WHERE n.uid = ${restAfter('connection-')})
  WHEN s.entry GLOB 'budget-*' THEN 'budget-' || (SELECT b.id FROM budget b WHERE b.uid = ${restAfter('budget-')})
  WHEN s.entry GLOB 'limit-*' THEN 'limit-' || (SELECT n.id FROM connection n WHERE n.uid = ${uidAfter('limit-')})
    || ${restAfter('limit-', LENGTH_OF_UID)}
  WHEN s.entry GLOB 'leaver-*' THEN 'leaver-' || ifnull(
    (SELECT a.person_id FROM person_address a WHERE a.address = ${restAfter('leaver-')}),
    (SELECT p.person_id FROM connection n JOIN principal p ON p.connection_id = n.id
      AND p.external_id = ${restAfter('leaver-', LENGTH_OF_UID + 1)} WHERE n.uid = ${uidAfter('leaver-')}))
  END, s.entry)`

/** The entry of this register that a stored name is about; null for one whose row does not exist. */
export function findEntryHere(reader: Reader, entry: string): string | null {
  return reader.value<string>(`SELECT ${ENTRY_HERE} FROM (SELECT ? AS entry) s`, [entry]) ?? null
}
