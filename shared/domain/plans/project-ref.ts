import { sameName } from '../text/names.ts'
import type { Plan, PlannedProject } from './plan.ts'

/** The name of a project in a job: its name, preceded by its organization's if another project has the same name. */
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

/** The project that a job refers to; null if there is none, or if several have the name. */
export function resolveProject(plan: Pick<Plan, 'projects'>, ref: string): PlannedProject | null {
  const alike = plan.projects.filter(({ name }) => sameName(name, ref))
  const found = alike.length > 0 ? alike : plan.projects.filter((project) => sameName(qualified(project), ref))
  return found.length === 1 ? (found[0] ?? null) : null
}
