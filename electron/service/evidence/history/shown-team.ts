import type { EvidenceProblem } from '../../../../shared/contract/evidence.ts'
import { HISTORY_FILES } from '../../../../shared/report/evidence-history.ts'
import type { FollowedLog } from './follow-log.ts'
import { checkPasses, followCard, isPassedOver, type ShownCard } from './shown-cards.ts'

/** A team as its log in a pack shows it. */
export interface ShownTeam {
  /** The uuid of the team. */
  readonly team: string
  readonly name: string
  /** The head of its first batch, in hex. */
  readonly root: string
  readonly last: { readonly at: number; readonly head: string }
  /** The head of the first card of each log of the team, by log. */
  readonly logs: ReadonlyMap<string, string>
}

/** Follows the cards of the team, each by the rule that every device has. Null where the first is not the founding of a team by a device that it names. */
export function followTeam({ batches }: FollowedLog): {
  readonly team: ShownTeam | null
  readonly problems: readonly EvidenceProblem[]
} {
  const problems: EvidenceProblem[] = []
  const logs = new Map<string, string>()
  let newest: ShownCard | null = null
  let [root, name]: [string | null, string] = [null, '']
  for (const shown of batches) {
    if (isPassedOver(shown)) continue
    const next = followCard(root, newest, shown)
    if (typeof next === 'string') {
      problems.push({ file: HISTORY_FILES.team.batches, row: shown.row, says: `Row ${shown.row} ${next}` })
      break
    }
    newest = next
    root ??= next.head
    name = next.card.team?.name ?? name
    for (const { log, card } of next.card.logs ?? []) if (!logs.has(log)) logs.set(log, card)
  }
  problems.push(...checkPasses('team', batches, newest))
  const [first] = batches
  if (newest === null || root === null || first === undefined || newest.card.kind !== 'team')
    return { team: null, problems }
  const { at, head } = batches.at(-1)?.batch ?? first.batch
  return { team: { team: first.batch.log, name, root, last: { at, head }, logs }, problems }
}
