import { counted } from '../counted.ts'
import { dollarText } from '../text/money.ts'
import type { PlanDifference, PlanPart } from './difference.ts'
import { nameKey } from '../text/names.ts'
import type { Plan, PlannedLimit, PlannedProject } from './plan.ts'

/** A part of a plan for comparison: by its name, and by what it consists of. */
interface Item {
  readonly name: string
  /** The key to match it by; the name unless it is inside another part. */
  readonly key: string
  /** In words; null if empty. */
  readonly fields: Readonly<Record<string, string | null>>
  /** The content apart from the name; null if it consists of its name only. */
  readonly shape: string | null
}

/**
 * How the plan `b` differs from `a`: parts are matched by name, ignoring case, then by shape if exactly one on each
 * side has it, which is reported as a rename. The order within lists does not count.
 */
export function diffPlans(a: Plan, b: Plan): readonly PlanDifference[] {
  const projects = matched(projectItems(a), projectItems(b))
  // A key of a project that was renamed has not moved.
  const renamed = new Map(projects.pairs.map(([before, after]) => [before.key, after.name]))
  const keys = matched(keyItems(a, renamed), keyItems(b))
  return [
    ...changes('company', matched([companyItem(a)], [companyItem(b)])),
    ...changes('organization', matched(organizationItems(a), organizationItems(b))),
    ...changes('team', matched(teamItems(a), teamItems(b))),
    ...changes('environment', matched(wordItems(a.environments), wordItems(b.environments))),
    ...changes('project', projects),
    ...changes('key', keys),
    ...changes('job', matched(jobItems(a), jobItems(b))),
    ...changes('person', matched(personItems(a), personItems(b))),
    ...changes('naming', matched([namingItem(a)], [namingItem(b)])),
    ...changes('review', matched(reviewItems(a), reviewItems(b))),
    ...changes('attribution', matched(attributionItems(a), attributionItems(b))),
    ...changes('choice', matched(choiceItems(a), choiceItems(b))),
  ]
}

interface ItemMatch {
  readonly pairs: readonly (readonly [Item, Item])[]
  readonly removed: readonly Item[]
  readonly added: readonly Item[]
}

function matched(before: readonly Item[], after: readonly Item[]): ItemMatch {
  const byKey = Map.groupBy(after, ({ key }) => key)
  const pairs: (readonly [Item, Item])[] = []
  const left = before.filter((item) => {
    const other = byKey.get(item.key)?.shift()
    if (other !== undefined) pairs.push([item, other])
    return other === undefined
  })
  const right = [...byKey.values()].flat()
  const shapes = Map.groupBy(right, ({ shape }) => shape)
  const ofShape = Map.groupBy(left, ({ shape }) => shape)
  const removed = left.filter((item) => {
    const [other, ...more] = item.shape === null ? [] : (shapes.get(item.shape) ?? [])
    const isSole = other !== undefined && more.length === 0 && ofShape.get(item.shape)?.length === 1
    if (isSole) pairs.push([item, other])
    return !isSole
  })
  const taken = new Set(pairs.map(([, other]) => other))
  return { pairs, removed, added: right.filter((item) => !taken.has(item)) }
}

function changes(part: PlanPart, { pairs, removed, added }: ItemMatch): PlanDifference[] {
  const whole = { part, field: null, before: null, after: null } as const
  return [
    ...removed.map(({ name }) => ({ ...whole, kind: 'removed' as const, name })),
    ...added.map(({ name }) => ({ ...whole, kind: 'added' as const, name })),
    ...pairs.flatMap(([before, after]): PlanDifference[] => [
      ...(ownName(before) === ownName(after)
        ? []
        : [{ ...whole, kind: 'renamed' as const, name: after.name, before: before.name, after: after.name }]),
      ...Object.keys(after.fields).flatMap((field): PlanDifference[] => {
        const [was, is] = [before.fields[field] ?? null, after.fields[field] ?? null]
        return was === is ? [] : [{ kind: 'changed', part, name: after.name, field, before: was, after: is }]
      }),
    ]),
  ]
}

/** The name of a key without its project, which is a field of it. */
function ownName({ name, fields }: Item): string {
  const { project } = fields
  return project === undefined || project === null ? name : name.slice(project.length)
}

type Fields = Item['fields']

function item(name: string, fields: Fields, shape: string | null = null): Item {
  return { name, key: nameKey(name), fields, shape }
}

function companyItem({ name }: Plan): Item {
  return { name, key: 'company', fields: {}, shape: null }
}

function organizationItems(plan: Plan): Item[] {
  return plan.organizations.map(({ name, provider, reason, limit }) => {
    const own = plan.projects.filter((project) => nameKey(project.organization) === nameKey(name))
    const shape = own.length === 0 ? null : JSON.stringify([provider, sorted(own.map((project) => project.name))])
    return item(name, { provider, reason, limit: limitText(limit) }, shape)
  })
}

