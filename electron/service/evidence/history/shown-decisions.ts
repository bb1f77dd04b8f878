import type { EvidenceProblem } from '../../../../shared/contract/evidence.ts'
import { HISTORY_FILES } from '../../../../shared/report/evidence-history.ts'
import type { LogRole } from '../../../../shared/team/card.ts'
import { judgeOperation } from '../../../../shared/team/judge.ts'
import { named, NAMED_KIND } from '../../../../shared/team/named.ts'
import type { Op } from '../../../../shared/team/op.ts'
import { createPreconditions, hasPrecondition, type Preconditions } from '../../../../shared/team/preconditions.ts'
import { findPerson } from '../../../../shared/team/rights.ts'
import { NO_EFFECT_WORDS } from '../../../../shared/team/words.ts'
import type { NoEffectReason } from '../../../../shared/team/outcome.ts'
import type { FollowedLog, ShownBatch, ShownOperation } from './follow-log.ts'
import { checkPasses, followCard, isPassedOver, isShownSigned, type ShownCard } from './shown-cards.ts'
import type { ShownTeam } from './shown-team.ts'

/** An operation that counts, whose signature was checked. */
export interface ShownOp {
  readonly op: Op
  readonly hash: string
  /** The uid of the member whose device signed it, and the role by the card. */
  readonly member: string
  readonly role: LogRole
  readonly device: string
  readonly signKey: string
  readonly at: number
  /** Its place in the order of the log. */
  readonly order: number
  /** The position of the card that it rests on. */
  readonly cardAt: number
  readonly row: number
}

/** The decisions about a client that a pack shows. */
export interface ShownDecisions {
  /** The log, which is the client's uid. */
  readonly log: string
  readonly counting: readonly ShownOp[]
  /** The cards of the log, in order. */
  readonly cards: readonly ShownCard[]
  /** Names and addresses by the uid of the member. */
  readonly names: ReadonlyMap<string, { readonly name: string; readonly email: string }>
  readonly last: { readonly at: number; readonly head: string }
  /** The position from which on no batch is missing. */
  readonly whole: number
  /** How many operations that count have no text in the pack. */
  readonly hidden: number
  /** How many are shown without effect for a reason that the pack cannot show. */
  readonly unexplained: number
  readonly problems: readonly EvidenceProblem[]
}

/** The reasons that follow from an operation and its card alone. */
const EXPLAINED: ReadonlySet<string> = new Set<NoEffectReason>(['class-disagrees', 'not-an-operation', 'no-right'])

/**
 * Asks again of each operation of a client's log whether it counts: by the signature of its device, the role of its member in the card, and the rules of
 * access reviews. A pack that shows another answer is not sound.
 */
export function checkDecisions(team: ShownTeam, { batches, whole }: FollowedLog): ShownDecisions {
  const files = HISTORY_FILES.client
  const problems: EvidenceProblem[] = []
  const [first] = batches
  const log = first?.batch.log ?? ''
  const asking: Asking = {
    log,
    root: team.root,
    counted: new Set(),
    opened: new Set(),
    preconditions: createPreconditions(log),
  }
  const found = { counting: [] as ShownOp[], cards: [] as ShownCard[], hidden: 0, unexplained: 0 }
  const names = new Map<string, { readonly name: string; readonly email: string }>()
  if (team.logs.get(log) !== first?.batch.head) {
    problems.push({
      file: files.batches,
      row: 1,
      says: 'It is the log of a client that the pack does not show to be one of the team.',
    })
  }
  for (const shown of batches) {
    if (isPassedOver(shown)) continue
    const { batch, row } = shown
    const newest = found.cards.at(-1) ?? null
    const wrong = batch.class === 'card' ? takeCard(team, found.cards, shown) : describeAuthor(team, newest, shown)
    if (wrong !== null) problems.push({ file: files.batches, row, says: `Row ${row} ${wrong}` })
    if (wrong !== null || batch.class === 'card' || newest === null) continue
    if (batch.noEffect !== null) found.unexplained += 1
    for (const one of batch.noEffect === null ? shown.operations : []) {
      const says = takeOperation(asking, newest, shown, one, found)
      if (says !== null) problems.push({ file: files.operations, row: one.row, says: `Row ${one.row} ${says}` })
    }
  }
  problems.push(...checkPasses('client', batches, found.cards.at(-1) ?? null))
  for (const { op } of found.counting) {
    const parsed = op.kind === NAMED_KIND ? named.safeParse(op.body) : null
    if (parsed?.success === true) names.set(parsed.data.member, parsed.data)
  }
  const last = batches.at(-1)?.batch
  return { log, ...found, names, whole, last: { at: last?.at ?? 0, head: last?.head ?? '' }, problems }
}

