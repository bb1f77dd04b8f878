import type { Day } from '../day.ts'
import { isDeparted, type Employment } from '../people/employment.ts'
import type { PersonnelEntry, PersonnelRead } from '../people/personnel.ts'

/** A person in the register. */
export interface RegisterPerson {
  readonly id: number
  readonly name: string
  readonly employment:
    | (Employment & { readonly source: string; readonly mark?: { readonly on: Day; readonly by: string } | null })
    | null
  /** True if they hold access or keys now. */
  readonly holds: boolean
}

export interface PersonnelState {
  readonly findPerson: (address: string) => RegisterPerson | undefined
  /** All people whom the source reported, and who have not left. */
  readonly reported: readonly RegisterPerson[]
  /** True if two people are proposed as duplicates already, or a person decided that they are not. */
  readonly isPaired: (a: number, b: number) => boolean
  /** The people in the register who may be the same as a new one, by name. */
  readonly mayBe: (entries: readonly PersonnelEntry[]) => ReadonlyMap<PersonnelEntry, readonly string[]>
}

/** One row that changes the register: a new person (null), or a known one. */
export interface PersonnelChange {
  readonly personId: number | null
  readonly name: string
  readonly employment: Employment
  /** All addresses of the row that no other person has. */
  readonly addresses: readonly string[]
  /** Other people of the register to whom addresses of the row belong. */
  readonly alsoKnownAs: readonly number[]
}

/** In the order of the list, the most pressing first. */
export const PERSONNEL_ACTIONS = ['refuse', 'depart', 'doubtful', 'update', 'new', 'same'] as const
export type PersonnelAction = (typeof PERSONNEL_ACTIONS)[number]

export interface PlannedRow {
  /** 0 for a person who is missing from the file. */
  readonly line: number
  readonly column: string | null
  readonly action: PersonnelAction
  readonly subject: string
  readonly detail: string
}

export interface PersonnelPlanned {
  readonly rows: readonly PlannedRow[]
  readonly changes: readonly PersonnelChange[]
  /** People who are missing from a complete file. */
  readonly missing: readonly RegisterPerson[]
  /** People in the file who have left and still hold access or keys. */
  readonly leavers: number
  /** People whom the file reports as employed while another source reports that they have left: they stay leavers. */
  readonly contested: number
}

interface Planning {
  readonly source: string
  readonly today: Day
  /** True if the file contains all people of its source. */
  readonly full: boolean
  readonly current: PersonnelState
}

interface EntryMatch {
  readonly entry: PersonnelEntry
  readonly known: RegisterPerson | undefined
  readonly others: readonly RegisterPerson[]
}

/** Compares an HR file with the register and returns what is new. It merges no people and marks no leavers. */
export function planPersonnel(read: PersonnelRead, planning: Planning): PersonnelPlanned {
  const rows: PlannedRow[] = read.refusals.map((refusal) => ({ ...refusal, action: 'refuse' }))
  const taken = listTaken(read.entries, planning.current, rows)
  const likely = planning.current.mayBe(taken.filter(({ known }) => known === undefined).map(({ entry }) => entry))
  const changes: PersonnelChange[] = []
  let leavers = 0
  let contested = 0
  for (const one of taken) {
    const change = getChange(one, planning.current)
    if (isContested(one, change, planning)) {
      rows.push(contestedRow(one))
      contested += 1
      continue
    }
    const { row, writes } = toRow(one, change, likely.get(one.entry) ?? [], planning)
    rows.push(row)
    if (writes) changes.push(change)
    if (one.known?.holds === true && isDeparted(change.employment, planning.today)) leavers += 1
  }
  const named = new Set(taken.flatMap(({ known, others }) => [known, ...others].map((person) => person?.id)))
  const missing = planning.full ? planning.current.reported.filter((person) => !named.has(person.id)) : []
  for (const person of missing) {
    const detail = 'An earlier file of this source named them, and this one does not.'
    rows.push({ line: 0, column: null, action: 'depart', subject: getSubject(person.name), detail })
  }
  return { rows, changes, missing, leavers, contested }
}

