import type { TeamDecided } from '../../../shared/contract/team.ts'
import { VOID_WORDS, type Verdict } from '../../../shared/team/verdict.ts'
import type { Replica } from '../../team/replica.ts'
import type { Context } from '../core/context.ts'
import { exchangeTeam } from './exchange-team.ts'
import type { OpenTeam } from './open-team.ts'
import { type TeamDecision, waitDecisions } from './wait.ts'

/** Decides changes of the team, places them if the server can be reached, and reports what became of them. */
export async function decideTeam(
  context: Context,
  team: OpenTeam,
  decisions: readonly TeamDecision[],
): Promise<TeamDecided> {
  const { replica, contact } = team
  const from = replica.stream(replica.team).place.next
  const uids = waitDecisions(context, team, decisions)
  // Its problem is in `contact`.
  await exchangeTeam(context, team).catch(() => undefined)
  const verdicts = listVerdicts(replica, from, new Set(uids))
  const sql = [...contact.sql]
  // What other devices decided first may have left one without effect.
  const ended = verdicts.find((verdict) => verdict.kind === 'void')
  if (ended !== undefined) return { effect: 'void', problem: VOID_WORDS[ended.reason], sql }
  if (verdicts.length === uids.length) return { effect: 'effective', problem: null, sql }
  const problem = contact.problem ?? replica.stream(replica.team).stopped?.message ?? STILL_WAITS
  return { effect: 'waiting', problem, sql }
}

const STILL_WAITS = 'Other devices changed the team first. It is placed at the next exchange.'

/** The verdicts of operations of `team` that were placed at a position or after it. */
function listVerdicts(replica: Replica, from: number, uids: ReadonlySet<string>): readonly Verdict[] {
  const { next } = replica.stream(replica.team).place
  return replica
    .entries(replica.team, from, Math.max(0, next - from))
    .flatMap(({ entry, verdict }) => (uids.has(entry.op) && entry.device === replica.author.device ? verdict : []))
}
