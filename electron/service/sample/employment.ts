import { addDays, getDay } from '../../../shared/domain/day.ts'
import { emailDomain } from '../../../shared/domain/email.ts'
import type { Employment } from '../../../shared/domain/people/employment.ts'
import type { ClientDescription, FileContent } from './client.ts'
import { between } from './draw.ts'

/** The HR record of a person, found by the address. */
export interface SampleEmployment extends Employment {
  readonly email: string
  readonly source: string
}

type Work = readonly [department: string, titles: readonly string[]]

const LEADING: Work = ['Technology', ['Head of Platform', 'Engineering Manager', 'Security Lead', 'VP Engineering']]
const BUILDING: Work = [
  'Engineering',
  ['Backend Developer', 'Data Scientist', 'Machine Learning Engineer', 'Frontend Developer', 'Researcher'],
]
const PAYING: Work = ['Finance', ['Finance Manager', 'Accountant']]
const USING: Work = ['Operations', ['Product Manager', 'Support Specialist', 'Copywriter', 'Consultant']]

/** The highest role that a person has in any organization suggests their job. */
const WORK_OF: Readonly<Record<string, Work>> = { owner: LEADING, admin: LEADING, billing: PAYING, developer: BUILDING }
const STRENGTH = ['owner', 'admin', 'developer', 'billing']

/** A person's accounts: the role on each organization, since when, and the roles on its projects. */
interface Person {
  readonly name: string
  readonly accounts: { readonly role: string; readonly addedAt: number; readonly inside: readonly string[] }[]
}

/**
 * HR records of most people who were there at the last syncs: people without a name, and outsiders who are not
 * contractors of the agency, are in no HR file.
 */
export function sampleEmployment(clients: readonly ClientDescription[]): readonly SampleEmployment[] {
  const people = new Map<string, Person>()
  for (const { now } of clients.flatMap(({ organizations }) => organizations)) addPeople(people, now)
  const own = new Map(clients.flatMap(({ personnel }) => personnel.map((record) => [record.email, record])))
  const guests = [...own.values()].flatMap(({ email, name }) => (name === undefined ? [] : [{ email, name }]))
  const listed = [...people].map(([email, { name }]) => ({ email, name }))
  return [...listed, ...guests].flatMap(({ email, name }, index): readonly SampleEmployment[] => {
    const { endsOn, ...work } = own.get(email) ?? { email, name }
    const home =
      clients.find(({ domains }) => domains.includes(emailDomain(email) ?? '')) ??
      (work.contractor === true ? clients.find(({ kind }) => kind === 'internal') : undefined)
    if (home === undefined) return []
    const accounts = people.get(email)?.accounts ?? []
    const isGuest = accounts.length === 0
    const [department, titles] = makeWork(accounts)
    const joined = Math.min(...accounts.map(({ addedAt }) => addedAt))
    return [
      {
        source: `${home.slug}-personnel.csv`,
        externalId: `${home.slug}-${String(index + 1).padStart(4, '0')}`,
        status: 'employed',
        department,
        manager: null,
        jobTitle: isGuest ? null : (titles[between(`title/${email}`, 0, titles.length - 1)] ?? null),
        contractor: false,
        startsOn: isGuest ? null : addDays(getDay(joined), -between(`joined/${email}`, 5, 400)),
        ...work,
        name,
        endsOn: endsOn === undefined ? null : getDay(Date.parse(endsOn)),
      },
    ]
  })
}

function addPeople(people: Map<string, Person>, now: FileContent | undefined): void {
  for (const { id, kind, name, email, role, addedAt } of now?.principals ?? []) {
    if (kind !== 'user' || !name || !email) continue
    const inside = (now?.grants ?? []).filter(({ principal }) => principal === id).map((grant) => grant.role)
    const account = { role: role ?? '', addedAt: Date.parse(addedAt ?? ''), inside }
    const known = people.get(email)
    if (known === undefined) people.set(email, { name, accounts: [account] })
    else known.accounts.push(account)
  }
}

function makeWork(accounts: Person['accounts']): Work {
  const strongest = STRENGTH.find((role) => accounts.some((account) => account.role === role))
  if (strongest !== undefined) return WORK_OF[strongest] ?? USING
  const inside = accounts.flatMap((account) => account.inside)
  return inside.some((role) => role !== 'viewer' && role !== 'workspace_user') ? BUILDING : USING
}
