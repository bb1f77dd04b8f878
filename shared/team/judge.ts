import { ALL_OPERATIONS } from '../decisions/operations.ts'
import type { Batch } from './batch.ts'
import { type Card, card as cardSchema, CARD_KIND } from './card.ts'
import { named, NAMED_KIND } from './named.ts'
import type { Op } from './op.ts'
import type { NoEffectReason } from './outcome.ts'
import { classify, findPerson, isExchanged, mayDecide } from './rights.ts'

/** The log of an operation as its verdict needs it. `hasCounted`: whether an operation with this uid counts in the log before it. */
export interface Judged {
  readonly log: string
  readonly card: Card
  readonly hasCounted: (uid: string) => boolean
}

/**
 * Why an operation of an authentic batch has no effect, as far as its card and its own text show it; null where the folds decide. The same on
 * every device, in a verifier of packs, and in a second implementation (docs/team-protocol.md).
 */
export function judgeOperation(
  { log, card, hasCounted }: Judged,
  batch: Pick<Batch, 'device' | 'class' | 'change'>,
  op: Op,
): NoEffectReason | null {
  if (hasCounted(op.uid)) return 'counted-before'
  const expected = classify(op)
  if (expected.class !== batch.class || expected.change !== batch.change) return 'class-disagrees'
  if (!hasOwnBody(op, log, batch.device)) return 'not-an-operation'
  const person = findPerson(card, batch.device)
  return person !== null && mayDecide(op, person.role, card.kind) ? null : 'no-right'
}

const SLUG = /^[a-z0-9][a-z0-9-]*$/u

/**
 * Whether an operation has a body of its kind, for its log and its device: a client is added in its own log, with a slug; a review is opened with
 * what it froze; a device answers for its own keychain only.
 */
function hasOwnBody({ kind, slug, body }: Op, log: string, device: string): boolean {
  if (kind === NAMED_KIND) return named.safeParse(body).success
  if (!isExchanged(kind) || !ALL_OPERATIONS[kind].body.safeParse(body).success) return false
  if ((kind === 'credential.held' || kind === 'credential.gone') && body['device'] !== device) return false
  // Domains count for the agency where the client is internal, so a change of them names the kind.
  if (kind === 'client.changed' && body['domains'] !== undefined && body['kind'] === undefined) return false
  if (kind === 'review.opened' && body['pieces'] === undefined) return false
  return kind !== 'client.added' || (slug !== undefined && SLUG.test(slug) && body['clientUid'] === log)
}

/** The card that a batch of class `card` has as its only operation; null for another text. */
export function readCard(ops: readonly Op[]): Card | null {
  const [op, ...others] = ops
  if (op?.kind !== CARD_KIND || others.length > 0) return null
  const parsed = cardSchema.safeParse(op.body)
  return parsed.success ? parsed.data : null
}
