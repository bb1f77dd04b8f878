import { followLog, type LogLines } from '../../../../electron/service/evidence/history/follow-log.ts'
import { makeLogLines } from '../../../../electron/service/evidence/history/history-lines.ts'
import { selectShown } from '../../../../electron/service/evidence/history/select-shown.ts'
import { checkDecisions, type ShownDecisions } from '../../../../electron/service/evidence/history/shown-decisions.ts'
import { foldShownTeam, type ShownTeam } from '../../../../electron/service/evidence/history/shown-team.ts'
import { createMemoryServer } from '../../../team/memory/memory-log.ts'
import type { Replica } from '../../../../electron/team/replica.ts'
import type { EvidenceProblem } from '../../../../shared/contract/evidence.ts'
import { decideReviews } from '../../team/golden/decide-reviews.ts'
import { createUidOf, foundTeam, type Laptop, readAll, SERVER } from '../../team/world.ts'

export interface ReviewedTeam {
  readonly founder: Laptop
  readonly anna: Laptop
  readonly ben: Laptop
  /** Has a role for another client only. */
  readonly carol: Laptop
  readonly client: string
  readonly other: string
}

/** A team in which each kind of decision about a review took effect and each reason was met, and another client of which one member is the lead. */
export async function reviewTeam(): Promise<ReviewedTeam> {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const [anna, ben, carol] = [await team.join('anna'), await team.join('ben'), await team.join('carol')]
  const [client, other] = [await team.openClient(), await team.openClient()]
  await team.grant(client, anna, 'reviewer')
  await team.grant(other, carol, 'lead')
  await anna.exchange()
  await decideReviews(team, client, { founder: team.founder, anna, ben })
  await carol.exchange()
  carol.decide(other, 'review.opened', {
    v: 1,
    reviewUid: createUidOf(other),
    kind: 'keys',
    dueOn: '2026-12-31',
    previousUid: null,
    flagged: 0,
    items: 1,
    population: 'ab'.repeat(32),
    pieces: [{ inline: 'AAAA' }],
  })
  await carol.exchange()
  return { founder: team.founder, anna, ben, carol, client, other }
}

/** The lines of both logs of a pack, from the first review of the client on. */
export function showTeam(replica: Replica, client: string): readonly [team: LogLines, client: LogLines] {
  const { crypto, team } = replica
  const all = readAll(replica, client)
  const from = all.findIndex(({ verdict }) => verdict.kind === 'effective' && verdict.op.kind === 'review.opened')
  const decisions = all.slice(from)
  const held = readAll(replica, team)
  const shown = selectShown(
    held,
    client,
    decisions.map(({ entry }) => entry.device),
  )
  const root = crypto.computeHead(crypto.startStream(team, new Uint8Array(32)), held[0]!.entry)
  let previous = crypto.startStream(client, root)
  for (const { entry } of all.slice(0, from)) previous = crypto.computeHead(previous, entry)
  return [
    makeLogLines('team', held, crypto.startStream(team, new Uint8Array(32)), ({ entry }) => shown.has(entry.seq)),
    makeLogLines('client', decisions, previous, () => true),
  ]
}

/** What a verifier concludes from the lines, and all problems that it names. */
export function concludeLines([team, client]: readonly [LogLines, LogLines]): {
  readonly team: ShownTeam | null
  readonly decisions: ShownDecisions | null
  readonly problems: readonly EvidenceProblem[]
} {
  const [of, about] = [followLog(team), followLog(client)]
  const folded = foldShownTeam(of)
  const decisions = folded.team === null ? null : checkDecisions(folded.team, about)
  const problems = [...of.problems, ...about.problems, ...folded.problems, ...(decisions?.problems ?? [])]
  return { team: folded.team, decisions, problems }
}
