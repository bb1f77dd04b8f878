import { area as today } from '../features/today/area.ts'
import { area as people } from '../features/people/area.ts'
import { area as keys } from '../features/keys/area.ts'
import { area as projects } from '../features/projects/area.ts'
import { accessOfKeys, accessOfPeople, accessOfProjects } from '../features/access/area.ts'
import { area as events } from '../features/events/area.ts'
import { area as journal } from '../features/journal/area.ts'
import { area as federation } from '../features/federation/area.ts'
import { area as plans } from '../features/plans/area.ts'
import { area as structure } from '../features/structure/area.ts'
import { area as usage } from '../features/usage/area.ts'
import { area as reports } from '../features/reports/area.ts'
import { area as changes } from '../features/changes/area.ts'
import { area as findings } from '../features/findings/area.ts'
import { area as keyless } from '../features/keyless/area.ts'
import { area as leavers } from '../features/leavers/area.ts'
import { area as reviews } from '../features/reviews/area.ts'
import { area as remediation } from '../features/remediation/area.ts'
import { area as rotation } from '../features/rotation/area.ts'
import { area as connections } from '../features/connections/area.ts'
import { area as clients } from '../features/clients/area.ts'
import { area as files } from '../features/files/area.ts'
import { area as snippets } from '../features/snippets/area.ts'
import { area as serviceAccounts } from '../features/service-accounts/area.ts'
import { area as settings } from '../features/settings/area.ts'
import { area as team } from '../features/team/area.ts'
import { area as help } from '../features/help/area.ts'
import { area as impact } from '../features/impact/area.ts'
import { area as reconciliation } from '../features/reconciliation/area.ts'
import { area as recommendations } from '../features/recommendations/area.ts'
import { area as budgets } from '../features/budgets/area.ts'
import { area as offboarding } from '../features/offboarding/area.ts'
import { toLinks, type AreaEntry, type AreaLink, type RailGroup } from '../data/areas.ts'

/** Every area in the order of the rail, each with its relatives, in the order of their tabs. */
export const AREAS = [
  today,
  people,
  accessOfPeople,
  serviceAccounts,
  keys,
  accessOfKeys,
  federation,
  projects,
  structure,
  accessOfProjects,
  findings,
  recommendations,
  reviews,
  rotation,
  keyless,
  leavers,
  remediation,
  usage,
  budgets,
  reconciliation,
  reports,
  changes,
  events,
  journal,
  plans,
  files,
  snippets,
  clients,
  connections,
  settings,
  team,
  help,
  impact,
  offboarding,
] as const

/** The declarations of the areas, with their addresses. */
export const AREA_ENTRIES: readonly AreaEntry[] = AREAS.map((area) => {
  const { path, staticData } = area.options as typeof area.options & Pick<AreaEntry, 'path'>
  const { rail, parent, tabs = [], keeps = [] } = staticData
  return {
    path,
    rail,
    parent: typeof parent === 'string' ? parent : undefined,
    keeps,
    tabs: tabs.map(({ label, search = {}, synonyms = '' }) => ({ label, search, synonyms })),
  }
})

/** The areas that the rail and the palette show, and that shortcuts open. */
export const AREA_LINKS: readonly AreaLink[] = toLinks(AREA_ENTRIES)

export function listGroup(group: RailGroup): readonly AreaLink[] {
  return AREA_LINKS.filter((link) => link.group === group)
}
