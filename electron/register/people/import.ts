import type { Day } from '../../../shared/domain/day.ts'
import { proposeMatches, type Likeness } from '../../../shared/domain/people/matching.ts'
import type { PersonnelEntry } from '../../../shared/domain/people/personnel.ts'
import type { RegisterPerson, PersonnelChange, PersonnelState } from '../../../shared/domain/import/plan-personnel.ts'
import { departedSql, readEmployment, putEmployment, reportEmployment } from './employment.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readLikeness, matchContext, proposePair, refreshMatches } from './matches.ts'
import { indexPeople } from '../db/search-index.ts'

/** The known people that an HR file is compared with. Reads all people once, whatever the size of the file. */
export function personnelState(reader: Reader, source: string, today: Day): PersonnelState {
  const people = readLikeness(reader)
  const employment = readEmployment(
    reader,
    people.map((person) => person.id),
  )
  const holding = new Set(
    reader.column<number>('SELECT DISTINCT p.person_id FROM account_row p WHERE p.person_id IS NOT NULL'),
  )
  const known = new Map<number, RegisterPerson>()
  const byAddress = new Map<string, RegisterPerson>()
  for (const { id, names, addresses } of people) {
    const person = { id, name: names[0] ?? '', employment: employment.get(id) ?? null, holds: holding.has(id) }
    known.set(id, person)
    for (const address of addresses) byAddress.set(address, person)
  }
  const reported = reader.column<number>(
    `SELECT e.person_id FROM employment e WHERE e.source = :source AND NOT ${departedSql('e')} ORDER BY e.name, e.person_id`,
    { source, today },
  )
  const paired = new Set(reader.column<string>(`SELECT m.person_id || ' ' || m.other_id FROM person_match m`))
  return {
    isPaired: (a, b) => paired.has(`${Math.min(a, b)} ${Math.max(a, b)}`),
    findPerson: (address) => byAddress.get(address),
    reported: reported.map((id) => known.get(id)).filter((person) => person !== undefined),
    mayBe: (entries) => mayBe(reader, people, entries, source),
  }
}

/** Possible duplicates between a file's new people and known people; new people have negative ids in the comparison. */
function mayBe(
  reader: Reader,
  people: readonly Likeness[],
  entries: readonly PersonnelEntry[],
  source: string,
): ReturnType<PersonnelState['mayBe']> {
  const strangers = entries.map((entry, index): Likeness => ({
    id: -1 - index,
    names: entry.name === null ? [] : [entry.name],
    addresses: [entry.email, ...entry.aliases],
    employee: entry.externalId ? { source, number: entry.externalId } : null,
    holds: false,
  }))
  const names = new Map(people.map((person) => [person.id, person.names[0] ?? '']))
  const found = new Map<PersonnelEntry, readonly string[]>()
  if (strangers.length === 0) return found
  for (const { a, b } of proposeMatches([...people, ...strangers], matchContext(reader))) {
    const entry = a < 0 && b > 0 ? entries[-1 - a] : undefined
    if (entry) found.set(entry, [...(found.get(entry) ?? []), names.get(b) ?? ''])
  }
  return found
}

export interface PersonnelWrite {
  readonly changes: readonly PersonnelChange[]
  /** People who are marked as leavers because a complete file does not contain them. */
  readonly departed: readonly number[]
  readonly source: string
  readonly at: number
  readonly today: Day
}

/** Writes the contents of an HR file. Possible duplicates are proposed and are not merged. */
export function writePersonnel(writer: Writer, write: PersonnelWrite): void {
  const { source, at, today } = write
  const touched: number[] = []
  for (const change of write.changes) {
    const personId = change.personId ?? addPerson(writer, change.name, change.addresses, at)
    touched.push(personId)
    keepAddresses(writer, personId, change.addresses)
    reportEmployment(writer, personId, { ...change.employment, source, at, today })
    for (const other of change.alsoKnownAs) proposePair(writer, personId, other, 'one-file', at)
  }
  for (const [personId, employment] of readEmployment(writer, write.departed)) {
    putEmployment(writer, personId, {
      ...employment,
      status: 'departed',
      reportedAt: at,
      departureReportedAt: at,
      mark: null,
    })
  }
  indexPeople(writer, touched)
  refreshMatches(writer, at)
}

/** Adds a person whom no provider has reported yet. Returns the id; the addresses must not belong to another person. */
export function addPerson(writer: Writer, name: string, addresses: readonly string[], at: number): number {
  const person = { name, email: addresses[0] ?? null, at }
  const { lastId } = writer.run('INSERT INTO person (name, email, created_at) VALUES (:name, :email, :at)', person)
  keepAddresses(writer, lastId, addresses)
  return lastId
}

function keepAddresses(writer: Writer, personId: number, addresses: readonly string[]): void {
  for (const address of addresses) {
    writer.run('INSERT INTO person_address (address, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING', [
      address,
      personId,
    ])
  }
}
