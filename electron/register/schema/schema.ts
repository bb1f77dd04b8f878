import { access } from './access.ts'
import { bounds } from './bounds.ts'
import { budgets } from './budgets.ts'
import { clients } from './clients.ts'
import { events } from './events.ts'
import { findings } from './findings.ts'
import { journal } from './journal.ts'
import { keys } from './keys.ts'
import { people } from './people.ts'
import { plans } from './plans.ts'
import { remediation } from './remediation.ts'
import { reviews } from './reviews.ts'
import { search } from './search.ts'
import { syncs } from './syncs.ts'
import { team } from './team.ts'
import { today } from './today.ts'
import { usage } from './usage.ts'

/**
 * The tables, indexes, views and triggers of a new register, by subject. Findings are last, since their triggers are on the tables
 * of other subjects.
 */
export const SCHEMA = [
  journal,
  clients,
  syncs,
  people,
  access,
  keys,
  bounds,
  events,
  search,
  reviews,
  remediation,
  plans,
  usage,
  budgets,
  today,
  team,
  findings,
].join('\n')