function teamItems(plan: Plan): Item[] {
  return plan.teams.map(({ name, lead }) => {
    const own = plan.projects.filter(({ team }) => team !== null && nameKey(team) === nameKey(name))
    return item(name, { lead }, own.length === 0 ? null : JSON.stringify(sorted(own.map((project) => project.name))))
  })
}

function wordItems(words: readonly string[]): Item[] {
  return words.map((word) => item(word, {}))
}

function projectItems(plan: Plan): Item[] {
  const seen = Map.groupBy(plan.projects, ({ name }) => nameKey(name))
  return plan.projects.map((project) => {
    const { name, organization, team, application, environments, limit } = project
    const isAmbiguous = (seen.get(nameKey(name))?.length ?? 0) > 1
    const fields = { organization, team, application, environments: listText(environments), limit: limitText(limit) }
    return { name, key: isAmbiguous ? getPlace(project) : nameKey(name), fields, shape: projectShape(project) }
  })
}

function getPlace({ name, organization }: PlannedProject): string {
  return `${nameKey(organization)} / ${nameKey(name)}`
}

/** A project is recognized by its keys. One without keys consists of its name only. */
function projectShape({ keys, organization }: PlannedProject): string | null {
  return keys.length === 0 ? null : JSON.stringify([nameKey(organization), sorted(keys.map(({ name }) => name))])
}

/** By name in any project, so that a moved key is recognized; by project too if several have the name. */
function keyItems(plan: Plan, renamed: ReadonlyMap<string, string> = new Map()): Item[] {
  const seen = Map.groupBy(
    plan.projects.flatMap(({ keys }) => keys),
    ({ name }) => nameKey(name),
  )
  const projects = projectItems(plan)
  return plan.projects.flatMap((project, at) => {
    const own = renamed.get(projects[at]?.key ?? '') ?? project.name
    return project.keys.map(({ name, environment, purpose, rotationDays }): Item => {
      const isAmbiguous = (seen.get(nameKey(name))?.length ?? 0) > 1
      return {
        name: `${own} / ${name}`,
        key: isAmbiguous ? `${nameKey(own)} / ${nameKey(name)}` : nameKey(name),
        fields: {
          project: own,
          environment,
          purpose,
          rotation: rotationDays === null ? null : counted(rotationDays, 'day'),
        },
        shape: purpose === '' ? null : JSON.stringify([nameKey(own), environment, nameKey(purpose)]),
      }
    })
  })
}

function jobItems(plan: Plan): Item[] {
  return plan.jobs.map(({ name, level, projects, note }) => {
    const people = plan.people.filter(({ job }) => nameKey(job) === nameKey(name)).map(({ email }) => email)
    const fields = { level, projects: projects === 'all' ? 'all' : listText(projects), note }
    return item(name, fields, people.length === 0 ? null : JSON.stringify([level, sorted(people)]))
  })
}

/** A person with two jobs occurs twice. */
function personItems(plan: Plan): Item[] {
  const several = Map.groupBy(plan.people, ({ email }) => nameKey(email))
  return plan.people.map(({ name, email, job }) => {
    const isSole = (several.get(nameKey(email))?.length ?? 0) === 1
    const key = isSole ? nameKey(email) : `${nameKey(email)} ${nameKey(job)}`
    return { name: name === '' ? email : name, key, fields: { email, job }, shape: null }
  })
}

function namingItem({ naming }: Plan): Item {
  const fields = { pattern: naming.pattern, examples: listText(naming.examples) }
  return { name: 'Convention', key: 'naming', fields, shape: null }
}

function reviewItems(plan: Plan): Item[] {
  return plan.reviews.map(({ about, months }) => item(about, { months: String(months) }))
}

function attributionItems(plan: Plan): Item[] {
  return plan.attribution.map(({ says, report, by, to }) => item(says, { report, by, to }, null))
}

function choiceItems(plan: Plan): Item[] {
  return plan.choices.map(({ question, answer, rule, overridden }) => item(question, { answer, rule, overridden }))
}

function sorted(names: readonly string[]): string[] {
  return names.map((name) => nameKey(name)).toSorted((one, other) => (one < other ? -1 : Number(one > other)))
}

function listText(names: readonly string[]): string | null {
  return names.length === 0 ? null : names.join(', ')
}

/** For people: `$500.00 a month, hard limit, alerts at 50, 80 %`. */
export function limitText(limit: PlannedLimit | null): string | null {
  if (limit === null) return null
  const reported = limit.thresholds.length === 0 ? '' : `, alerts at ${limit.thresholds.join(', ')} %`
  return `$${dollarText(limit.amount)} a month, ${limit.enforcement === 'hard' ? 'hard limit' : 'alert only'}${reported}`
}
