import type { Plan, PlannedProject } from './plan.ts'

/** Names are one when they differ in case or in white space at their edges alone. */
export function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b)
}

/** What a name is found by. */
export function nameKey(name: string): string {
  return name.trim().normalize('NFC').toLowerCase()
}

/** What a job calls a project: its name, with its organization's before it where another has one of that name. */
export function projectRef(
  plan: Pick<Plan, 'projects'>,
  project: Pick<PlannedProject, 'name' | 'organization'>,
): string {
  const alike = plan.projects.filter(({ name }) => sameName(name, project.name))
  return alike.length > 1 ? qualified(project) : project.name
}

function qualified(project: Pick<PlannedProject, 'name' | 'organization'>): string {
  return `${project.organization} / ${project.name}`
}

/** The project that a job means; null for one that is not there, or where several have the name. */
export function resolveProject(plan: Pick<Plan, 'projects'>, ref: string): PlannedProject | null {
  const alike = plan.projects.filter(({ name }) => sameName(name, ref))
  const found = alike.length > 0 ? alike : plan.projects.filter((project) => sameName(qualified(project), ref))
  return found.length === 1 ? (found[0] ?? null) : null
}

/** Things with their names, told apart by a number where two have one. */
export function distinct<T>(things: readonly T[], nameOf: (thing: T) => string): (readonly [T, string])[] {
  const taken = new Set<string>()
  return things.map((thing) => {
    const wanted = nameOf(thing).trim()
    let name = wanted
    for (let n = 2; taken.has(nameKey(name)); n += 1) name = `${wanted} ${n}`
    taken.add(nameKey(name))
    return [thing, name] as const
  })
}
