import type { Day } from '../day.ts'
import { isDeparted, type Employment } from './employment.ts'
import type { PersonnelEntry, PersonnelRead } from './personnel.ts'

/** A person as the register knows them. */
export interface KnownPerson {
  readonly id: number
  readonly name: string
  readonly employment: (Employment & { readonly source: string }) | null
  /** Whether they hold access or keys now. */
  readonly holds: boolean
}

export interface PersonnelState {
  readonly findPerson: (address: string) => KnownPerson | undefined
  /** Everybody of whom the source told, and who has not departed. */
  readonly reported: readonly KnownPerson[]
  /** Whether two people are proposed as one already, or somebody has said that they are not. */
  readonly isPaired: (a: number, b: number) => boolean
  /** Who somebody new may be: the names of people whom the register knows. */
  readonly mayBe: (entries: readonly PersonnelEntry[]) => ReadonlyMap<PersonnelEntry, readonly string[]>
}

/** One row that writes: somebody new (null), or somebody known. */
export interface PersonnelChange {
  readonly personId: number | null
  readonly name: string
  readonly employment: Employment
  /** All addresses of the row that nobody else has. */
  readonly addresses: readonly string[]
  /** Other people of the register to whom addresses of the row belong. */
  readonly alsoKnownAs: readonly number[]
}

/** What wants a look comes first. */
export const PERSONNEL_ACTIONS = ['refuse', 'depart', 'doubtful', 'update', 'new', 'same'] as const
export type PersonnelAction = (typeof PERSONNEL_ACTIONS)[number]

export interface PlannedRow {
  /** 0 for who is missing from the file. */
  readonly line: number
  readonly column: string | null
  readonly action: PersonnelAction
  readonly subject: string
  readonly detail: string
}

export interface PersonnelPlanned {
  readonly rows: readonly PlannedRow[]
  readonly changes: readonly PersonnelChange[]
  /** Who is missing from a file that names everybody. */
  readonly missing: readonly KnownPerson[]
  /** People in the file who have gone and still hold access or keys. */
  readonly leavers: number
  /** Whom the file calls employed while another source says that they have departed: they stay departed. */
  readonly contested: number
}

interface Planning {
  readonly source: string
  readonly today: Day
  /** Whether the file names everybody of its source. */
  readonly full: boolean
  readonly current: PersonnelState
}

interface Taken {
  readonly entry: PersonnelEntry
  readonly known: KnownPerson | undefined
  readonly others: readonly KnownPerson[]
}

/** What a personnel file says that is new, compared with the register. Nothing is merged and nobody departs by it. */
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
 * One row for each person. A main address that stands twice names nobody for certain, so that the second row is refused;
 * an alias that several rows give, or that is the main address of another, is left out. Two rows of one person, whose
 * addresses somebody merged, are one; somebody who works there under either of them works there.
 */
function listTaken(entries: readonly PersonnelEntry[], current: PersonnelState, rows: PlannedRow[]): readonly Taken[] {
  const lines = new Map<string, number>()
  const aliases = ownAliases(entries)
  const byPerson = new Map<number, Taken>()
  const taken = new Set<Taken>()
  for (const reported of entries) {
    const { line, name, email } = reported
    const before = lines.get(email)
    if (before !== undefined) {
      const detail = `The address ${email} stands on line ${before} too. Keep one of the two rows.`
      rows.push({ line, column: null, action: 'refuse', subject: getSubject(name ?? email), detail })
      continue
    }
    lines.set(email, line)
    const entry = { ...reported, aliases: reported.aliases.filter((alias) => aliases.has(alias)) }
    const addresses = [email, ...entry.aliases]
    const people = [...new Set(addresses.map(current.findPerson).filter((person) => person !== undefined))]
    const known = current.findPerson(entry.email) ?? people[0]
    const one: Taken = { entry, known, others: people.filter((person) => person !== known) }
    const twin = known && byPerson.get(known.id)
    if (twin) {
      const [kept, left] = twin.entry.status === 'departed' && entry.status !== 'departed' ? [one, twin] : [twin, one]
      taken.delete(left)
      taken.add(kept)
      byPerson.set(known.id, kept)
      const detail = `Line ${kept.entry.line} tells of the same person, whose addresses were merged.`
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

/** Aliases that only one row gives, and that are nobody's main address. */
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
 * A directory may well list somebody as active whom personnel has let go: that is what is to be found, and no reason to
 * take the departure back. Only the source that told of it does.
 */
function isContested({ known }: Taken, change: PersonnelChange, { source, today }: Planning): boolean {
  const before = known?.employment ?? null
  return (
    before !== null && before.source !== source && isDeparted(before, today) && !isDeparted(change.employment, today)
  )
}

function contestedRow({ entry, known }: Taken): PlannedRow {
  const detail = `${known?.employment?.source ?? 'Another source'} says that this person has departed, and only that source takes it back.`
  return { line: entry.line, column: null, action: 'same', subject: getSubject(entry.name ?? entry.email), detail }
}

function getChange({ entry, known, others }: Taken, current: PersonnelState): PersonnelChange {
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
  { entry, known, others }: Taken,
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
      ? row('new', change.employment.status === 'departed' ? 'New, and departed.' : 'New.')
      : row('doubtful', `New; perhaps the same person as ${listed(likely)}.`)
  }
  const also = others.filter((person) => !isPaired(known.id, person.id)).map(({ name }) => name)
  if (also.length > 0) {
    return row('doubtful', `Addresses of this row also belong to ${listed(also)}. Perhaps the same person.`)
  }
  const reported = differences(known, change, source)
  return reported.length === 0 ? row('same', '') : row('update', `${reported.join('; ')}.`)
}

/** What a row says against itself: a status of departed before the last day. Null where it does not. */
function findContradiction(entry: PersonnelEntry, { employment }: PersonnelChange, today: Day): string | null {
  const { status, endsOn } = employment
  // A file without either column does not repeat what another one said.
  const isSaid = entry.status !== undefined || entry.endsOn !== undefined
  if (!isSaid || status !== 'departed' || endsOn === null || endsOn <= today) return null
  return `The status means departed, and the last day, ${endsOn}, is still to come. Correct the status or the day.`
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

function differences(known: KnownPerson, { employment, addresses }: PersonnelChange, source: string): string[] {
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
