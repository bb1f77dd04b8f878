import { addDays, type Day } from '../../../shared/domain/day.ts'
import { emailDomain } from '../../../shared/domain/email.ts'
import type { Employment } from '../../../shared/domain/people/employment.ts'
import { between } from './kit/draw.ts'
import { CHIARA, DARIUS, KWAME, PRIYA, SOREN, TOMAS } from './kit/northfold-people.ts'
import { standsOn, type ClientPlan, type DaysAgo, type OrganizationPlan, type PersonPlan } from './kit/plan.ts'

/** The HR record of a person, found by the address. */
export interface SampleEmployment extends Employment {
  readonly email: string
  readonly source: string
}

/** Special cases: days are before today, negative ones are still to come. */
interface Exception extends Partial<Pick<Employment, 'status' | 'department' | 'jobTitle' | 'contractor'>> {
  readonly ends?: DaysAgo
}

const FREELANCER = { contractor: true, department: 'Freelance' } as const

const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  // Left the agency; two clients were not informed, and one of them still uses a key in this name.
  [DARIUS.email]: { status: 'departed', ends: 6, department: 'Engineering', jobTitle: 'Backend Developer' },
  'oluwaseun.adebayo@northfold.example': { ends: -20, jobTitle: 'Frontend Developer' },
  'ewa.nowicka@northfold.example': { status: 'leave' },
  [CHIARA.email]: { ...FREELANCER, jobTitle: 'Motion Designer' },
  [SOREN.email]: { ...FREELANCER, jobTitle: 'Data Engineer' },
  [KWAME.email]: { ...FREELANCER, jobTitle: 'Machine Learning Engineer' },
  [PRIYA.email]: { department: 'Engineering', jobTitle: 'Engineering Manager' },
  'jane.smith@acme.example': { department: 'Technology', jobTitle: 'CTO' },
  'john.doe@acme.example': { department: 'Engineering', jobTitle: 'Engineering Manager' },
  'alice.dev@acme.example': { department: 'Engineering', jobTitle: 'Backend Developer' },
  'bob.analyst@acme.example': { department: 'Analytics', jobTitle: 'Data Analyst' },
  // A developer with access to everything, and a finance employee who calls the API.
  'yetunde.balogun@quillmarsh.example': { department: 'Engineering', jobTitle: 'Backend Developer' },
  'wren.ashdown@quillmarsh.example': { department: 'Finance', jobTitle: 'Financial Controller' },
}

/** Accounts of the agency's people in the directories of clients, under names and addresses that are only similar. */
const GUESTS = [
  { client: 'acme-corp', name: TOMAS.name, email: 'tomas.okafor@acme.example' },
  { client: 'vane-orchard', name: 'Kobayashi, Hana', email: 'h.kobayashi@vane-orchard.example' },
] as const

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

/**
 * HR records of most people who were there at the last syncs: people without a name, and outsiders who are not
 * contractors of the agency, are in no HR file.
 */
export function sampleEmployment(clients: readonly ClientPlan[], today: Day): readonly SampleEmployment[] {
  const everyone = clients.flatMap(({ organizations }) => organizations).flatMap(listPeople)
  const present = new Map(everyone.flatMap((one) => (one.isPresent ? [[one.plan.email, one.plan] as const] : [])))
  const listed = [...present.values()].flatMap(({ email, name }, index) => {
    const home = findHomeClient(email, clients)
    if (home === undefined || name === null || name === '') return []
    const plans = everyone.flatMap(({ plan }) => (plan.email === email ? [plan] : []))
    const number = `${home.slug}-${String(index + 1).padStart(4, '0')}`
    return [readEmployment(name, email, plans, number, `${home.slug}-personnel.csv`, today)]
  })
  return [...listed, ...GUESTS.map(makeGuest)]
}

function makeGuest({ client, name, email }: (typeof GUESTS)[number], index: number): SampleEmployment {
  return {
    email,
    source: `${client}-personnel.csv`,
    externalId: `${client}-guest-${index + 1}`,
    name,
    status: 'employed',
    department: 'Guests',
    manager: null,
    jobTitle: null,
    contractor: false,
    startsOn: null,
    endsOn: null,
  }
}

function listPeople(organization: OrganizationPlan): { readonly plan: PersonPlan; readonly isPresent: boolean }[] {
  const last = organization.syncs.at(-1)
  return organization.people.map((plan) => ({ plan, isPresent: last !== undefined && standsOn(plan, last) }))
}

/** Which HR file lists a person: that of the domain; freelancers are in the agency's. */
function findHomeClient(email: string, clients: readonly ClientPlan[]): ClientPlan | undefined {
  const own = clients.find((client) => client.domains.includes(emailDomain(email) ?? ''))
  if (own !== undefined || EXCEPTIONS[email]?.contractor !== true) return own
  return clients.find((client) => client.kind === 'internal')
}

function readEmployment(
  name: string,
  email: string,
  plans: readonly PersonPlan[],
  externalId: string,
  source: string,
  today: Day,
): SampleEmployment {
  const { ends, ...exception } = EXCEPTIONS[email] ?? {}
  const [department, titles] = makeWork(plans)
  const joined = Math.max(...plans.map((plan) => plan.from)) + between(`joined/${email}`, 5, 400)
  return {
    email,
    source,
    externalId,
    name,
    status: 'employed',
    department,
    manager: null,
    jobTitle: titles[between(`title/${email}`, 0, titles.length - 1)] ?? null,
    contractor: false,
    startsOn: addDays(today, -joined),
    ...exception,
    endsOn: ends === undefined ? null : addDays(today, -ends),
  }
}

function makeWork(plans: readonly PersonPlan[]): Work {
  const roles = new Set(plans.map((plan) => plan.role))
  const strongest = STRENGTH.find((role) => roles.has(role))
  if (strongest !== undefined) return WORK_OF[strongest] ?? USING
  const inside = plans.flatMap((plan) => Object.values(plan.projects))
  return inside.some((role) => role !== 'viewer' && role !== 'workspace_user') ? BUILDING : USING
}
