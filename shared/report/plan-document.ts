import type { BlockContent, List, Root, RootContent, Table, TableRow } from 'mdast'

import { counted } from '../domain/counted.ts'
import { limitText } from '../domain/plans/diff.ts'
import { jobRoles, jobRolesText } from '../domain/plans/job-roles.ts'
import { nameKey } from '../domain/text/names.ts'
import type { Plan, PlannedJob, PlannedReview } from '../domain/plans/plan.ts'
import type { PlanProblem } from '../domain/plans/problem.ts'
import { providerName } from '../domain/providers/providers.ts'
import { roleLabel } from '../domain/role.ts'
import { type OutlineLine, type PlanDiagram, isolationDiagram, structureDiagrams } from './plan-mermaid.ts'
import { said } from '../domain/text/said.ts'

export interface PlanDocument {
  /** Of the draft, such as `Exercise`. */
  readonly title: string
  readonly version: number
  readonly plan: Plan
  readonly problems: readonly PlanProblem[]
}

/** The form of diagrams in the document: as code that the viewer draws, or as lists that everyone can read. */
export type DiagramForm = 'mermaid' | 'list'

/** The document of a plan as a tree of Markdown. Names are plain text in it, whatever they contain. */
export function planTree({ title, version, plan, problems }: PlanDocument, form: DiagramForm): Root {
  return {
    type: 'root',
    children: [
      heading(1, `${plan.name}: AI access plan`),
      paragraph(`Plan “${title}”, version ${version}: ${counts(plan)}.`),
      heading(2, 'Organization Structure'),
      ...drawn(isolationDiagram(plan), form),
      ...structureDiagrams(plan).flatMap((one) => drawn(one, form)),
      ...organizations(plan),
      ...projects(plan),
      heading(2, 'Role Assignments'),
      ...roles(plan),
      heading(2, 'Key Naming Convention'),
      { type: 'code', lang: null, value: oneLine(plan.naming.pattern) },
      ...examples(plan),
      heading(2, 'Keys'),
      ...keys(plan),
      heading(2, 'Limits'),
      ...limits(plan),
      heading(2, 'Access Reviews'),
      ...reviews(plan),
      heading(2, 'Attribution Strategy'),
      ...attribution(plan),
      ...choices(plan),
      ...openPoints(problems),
    ],
  }
}

function counts({ organizations: of, projects: own, jobs, people }: Plan): string {
  const planned = own.reduce((sum, project) => sum + project.keys.length, 0)
  return [
    counted(of.length, 'organization'),
    counted(own.length, 'project'),
    counted(planned, 'key'),
    counted(jobs.length, 'job'),
    counted(people.length, 'person', 'people'),
  ].join(', ')
}

function organizations(plan: Plan): RootContent[] {
  if (plan.organizations.length < 2) return []
  const rows = plan.organizations.map(({ name, provider, reason }) => [name, providerName(provider), reason ?? ''])
  return [table(['Organization', 'Provider', 'Reason for separation'], rows)]
}

function projects(plan: Plan): RootContent[] {
  if (plan.projects.length === 0) return [paragraph('No projects are planned yet.')]
  const rows = plan.projects.map(({ name, organization, team, application, environments }) => [
    name,
    organization,
    team ?? 'All',
    application ?? '',
    environments.join(', '),
  ])
  return [table(['Project', 'Organization', 'Team', 'Application', 'Environments'], rows)]
}

function roles(plan: Plan): RootContent[] {
  if (plan.jobs.length === 0) return [paragraph('No jobs are planned yet.')]
  const hasNotes = plan.jobs.some(({ note }) => note !== null)
  const rows = plan.jobs.map((job) => [
    job.name,
    roleLabel(job.level),
    projectsText(job),
    atProviders(plan, job),
    ...(hasNotes ? [job.note ?? ''] : []),
  ])
  const people = plan.people.map(({ name, email, job }) => [name, email, job])
  return [
    table(['Person', 'Role', 'Projects', 'At the provider', ...(hasNotes ? ['Note'] : [])], rows),
    ...(people.length === 0 ? [] : [heading(3, 'People'), table(['Name', 'E-mail', 'Job'], people)]),
  ]
}

function projectsText({ projects: own, level }: PlannedJob): string {
  if (own === 'all') return 'All'
  if (own.length === 0) return level === 'reader' ? 'None (usage viewing)' : 'None'
  return own.length === 1 ? `${own.join('')} only` : own.join(', ')
}

/** The provider's own words. */
function atProviders(plan: Plan, job: PlannedJob): string {
  return jobRoles(plan, job)
    .map((at) => `${providerName(at.provider)}: ${jobRolesText(at)}`)
    .join('; ')
}

function examples({ naming }: Plan): RootContent[] {
  return naming.examples.length === 0 ? [] : [paragraph('Examples:'), bullets(naming.examples)]
}

function keys(plan: Plan): RootContent[] {
  const rows = plan.projects.flatMap((project) =>
    project.keys.map(({ name, environment, purpose, rotationDays }) => [
      name,
      project.name,
      environment ?? '',
      purpose,
      rotationDays === null ? 'By policy' : `Every ${counted(rotationDays, 'day')}`,
    ]),
  )
  if (rows.length === 0) return [paragraph('No keys are planned yet.')]
  return [table(['Key', 'Project', 'Environment', 'Purpose', 'Rotation'], rows)]
}

