import type { EvidenceProblem } from '../../../../shared/contract/evidence.ts'
import { HISTORY_FILES, type Log } from '../../../../shared/report/evidence-history.ts'
import type { Card } from '../../../../shared/team/card.ts'
import { readCard } from '../../../../shared/team/judge.ts'
import { findPerson, mayFollow } from '../../../../shared/team/rights.ts'
import { isSigned } from '../../../register/team/hash-batch.ts'
import type { ShownBatch } from './follow-log.ts'

/** A card that a pack shows and that its signer could make. */
export interface ShownCard {
  readonly card: Card
  readonly head: string
  readonly at: number
  /** The uid of the member whose device signed it. */
  readonly by: string
}

/** True if the holder of a key signed a batch for its place. `root`: null in the team's first batch. */
export function isShownSigned(root: string | null, { batch }: ShownBatch, signKey: string): boolean {
  return isSigned(root, batch, batch.signature, signKey)
}

/** True for a batch that stopped the log, and that an owner decided to pass over: nothing about it is asked. */
export function isPassedOver({ batch }: ShownBatch): boolean {
  return batch.noEffect === 'passed-over'
}

/** The problems of batches that are shown as passed over, where the newest card of their log does not do so. */
export function checkPasses(
  log: Log,
  batches: readonly ShownBatch[],
  newest: ShownCard | null,
): readonly EvidenceProblem[] {
  const passes = new Set(newest?.card.passes.map(({ at, head }) => `${at} ${head}`))
  return batches.flatMap((shown) => {
    const { batch, row } = shown
    if (!isPassedOver(shown) || passes.has(`${batch.at} ${batch.head}`)) return []
    return [{ file: HISTORY_FILES[log].batches, row, says: `Row ${row} is shown as passed over, and no card does so.` }]
  })
}

/** The next card of a log by the rules that every device has, or in words why it is none. `root`: null in the team's first batch. */
export function followCard(root: string | null, before: ShownCard | null, shown: ShownBatch): ShownCard | string {
  const { batch, operations } = shown
  const [first] = operations
  const card = first === undefined || first.op === null ? null : readCard([first.op])
  if (first === undefined || operations.length !== 1 || card === null) return 'is a card that the pack does not show.'
  if (batch.noEffect !== null || first.operation.noEffect !== null) return 'is a card, and shown without effect.'
  if (batch.card !== (before?.head ?? null)) return 'does not follow the card before it: one between them is missing.'
  const author = findPerson(before?.card ?? card, batch.device)
  if (author === null || !isShownSigned(root, shown, author.found.signKey))
    return 'is a card that no device of the one before it signed.'
  const isOpener = author.role === 'owner' || (author.role === 'lead' && card.kind === 'client')
  const isAllowed = before === null ? isOpener : mayFollow(before.card, author.member, card)
  return isAllowed
    ? { card, head: batch.head, at: batch.at, by: author.member }
    : 'is a card that its signer may not make.'
}
