import type { TeamDecided } from '../../../shared/contract/team.ts'
import type { Context } from '../core/context.ts'
import { exchangeTeam } from './exchange-team.ts'
import type { OpenTeam } from './open-team.ts'
import { type TeamDecision, waitDecisions } from './wait.ts'

/** Decides changes of the team, and places them if the server can be reached. */
export async function decideTeam(
  context: Context,
  team: OpenTeam,
  decisions: readonly TeamDecision[],
): Promise<TeamDecided> {
  waitDecisions(context, team, decisions)
  await exchangeTeam(context, team).catch(() => undefined)
  const placed = team.replica.waiting(team.replica.team, 1).length === 0
  return { placed, problem: placed ? null : (team.contact.problem ?? STILL_WAITS), sql: [...team.contact.sql] }
}

const STILL_WAITS = 'The team’s server took other changes first. It is placed at the next exchange.'
