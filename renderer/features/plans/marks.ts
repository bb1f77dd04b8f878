import type { DriftDifference } from '../../../shared/contract/plan-apply.ts'
import { sameName } from '../../../shared/domain/text/names.ts'

/** How a part of a plan compares with reality. */
export type MarkOf = 'planned' | 'missing' | 'different'

/** The marks of a plan's parts; null when nothing was compared. */
export interface Marks {
  readonly organization: (name: string) => MarkOf | null
  readonly project: (organization: string, name: string) => MarkOf | null
  readonly key: (organization: string, name: string) => MarkOf | null
}

export const NO_MARKS: Marks = { organization: () => null, project: () => null, key: () => null }

/** Marks by difference. A thing that exists only in reality has no part of the plan to mark. */
export function getMarks(differences: readonly DriftDifference[]): Marks {
  const mark = (of: readonly DriftDifference[]): MarkOf => {
    if (of.some(({ kind }) => kind === 'missing')) return 'missing'
    return of.length > 0 ? 'different' : 'planned'
  }
  const about = (organization: string, part: DriftDifference['part'], name: string): DriftDifference[] =>
    differences.filter(
      (one) =>
        one.kind !== 'extra' &&
        one.part === part &&
        sameName(one.organization, organization) &&
        sameName(one.name, name),
    )
  return {
    organization: (name) => mark(about(name, 'organization', name)),
    project: (organization, name) => {
      const inside = differences.filter(
        (one) =>
          one.part !== 'project' &&
          one.part !== 'key' &&
          one.kind !== 'missing' &&
          one.project !== null &&
          sameName(one.organization, organization) &&
          sameName(one.project, name),
      )
      const own = mark(about(organization, 'project', name))
      return own === 'planned' && inside.length > 0 ? 'different' : own
    },
    key: (organization, name) => mark(about(organization, 'key', name)),
  }
}
