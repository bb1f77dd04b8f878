import { area as today } from '../features/today/area.ts'
import { area as people } from '../features/people/area.ts'
import { area as keys } from '../features/keys/area.ts'
import { area as projects } from '../features/projects/area.ts'
import { area as access } from '../features/access/area.ts'
import { area as plans } from '../features/plans/area.ts'
import { area as structure } from '../features/structure/area.ts'
import { area as usage } from '../features/usage/area.ts'
import { area as reports } from '../features/reports/area.ts'
import { area as changes } from '../features/changes/area.ts'
import { area as findings } from '../features/findings/area.ts'
import { area as leavers } from '../features/leavers/area.ts'
import { area as reviews } from '../features/reviews/area.ts'
import { area as remediation } from '../features/remediation/area.ts'
import { area as rotation } from '../features/rotation/area.ts'
import { area as reminders } from '../features/reminders/area.ts'
import { area as connections } from '../features/connections/area.ts'
import { area as clients } from '../features/clients/area.ts'
import { area as files } from '../features/files/area.ts'
import { area as snippets } from '../features/snippets/area.ts'
import { area as settings } from '../features/settings/area.ts'
import { area as help } from '../features/help/area.ts'
import { area as impact } from '../features/impact/area.ts'
import { area as reconciliation } from '../features/reconciliation/area.ts'
import { area as budgets } from '../features/budgets/area.ts'
import { area as offboarding } from '../features/offboarding/area.ts'
import { RAIL_GROUPS, toLinks, type AreaEntry, type AreaLink } from '../data/areas.ts'

/** Every area, in the order of the rail; areas that are only reached from other pages come last. */
export const AREAS = [
  today,
  people,
  keys,
  projects,
  access,
  plans,
  structure,
  usage,
  reports,
  changes,
  findings,
  leavers,
  reviews,
  remediation,
  rotation,
  reminders,
  connections,
  clients,
  files,
  snippets,
  settings,
  help,
  impact,
  reconciliation,
  budgets,
  offboarding,
] as const

/** What the areas declare, with their addresses. */
export const AREA_ENTRIES: readonly AreaEntry[] = AREAS.map((area) => {
  const { path, staticData } = area.options as typeof area.options & Pick<AreaEntry, 'path'>
  const { rail, parent, tabs = [], keeps = [] } = staticData
  return { path, rail, parent, keeps, tabs: tabs.map(({ label, search = {} }) => ({ label, search })) }
})

/** The areas that the rail and the palette show, and that shortcuts open. */
export const AREA_LINKS: readonly AreaLink[] = toLinks(AREA_ENTRIES)

export const AREA_GROUPS: readonly (readonly AreaLink[])[] = RAIL_GROUPS.map((group) =>
  AREA_LINKS.filter((link) => link.group === group),
)