/**
 * One row for each person. If a main address occurs twice, its person is not certain, so the second row is rejected; an
 * alias that several rows have, or that is the main address of another, is left out. Two rows of one person, whose
 * addresses were merged, are one; a person who is employed under either of them is employed.
 */
function listTaken(
  entries: readonly PersonnelEntry[],
  current: PersonnelState,
  rows: PlannedRow[],
): readonly EntryMatch[] {
  const lines = new Map<string, number>()
  const aliases = ownAliases(entries)
  const byPerson = new Map<number, EntryMatch>()
  const taken = new Set<EntryMatch>()
  for (const reported of entries) {
    const { line, name, email } = reported
    const before = lines.get(email)
    if (before !== undefined) {
      const detail = `The address ${email} is on line ${before} too. Keep one of the two rows.`
      rows.push({ line, column: null, action: 'refuse', subject: getSubject(name ?? email), detail })
      continue
    }
    lines.set(email, line)
    const entry = { ...reported, aliases: reported.aliases.filter((alias) => aliases.has(alias)) }
    const addresses = [email, ...entry.aliases]
    const people = [...new Set(addresses.map(current.findPerson).filter((person) => person !== undefined))]
    const known = current.findPerson(entry.email) ?? people[0]
    const one: EntryMatch = { entry, known, others: people.filter((person) => person !== known) }
    const twin = known && byPerson.get(known.id)
    if (twin) {
      const [kept, left] = twin.entry.status === 'departed' && entry.status !== 'departed' ? [one, twin] : [twin, one]
      taken.delete(left)
      taken.add(kept)
      byPerson.set(known.id, kept)
      const detail = `Line ${kept.entry.line} describes the same person, whose addresses were merged.`
      rows.push({
        line: left.entry.line,
        column: null,
        action: 'same',
        subject: getSubject(left.entry.name ?? left.entry.email),
        detail,
      })
    } else {
      taken.add(one)
      if (known) byPerson.set(known.id, one)
    }
  }
  return [...taken]
}

/** Aliases that only one row has, and that are not a main address. */
function ownAliases(entries: readonly PersonnelEntry[]): ReadonlySet<string> {
  const main = new Set(entries.map(({ email }) => email))
  const own = new Set<string>()
  const shared = new Set<string>()
  for (const alias of entries.flatMap((entry) => entry.aliases)) {
    if (main.has(alias) || own.has(alias)) shared.add(alias)
    else own.add(alias)
  }
  return own.difference(shared)
}

/**
 * A directory may still list a person as active after HR reported that they left. That is a finding, not a reason to
 * undo the departure. Only the source that reported it can undo it. A manual mark ends when a file reports a departure,
 * and holds against a file that reports none.
 */
function isContested({ entry, known }: EntryMatch, change: PersonnelChange, { source, today }: Planning): boolean {
  const before = known?.employment ?? null
  if (before?.mark) return entry.status !== 'departed' && (entry.endsOn ?? null) === null
  return (
    before !== null && before.source !== source && isDeparted(before, today) && !isDeparted(change.employment, today)
  )
}

function contestedRow({ entry, known }: EntryMatch): PlannedRow {
  const mark = known?.employment?.mark ?? null
  const detail =
    mark === null
      ? otherSourceSays(known)
      : `Marked as leaving by ${mark.by}, last day ${mark.on}. The file reports no departure, so the mark stays; remove it to import this row.`
  return { line: entry.line, column: null, action: 'same', subject: getSubject(entry.name ?? entry.email), detail }
}

function otherSourceSays(known: RegisterPerson | undefined): string {
  return `${known?.employment?.source ?? 'Another source'} reports that this person has left, and only that source can undo it.`
}

