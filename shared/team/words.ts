import { ALL_OPERATIONS } from '../decisions/operations.ts'
import { NAMED_KIND } from './named.ts'
import type { Op } from './op.ts'
import type { AskedReason, NoEffectReason, StopReason } from './outcome.ts'

/** For people: why a decision does not count, after who and where. */
export const NO_EFFECT_WORDS: Readonly<Record<NoEffectReason, string>> = {
  'does-not-open': 'The key of the log does not open it.',
  'not-canonical': 'It is not written as Castellan writes decisions; a changed program made it.',
  'over-budget': 'It is larger than a device of the team reads.',
  'other-operations': 'It contains other decisions than its signature names.',
  'class-disagrees': 'It is sealed as another kind of decision than it is.',
  'passed-over': 'An owner decided that every device passes it over.',
  'other-generation': 'It is sealed with a key that was replaced before.',
  'not-an-operation': 'It contains no decision that its kind allows.',
  'counted-before': 'The same decision counted before.',
  'no-right': 'The role of its author did not allow it.',
  'decided-meanwhile': 'Others had decided about the same before it was placed.',
  'not-approved': 'The change had no approval of a second member.',
  'approved-by-adder': 'A second member must approve what one has added.',
  'other-calls': 'The requests of the change are not those that were added or approved.',
  precondition: 'What it rests on had changed before it was placed.',
  'rests-on-no-effect': 'It rests on a decision that does not count.',
}

/** For people: why a log is read no further, and what to do. */
export const STOP_WORDS: Readonly<Record<StopReason, string>> = {
  'not-a-batch': 'The server sent something that is not a batch. Check which server the team uses.',
  gap: 'The server left out a batch. Ask its administrator whether it was restored; nothing is lost on this device.',
  'other-history': 'The server shows another history than this device holds. An owner chooses the one that counts.',
  'not-signed':
    'The signature is not that of the device which it names. An owner shuts that login out, and passes the batch over.',
  'unknown-author': 'Its device does not belong to the log. An owner shuts that login out, and passes the batch over.',
  'other-card': 'It rests on other members than the log has. Exchange again; if it stays so, an owner passes it over.',
  'card-not-allowed': 'It changes members without the right to. An owner shuts that login out, and passes it over.',
  'key-missing': 'This device has no key that fits. Have an owner’s device exchange, then exchange again.',
  'blob-missing': 'The server does not have a list that the batch names. Have the device exchange that placed it.',
  'newer-version': 'It was written by a newer version. Update Castellan.',
  fault: 'This version of Castellan could not read it. Update Castellan; if it stays so, report it.',
}

/** For people: why a decision was asked back, and what to do. `other`: what another member decided, in words; null: not known. */
export function describeAsked(reason: AskedReason, member: string | null, other: string | null): string {
  const why =
    reason === 'old'
      ? 'It was decided more than 14 days ago.'
      : reason === 'another-role'
        ? 'It was decided under another role than you have now.'
        : reason === 'decided-meanwhile'
          ? `${member ?? 'Another member'} decided meanwhile${other === null ? '' : `: ${other}`}.`
          : NO_EFFECT_WORDS[reason]
  return `${why} Keep it, or drop it.`
}

/** For people: what an operation decides, such as `Settings of a key changed: prod-web`; null for a kind that this version does not know. */
export function describeOp({ kind, subject }: Pick<Op, 'kind' | 'subject'>): string | null {
  if (kind === NAMED_KIND) return `Name of a member: ${subject}`
  if (!Object.hasOwn(ALL_OPERATIONS, kind)) return null
  const { words } = ALL_OPERATIONS[kind as keyof typeof ALL_OPERATIONS]
  return subject === '' ? words : `${words}: ${subject}`
}
