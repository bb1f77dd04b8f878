import { between } from './draw.ts'
import type { DaysAgo, PersonPlan, ProjectRoles } from './plan.ts'

/** One line of a staff table: name, organization role, days since joined, roles on projects, and special cases. */
export type StaffLine = readonly [
  name: string,
  role: string,
  joined: DaysAgo,
  projects: ProjectRoles,
  more?: Partial<PersonPlan>,
]

/** Latin letters that do not decompose into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', ß: 'ss', þ: 'th', ð: 'd', æ: 'ae', đ: 'd', ı: 'i' }

/** The part of an address before the @: `Zoë van Dijk` → `zoe.vandijk`. */
function localPart(name: string): string {
  const [first = '', ...rest] = name
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[øłßþðæđı]/gu, (letter) => LETTERS[letter] ?? '')
    .replaceAll(/[^a-z\s-]/gu, '')
    .trim()
    .split(/\s+/u)
  return [first, rest.join('')].filter((part) => part !== '').join('.')
}

export function getAddress(name: string, domain: string): string {
  return `${localPart(name)}@${domain}`
}

/** Turns a staff table into people of one domain. Most used the API in the last days; readers without a project never did. */
export function staff(domain: string, lines: readonly StaffLine[]): readonly PersonPlan[] {
  return lines.map(([name, role, joined, projects, more]) => {
    const email = more?.email ?? getAddress(name, domain)
    const idle = Object.keys(projects).length === 0 && role !== 'owner' && role !== 'admin'
    return {
      name,
      email,
      role,
      from: joined,
      projects,
      lastUsed: idle ? null : Math.min(joined, between(`used/${email}`, 1, 21)),
      ...more,
    }
  })
}

/** People of another organization in this one, with their roles here. */
export function guests(
  lines: readonly (readonly [
    who: Pick<PersonPlan, 'name' | 'email'>,
    role: string,
    joined: DaysAgo,
    projects: ProjectRoles,
    more?: Partial<PersonPlan>,
  ])[],
): readonly PersonPlan[] {
  return lines.flatMap(([who, role, joined, projects, more]) =>
    staff('', [[who.name ?? '', role, joined, projects, { ...more, name: who.name, email: who.email }]]),
  )
}

/** Marks the people as reviewed some days ago, except those who joined since or were marked otherwise. */
export function reviewed(people: readonly PersonPlan[], on: DaysAgo): readonly PersonPlan[] {
  return people.map((one) => (one.from < on || one.reviewed !== undefined ? one : { ...one, reviewed: on }))
}
