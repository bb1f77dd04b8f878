import { counted } from '../../../../shared/domain/counted.ts'
import type { EvidenceTeam } from '../../../../shared/report/evidence-signers.ts'
import { NAMED_KIND } from '../../../../shared/team/named.ts'
import type { Reader } from '../../../register/db/handles.ts'
import { readTeamPlace } from '../../../register/team/place.ts'
import { findTeamReview } from '../../../register/team/review-authors.ts'
import { Refusal } from '../../kit/refusal.ts'
import { concludeHistory, followHistory, getHistoryRecord, listBreaks } from './conclude.ts'
import type { LogLines } from './follow-log.ts'
import { type HeldBatch, makeLogLines } from './history-lines.ts'
import { listSignedActs } from './signed-acts.ts'

/** The logs of a team as the pack of a review shows them, and what follows from them. */
export interface ShownHistory {
  readonly logs: readonly LogLines[]
  readonly team: EvidenceTeam
}

const BATCHES = `SELECT log, at, before, card, device, class, change, box, signature, head, placed_by AS placedBy, placed_at AS placedAt, no_effect AS noEffect
  FROM team_batch WHERE log = :log AND (at >= :from OR class = 'card'
    OR at IN (SELECT place / 512 FROM team_operation WHERE log = :log AND operation ->> 'kind' = :named)) ORDER BY at`
const OPENING = `SELECT place / 512 FROM team_operation INDEXED BY team_operation_kind
  WHERE log = ? AND operation ->> 'kind' = 'review.opened' AND no_effect IS NULL AND operation ->> '$.body.reviewUid' = ?`

/**
 * The logs that prove a review of a client of a team; null where the team does not know the review. Throws `Refusal` CONFLICT while something that was
 * decided about it waits to be placed, and where the logs that this register holds do not agree.
 */
export function readShownHistory(reader: Reader, client: string, reviewUid: string): ShownHistory | null {
  const place = readTeamPlace(reader)
  const review = findTeamReview(reader, reviewUid)
  if (place === null || review === null) return null
  const first = reader.value<number>(OPENING, [client, reviewUid])
  if (review.waiting > 0 || first === undefined) throw waits(review.waiting)
  const read = (log: string, from: number): Iterable<HeldBatch> =>
    reader.all<HeldBatch>(BATCHES, { log, from, named: NAMED_KIND })
  const team = makeLogLines(reader, 'team', read(place.team, 0))
  const about = makeLogLines(reader, 'client', read(client, first))
  const history = followHistory({ team, client: about })
  const concluded = concludeHistory(history)
  const [problem] = [...listBreaks(history), ...concluded.problems]
  if (problem !== undefined || concluded.team === null || concluded.decisions === null) {
    throw contradicts(problem?.says ?? '')
  }
  const acts = listSignedActs(concluded.decisions, reviewUid)
  const { hidden } = concluded.decisions
  return {
    logs: [team, about],
    team: { name: concluded.team.name, reviewUid, record: getHistoryRecord(history), acts, hidden },
  }
}

function waits(waiting: number): Refusal {
  return new Refusal(
    'CONFLICT',
    `${counted(waiting, 'decision')} about this review ${waiting === 1 ? 'waits' : 'wait'} to be placed on the team’s server, so no evidence of it is signed yet.`,
    'Exchange with the team, and write the pack again: castellan team exchange.',
  )
}

function contradicts(why: string): Refusal {
  return new Refusal(
    'CONFLICT',
    `The logs of the team that this register holds do not agree, so no evidence is signed. ${why}`,
    'Check them with castellan team verify.',
  )
}
