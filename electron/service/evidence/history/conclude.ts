import type { EvidenceProblem } from '../../../../shared/contract/evidence.ts'
import type { PackRecord } from '../../../../shared/report/evidence-pack.ts'
import type { Witness } from '../../../../shared/report/witness.ts'
import { type FollowedLog, followLog, type LogLines } from './follow-log.ts'
import { checkDecisions, type ShownDecisions } from './shown-decisions.ts'
import { followTeam, type ShownTeam } from './shown-team.ts'

/** Where the header of a pack names what its logs are about. */
export const HISTORY_HEADER = { review: ['team', 'Review'] } as const

/** The two logs of a pack. */
export interface History {
  readonly team: FollowedLog
  readonly client: FollowedLog
}

/** The conclusions from both logs of a pack. Null where the team's first batch cannot be read. */
export interface ConcludedHistory {
  readonly team: ShownTeam | null
  readonly decisions: ShownDecisions | null
  readonly problems: readonly EvidenceProblem[]
}

export function followHistory({ team, client }: { readonly team: LogLines; readonly client: LogLines }): History {
  return { team: followLog(team), client: followLog(client) }
}

/** Lists the breaks of the heads of the logs. */
export function listBreaks({ team, client }: History): readonly EvidenceProblem[] {
  return [...team.problems, ...client.problems]
}

/** Where the logs end, for the head of a pack. `first`: the position from which the client's log is whole. */
export function getHistoryRecord({ team, client }: History): Extract<PackRecord, { form: 2 }> {
  const toWitness = ({ batches }: FollowedLog): Witness => {
    const last = batches.at(-1)?.batch
    return { log: last?.log ?? '', position: last?.at ?? 0, head: last?.head ?? '' }
  }
  return {
    form: 2,
    root: team.batches[0]?.batch.head ?? '',
    team: toWitness(team),
    client: toWitness(client),
    first: client.whole,
  }
}

/** Applies the rules of a team to what its logs show. */
export function concludeHistory({ team, client }: History): ConcludedHistory {
  const followed = followTeam(team)
  if (followed.team === null) return { ...followed, decisions: null }
  const decisions = checkDecisions(followed.team, client)
  return { team: followed.team, decisions, problems: [...followed.problems, ...decisions.problems] }
}