function limits(plan: Plan): RootContent[] {
  const rows = [
    ...plan.organizations.map(({ name, limit }) => [`${name} (whole organization)`, limitText(limit)] as const),
    ...plan.projects.map(({ name, limit }) => [name, limitText(limit)] as const),
  ].flatMap(([name, limit]) => (limit === null ? [] : [[name, limit]]))
  return rows.length === 0 ? [paragraph('No limits are planned.')] : [table(['Where', 'Limit'], rows)]
}

const REVIEWS: Readonly<Record<PlannedReview['about'], readonly [string, string]>> = {
  departed: ['Remove former employees', 'Revoke all access'],
  roles: ['Review role assignments', 'Demote over-privileged users'],
  keys: ['Audit API key usage', 'Revoke unused keys'],
  projects: ['Check project membership', 'Remove from inactive projects'],
  admins: ['Review admin accounts', 'Minimize admin count'],
}

const FREQUENCIES: ReadonlyMap<number, string> = new Map([
  [0, 'Immediately'],
  [1, 'Monthly'],
  [3, 'Quarterly'],
  [6, 'Twice a year'],
  [12, 'Yearly'],
])

function reviews(plan: Plan): RootContent[] {
  if (plan.reviews.length === 0) return [paragraph('No reviews are planned.')]
  const rows = plan.reviews.map(({ about, months }) => {
    const [check, action] = REVIEWS[about]
    return [check, FREQUENCIES.get(months) ?? `Every ${counted(months, 'month')}`, action]
  })
  return [table(['Check', 'Frequency', 'Action'], rows)]
}

function attribution(plan: Plan): RootContent[] {
  if (plan.attribution.length === 0) return [paragraph('Nothing is planned.')]
  const reports = plan.attribution.flatMap(({ report, by, to }) =>
    report === null ? [] : [[report === 'weekly' ? 'Weekly' : 'Monthly', by ?? '', to ?? '']],
  )
  const leads = plan.teams.flatMap(({ name, lead }) => {
    const own = plan.projects.filter(({ team }) => team !== null && nameKey(team) === nameKey(name))
    return lead === null ? [] : [[lead, name, own.map((project) => project.name).join(', ')]]
  })
  return [
    { ...bullets(plan.attribution.map(({ says }) => says)), ordered: true, start: 1 },
    ...(reports.length === 0 ? [] : [table(['Report', 'By', 'To'], reports)]),
    ...(leads.length === 0 ? [] : [table(['Team lead', 'Team', 'Projects'], leads)]),
  ]
}

function choices(plan: Plan): RootContent[] {
  if (plan.choices.length === 0) return []
  const rows = plan.choices.map(({ question, answer, rule, overridden }) => [question, answer, rule, overridden ?? ''])
  return [heading(2, 'Choices'), table(['Question', 'Answer', 'Rule', 'Reason for the exception'], rows)]
}

function openPoints(problems: readonly PlanProblem[]): RootContent[] {
  if (problems.length === 0) return []
  return [heading(2, 'Open Points'), bullets(problems.map(({ says, hint }) => `${says} ${hint}`))]
}

function drawn(diagram: PlanDiagram | null, form: DiagramForm): RootContent[] {
  if (diagram === null) return []
  return [form === 'mermaid' ? { type: 'code', lang: 'mermaid', value: diagram.mermaid } : outlineTree(diagram.outline)]
}

/** Lines with depths, as lists within lists. */
function outlineTree(lines: readonly OutlineLine[]): List {
  const depth = lines[0]?.depth ?? 0
  const heads = lines.flatMap((line, at) => (line.depth === depth ? [at] : []))
  return {
    type: 'list',
    spread: false,
    children: heads.map((at, index) => {
      const below = lines.slice(at + 1, heads[index + 1])
      const own: BlockContent[] = [paragraph(lines[at]?.text ?? '')]
      return { type: 'listItem', spread: false, children: below.length === 0 ? own : [...own, outlineTree(below)] }
    }),
  }
}

function oneLine(text: string): string {
  return said(text).replaceAll(/\s+/gu, ' ').trim()
}

function parseText(value: string): { type: 'text'; value: string } {
  return { type: 'text', value: oneLine(value) }
}

function heading(depth: 1 | 2 | 3, value: string): RootContent {
  return { type: 'heading', depth, children: [parseText(value)] }
}

function paragraph(value: string): { type: 'paragraph'; children: [{ type: 'text'; value: string }] } {
  return { type: 'paragraph', children: [parseText(value)] }
}

function bullets(lines: readonly string[]): List {
  return {
    type: 'list',
    spread: false,
    children: lines.map((line) => ({ type: 'listItem', spread: false, children: [paragraph(line)] })),
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): Table {
  const row = (cells: readonly string[]): TableRow => ({
    type: 'tableRow',
    children: cells.map((cell) => ({ type: 'tableCell', children: [parseText(cell)] })),
  })
  return { type: 'table', children: [row(head), ...rows.map(row)] }
}