function takeCard(team: ShownTeam, cards: ShownCard[], shown: ShownBatch): string | null {
  const next = followCard(team.root, cards.at(-1) ?? null, shown)
  if (typeof next === 'string') return next
  cards.push(next)
  return null
}

/** In words why a batch is not that of a device of its log; null where it is. */
function describeAuthor(team: ShownTeam, newest: ShownCard | null, shown: ShownBatch): string | null {
  const { batch } = shown
  if (newest === null || batch.card !== newest.head) return 'does not rest on the newest card that the pack shows.'
  const author = findPerson(newest.card, batch.device)
  if (author === null) return 'is of a device that the card does not have.'
  if (!isShownSigned(team.root, shown, author.found.signKey)) return 'is not signed by the device that it names.'
  const isOther = Number.parseInt(batch.boxHead.slice(0, 8), 16) !== newest.card.generation
  return isOther === (batch.noEffect === 'other-generation')
    ? null
    : 'does not show rightly whether its key was replaced before.'
}

interface Asking {
  readonly log: string
  readonly root: string
  readonly counted: Set<string>
  /** The reviews whose opening the pack shows. */
  readonly opened: Set<unknown>
  readonly preconditions: Preconditions
}

interface Conclusion {
  readonly counting: ShownOp[]
  hidden: number
  unexplained: number
}

/** Takes an operation with the answer that its rules give; in words where the pack shows another one. */
function takeOperation(
  asking: Asking,
  { card, at: cardAt }: ShownCard,
  { batch }: ShownBatch,
  { operation, op, isShown, row }: ShownOperation,
  found: Conclusion,
): string | null {
  const isEffective = operation.noEffect === null
  if (!isShown) {
    if (isEffective) found.hidden += 1
    else found.unexplained += 1
    return null
  }
  const author = findPerson(card, batch.device)
  if (op === null || author === null) return 'is not an operation.'
  const early = judgeOperation({ log: asking.log, card, hasCounted: (uid) => asking.counted.has(uid) }, batch, op)
  const order = batch.at * 512 + operation.part
  const reason =
    early ??
    weigh(
      asking,
      op,
      { hash: operation.hash, member: author.member, device: batch.device, order },
      card.approvals,
      isEffective,
    )
  const { hidden } = found
  if (isEffective) {
    asking.counted.add(op.uid)
    // An operation that is not shown may have changed a review, and a rule is asked only where all before it is shown.
    if (reason !== null && (early !== null || hidden === 0))
      return `is shown to count, and has no effect: ${NO_EFFECT_WORDS[reason]}`
    const { member, role, found: device } = author
    found.counting.push({
      op,
      hash: operation.hash,
      member,
      role,
      device: batch.device,
      signKey: device.signKey,
      at: batch.at,
      order,
      cardAt,
      row,
    })
    return null
  }
  if (reason === null && EXPLAINED.has(operation.noEffect ?? ''))
    return 'is shown without effect, and nothing in the pack shows why.'
  if (reason === null) found.unexplained += 1
  return null
}

/** Why what was placed before does not allow an operation on a review that the pack shows from its opening. */
function weigh(
  { opened, preconditions }: Asking,
  { kind, body, on }: Op,
  placed: { readonly hash: string; readonly member: string; readonly device: string; readonly order: number },
  needsApproval: boolean,
  isEffective: boolean,
): NoEffectReason | null {
  if (!hasPrecondition(kind) || !kind.startsWith('review.')) return null
  if (kind === 'review.opened' && isEffective) opened.add(body['reviewUid'])
  if (!opened.has(body['reviewUid'])) return null
  return preconditions.take({ kind, body, on, ...placed, needsApproval })?.reason ?? null
}
