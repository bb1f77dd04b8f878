import { sameName } from '../text/names.ts'
import type { Plan, PlannedProject } from './plan.ts'

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