function getChange({ entry, known, others }: EntryMatch, current: PersonnelState): PersonnelChange {
  const before = known?.employment ?? null
  const name = entry.name ?? before?.name ?? known?.name ?? entry.email
  return {
    personId: known?.id ?? null,
    name,
    employment: {
      name,
      externalId: kept(entry.externalId, before?.externalId),
      status: entry.status ?? before?.status ?? 'employed',
      department: kept(entry.department, before?.department),
      manager: kept(entry.manager, before?.manager),
      jobTitle: kept(entry.jobTitle, before?.jobTitle),
      contractor: entry.contractor ?? before?.contractor ?? false,
      startsOn: kept(entry.startsOn, before?.startsOn),
      endsOn: kept(entry.endsOn, before?.endsOn),
    },
    addresses: [entry.email, ...entry.aliases].filter((address) => current.findPerson(address) === undefined),
    alsoKnownAs: others.map((person) => person.id),
  }
}

function kept<T>(reported: T | null | undefined, before: T | null | undefined): T | null {
  return reported === undefined ? (before ?? null) : reported
}

function toRow(
  { entry, known, others }: EntryMatch,
  change: PersonnelChange,
  likely: readonly string[],
  { source, today, current: { isPaired } }: Planning,
): { readonly row: PlannedRow; readonly writes: boolean } {
  const doubt = findContradiction(entry, change, today)
  const row = (action: PersonnelAction, detail: string) => ({
    row: {
      line: entry.line,
      column: null,
      action: doubt === null ? action : ('doubtful' as const),
      subject: getSubject(change.name),
      detail: [detail, doubt].filter((part) => part !== null && part !== '').join(' '),
    },
    writes: action !== 'same',
  })
  if (known === undefined) {
    return likely.length === 0
      ? row('new', change.employment.status === 'departed' ? 'New, and has left.' : 'New.')
      : row('doubtful', `New; possibly the same person as ${listed(likely)}.`)
  }
  const also = others.filter((person) => !isPaired(known.id, person.id)).map(({ name }) => name)
  if (also.length > 0) {
    return row('doubtful', `Addresses of this row also belong to ${listed(also)}. Possibly the same person.`)
  }
  const reported = differences(known, change, source)
  return reported.length === 0 ? row('same', '') : row('update', `${reported.join('; ')}.`)
}

/** A contradiction within a row: a status that means left, before the last day. Null if none. */
function findContradiction(entry: PersonnelEntry, { employment }: PersonnelChange, today: Day): string | null {
  const { status, endsOn } = employment
  // A file without either column does not repeat what another one reported.
  const isSaid = entry.status !== undefined || entry.endsOn !== undefined
  if (!isSaid || status !== 'departed' || endsOn === null || endsOn <= today) return null
  return `The status means that the person has left, but the last day, ${endsOn}, is still to come. Correct the status or the day.`
}

const LABELS = {
  name: 'name',
  externalId: 'number',
  status: 'status',
  department: 'department',
  manager: 'manager',
  jobTitle: 'job title',
  contractor: 'contractor',
  startsOn: 'start',
  endsOn: 'end',
} as const satisfies Record<keyof Employment, string>

const FIELDS = Object.keys(LABELS) as (keyof Employment)[]

function differences(known: RegisterPerson, { employment, addresses }: PersonnelChange, source: string): string[] {
  const before = known.employment
  const more = addresses.length === 0 ? [] : [`address ${addresses.join(', ')}`]
  if (before === null) return [`employment: ${employment.status}`, ...more]
  const changed = FIELDS.filter((field) => before[field] !== employment[field]).map(
    (field) => `${LABELS[field]}: ${said(before[field])} → ${said(employment[field])}`,
  )
  return [...changed, ...(before.source === source ? [] : [`source: ${before.source} → ${source}`]), ...more]
}

function said(value: string | boolean | null): string {
  if (value === null || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value
}

function listed(names: readonly string[]): string {
  const more = names.length - 3
  return `${names.slice(0, 3).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function getSubject(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
