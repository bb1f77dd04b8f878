import type { PlanProblem } from '../../../shared/domain/plans/problem.ts'
import type { PlanPartRef } from './chosen.ts'
import type { PlanTab } from './search.ts'

const TABS: readonly (readonly [begins: RegExp, tab: PlanTab])[] = [
  [/^(?:people|jobs)\b/u, 'people'],
  [/^(?:naming|reviews|attribution|choices)\b/u, 'rules'],
]

/** The tab on which a problem is shown, since its part is edited there. */
export function findTab({ path }: Pick<PlanProblem, 'path'>): PlanTab {
  return TABS.find(([begins]) => begins.test(path))?.[1] ?? 'structure'
}

export function countByTab(problems: readonly PlanProblem[]): ReadonlyMap<PlanTab, number> {
  return new Map([...Map.groupBy(problems, findTab)].map(([tab, own]) => [tab, own.length]))
}

/** The part of the structure that a problem is about; null where it is about none. */
export function findPart({ path }: Pick<PlanProblem, 'path'>): PlanPartRef | null {
  const [, list, number, key] = /^(organizations|teams|projects)\[(\d+)\](?:\.keys\[(\d+)\])?/u.exec(path) ?? []
  if (list === undefined) return null
  const at = Number(number)
  if (key !== undefined) return { kind: 'key', project: at, at: Number(key) }
  if (list === 'organizations') return { kind: 'organization', at }
  return { kind: list === 'teams' ? 'team' : 'project', at }
}

/** Problems that are mended in the same way. */
interface ProblemGroup {
  readonly severity: PlanProblem['severity']
  readonly hint: string
  readonly problems: readonly PlanProblem[]
}

/** Problems by what to do about them, errors first; the order is kept otherwise. */
export function groupProblems(problems: readonly PlanProblem[]): readonly ProblemGroup[] {
  const groups = [...Map.groupBy(problems, ({ severity, hint }) => `${severity} ${hint}`).values()].flatMap((own) => {
    const [first] = own
    return first === undefined ? [] : [{ severity: first.severity, hint: first.hint, problems: own }]
  })
  return groups.toSorted((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'))
}
