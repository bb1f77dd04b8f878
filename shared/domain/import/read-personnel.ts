import type { Moment } from '../day.ts'
import { emailKey } from '../email.ts'
import { employmentState, isContractorWord } from './personnel-words.ts'
import { MAX_PERSONNEL_TEXT, type PersonnelEntry, type PersonnelRead } from '../people/personnel.ts'
import type { EmploymentState } from '../people/employment.ts'
import type { Mapping } from './match-columns.ts'
import type { PersonnelField } from './personnel-fields.ts'
import { dayOrNot, readRows, RowRefused, type Cells } from './read-rows.ts'
import type { SourceTable } from './table.ts'

/** Reads the rows of an HR file in CSV by the mapping of its columns. */
export function readPersonnelTable(table: SourceTable, mapping: Mapping, moment: Moment): PersonnelRead {
  const { rows, refusals } = readRows(
    { kind: 'personnel', table, mapping, subject: ['email', 'name'], moment },
    toEntry,
  )
  const columnOf = new Map(Object.entries(mapping).map(([column, field]) => [field, column]))
  return {
    entries: rows,
    refusals: refusals.map(({ field, ...refusal }) => ({ ...refusal, column: columnOf.get(field) ?? null })),
  }
}

function toEntry(line: number, cells: Cells): PersonnelEntry {
  const text = (field: PersonnelField): string | null | undefined => {
    const reported = cells.text(field)
    if ((reported?.length ?? 0) > MAX_PERSONNEL_TEXT) {
      throw new RowRefused(`The text is longer than ${MAX_PERSONNEL_TEXT} characters. Shorten it.`, field)
    }
    return reported
  }
  const written = text('email') ?? null
  if (written === null) throw new RowRefused('The row has no e-mail, which identifies a person.', 'email')
  const email = emailKey(written)
  if (email === null) throw new RowRefused('The e-mail is not a valid address. Write it as name@example.com.', 'email')
  const parts = [text('givenName'), text('familyName')].filter((part) => typeof part === 'string')
  const contractor = text('contractor')
  return {
    line,
    email,
    aliases: listAliases(email, [text('aliases'), text('secondaryEmail')]),
    name: text('name') ?? (parts.length === 0 ? null : parts.join(' ')),
    externalId: text('externalId'),
    status: parseStatus(text('status')),
    department: text('department'),
    manager: text('manager'),
    jobTitle: text('jobTitle'),
    contractor: contractor === undefined ? undefined : contractor !== null && isContractorWord(contractor),
    startsOn: dayOrNot(cells.date('startsOn')),
    endsOn: dayOrNot(cells.date('endsOn')),
  }
}

/**
 * A cell may contain several addresses; Active Directory writes `SMTP:` before them. Text that is not an address is
 * left out.
 */
function listAliases(email: string, cells: readonly (string | null | undefined)[]): readonly string[] {
  const reported = cells.flatMap((cell) => (cell ?? '').split(/[\s,;|]+/u)).map((part) => part.replace(/^smtp:/iu, ''))
  return [...new Set(reported.map(emailKey).filter((alias) => alias !== null))].filter((alias) => alias !== email)
}

/** A person without a status is employed. */
function parseStatus(word: string | null | undefined): EmploymentState | undefined {
  if (word === undefined) return undefined
  if (word === null) return 'employed'
  const state = employmentState(word)
  if (state !== null) return state
  throw new RowRefused(
    'The status is not a known word. Write employed, leave or left, or map another column.',
    'status',
  )
}
