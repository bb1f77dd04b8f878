import type { EvidenceProblem } from '../../../../shared/contract/evidence.ts'
import { HISTORY_FILES } from '../../../../shared/report/evidence-history.ts'
import { applyTeamOperation, foundTeam, passPosition } from '../../../../shared/team/fold-team.ts'
import { findAuthor, type Membership, newest } from '../../../../shared/team/membership.ts'
import { parseTeamOperation, type TeamOperation } from '../../../../shared/team/operations.ts'
import { VOID_WORDS } from '../../../../shared/team/verdict.ts'
import { type FollowedLog, isShownSigned, type ShownEntry } from './follow-log.ts'

/** Who enrolled a device, by the uid of the member, and the position of `team` that did. */
export interface Enrolment {
  readonly by: string
  readonly seq: number
}

/** A team as far as a pack shows it. */
export interface ShownTeam {
  /** Its maps have what was shown: others may belong to the team too. */
  readonly membership: Membership
  /** The head of the first entry of the team, in hex. */
  readonly root: string
  readonly last: { readonly seq: number; readonly head: string }
  /** By device. */
  readonly enrolments: ReadonlyMap<string, Enrolment>
  /** How many entries have no text in the pack. */
  readonly hidden: number
}

/**
 * Folds the operations of the team that a pack shows, each by the rule that every device has. A hidden entry takes its
 * position and changes nothing. Null where the first entry is not the founding of a team by the device that it names.
 */
export function foldShownTeam({ entries }: FollowedLog): {
  readonly team: ShownTeam | null
  readonly problems: readonly EvidenceProblem[]
} {
  const problems: EvidenceProblem[] = []
  const say = (file: 'entries' | 'operations', row: number, says: string): void => {
    problems.push({ file: HISTORY_FILES.team[file], row, says: `Row ${row} ${says}` })
  }
  const [first, ...others] = entries
  const founded = first && findFounding(first)
  if (first === undefined || founded === undefined) {
    say('operations', 1, 'is not the founding of a team, signed by the device that it names.')
    return { team: null, problems }
  }
  let membership = foundTeam(first.entry.stream, founded.body)
  const enrolments = new Map([[founded.body.deviceUid, { by: founded.body.memberUid, seq: 0 }]])
  let hidden = 0
  let last = first.entry
  for (const shown of others) {
    const { entry, op, row } = shown
    last = entry
    const author = findAuthor(membership, entry.device, newest(membership))
    if (!shown.isShown) hidden += 1
    if (entry.reason === null && author !== null && !isShownSigned(entry, author.device.signKey)) {
      say('entries', row, 'is not signed by the device that it names.')
    }
    const operation = op === null || entry.reason !== null ? null : parseTeamOperation(op.kind, op.body)
    const after = operation === null ? passPosition(membership) : applyShown(membership, operation, shown)
    if (typeof after === 'string') {
      say('operations', row, `is shown as effective, and has no effect: ${after}`)
      membership = passPosition(membership)
      continue
    }
    if (shown.isShown && entry.reason === null && operation === null) say('operations', row, 'does not change a team.')
    membership = after
    if (operation?.kind === 'device.enrolled' && author !== null) {
      enrolments.set(operation.body.deviceUid, { by: author.member, seq: entry.seq })
    }
  }
  const team = { membership, root: first.entry.head, last: { seq: last.seq, head: last.head }, enrolments, hidden }
  return { team, problems }
}

function findFounding({ entry, op }: ShownEntry): Extract<TeamOperation, { kind: 'team.founded' }> | undefined {
  const operation = op === null || entry.reason !== null ? null : parseTeamOperation(op.kind, op.body)
  if (operation?.kind !== 'team.founded' || operation.body.deviceUid !== entry.device) return undefined
  return isShownSigned(entry, operation.body.signKey) ? operation : undefined
}

/** The team after an operation, or in words why it has no effect. */
function applyShown(membership: Membership, operation: TeamOperation, { entry }: ShownEntry): Membership | string {
  if (entry.teamSeq !== newest(membership)) return VOID_WORDS['earlier-members']
  if (findAuthor(membership, entry.device, newest(membership)) === null) return VOID_WORDS['unknown-author']
  const after = applyTeamOperation(membership, operation, entry.device)
  return typeof after === 'string' ? VOID_WORDS[after] : after
}
