import type { EvidenceTeam } from '../../../../shared/report/evidence-signers.ts'
import type { Reader } from '../../../register/db/handles.ts'
import { findHead } from '../../../register/team/heads.ts'
import { startHead } from '../../../register/team/hash-entry.ts'
import { findOpening, readLog } from '../../../register/team/read-log.ts'
import { findTeamReview } from '../../../register/team/review-authors.ts'
import { readTeamPlace } from '../../../register/team/place.ts'
import { counted } from '../../../../shared/domain/counted.ts'
import { Refusal } from '../../kit/refusal.ts'
import { concludeHistory, followHistory, getHistoryRecord, listBreaks } from './conclude.ts'
import type { LogLines } from './follow-log.ts'
import { makeLogLines } from './history-lines.ts'
import { selectShown } from './select-shown.ts'
import { listSignedActs } from './signed-acts.ts'

/** The logs of a team as the pack of a review shows them, and what follows from them. */
export interface ShownHistory {
  readonly logs: readonly LogLines[]
  readonly team: EvidenceTeam
}

/**
 * The logs that prove a review of a client of a team; null where the team does not know the review. Throws `Refusal` CONFLICT while
 * something that was decided about it waits to be placed, and where the logs that this register holds do not agree.
 */
export function readShownHistory(reader: Reader, client: string, reviewUid: string): ShownHistory | null {
  const place = readTeamPlace(reader)
  const review = findTeamReview(reader, reviewUid)
  if (place === null || review === null) return null
  const first = findOpening(reader, client, reviewUid)
  if (review.waiting > 0 || first === null) throw waits(review.waiting)
  const held = readLog(reader, place.team, 0)
  const decisions = readLog(reader, client, first)
  const start = startHead(place.team, Buffer.alloc(32))
  const shown = selectShown(
    held,
    client,
    decisions.map(({ entry }) => entry.device),
  )
  const before =
    first === 0
      ? startHead(client, Buffer.from(place.root ?? '', 'hex'))
      : Buffer.from(findHead(reader, client, first - 1) ?? '', 'hex')
  const team = makeLogLines('team', held, start, ({ entry }) => shown.has(entry.seq))
  const about = makeLogLines('client', decisions, before, () => true)
  const history = followHistory({ team, client: about })
  const concluded = concludeHistory(history)
  const [problem] = [...listBreaks(history), ...concluded.problems]
  if (problem !== undefined || concluded.team === null || concluded.decisions === null) {
    throw contradicts(problem?.says ?? '')
  }
  const acts = listSignedActs(concluded.team, concluded.decisions, reviewUid)
  const record = getHistoryRecord(history)
  const { hidden } = concluded.decisions
  return { logs: [team, about], team: { name: concluded.team.membership.name, reviewUid, record, acts, hidden } }
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
