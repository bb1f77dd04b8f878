import type { Op } from './op.ts'
import type { TeamVoid } from './fold-team.ts'
import type { WeightVoid } from './weigh.ts'

/** Why an entry has no effect that rests on a position of its client's other stream. */
export type RestsVoid = 'voided' | 'rests-on-each-other'

/** Why an entry has no effect. It stays a link of the stream, so it stops no one. */
export type VoidReason =
  | TeamVoid
  | WeightVoid
  | RestsVoid
  | 'unknown-author'
  | 'not-signed'
  | 'earlier-members'
  | 'counted-before'
  | 'placed-before'
  | 'other-key'
  | 'key-lost'
  | 'unreadable'
  | 'not-the-operation'
  | 'not-an-operation'
  | 'newer-than-agreed'
  | 'of-another-client'
  | 'fence'
  | 'other-history'

/** Why a device reads a stream no further. Nothing after this position is shown or appended until the cause is removed. */
export type StopReason =
  | 'not-an-entry'
  | 'gap'
  | 'members-missing'
  | 'key-missing'
  | 'blob-missing'
  | 'rests-missing'
  | 'other-team'
  | 'newer-version'
  | 'two-histories'
  | 'cloned'
  | 'fault'

/** For people: what is wrong with an entry. */
export const VOID_WORDS: Readonly<Record<VoidReason, string>> = {
  'unknown-author': 'The device was not enrolled, or was revoked, at the position of the team that the entry rests on.',
  'not-signed': 'The signature is not that of the device for this position of this history.',
  'earlier-members': 'The entry rests on earlier members of the team than an entry before it.',
  'counted-before': 'The device had counted further already: two installations may share its keys.',
  'placed-before': 'The same operation was placed before.',
  'other-key': 'The entry is sealed with another generation of the key than the one that was current.',
  'key-lost': 'An owner declared the key lost that sealed the entry. Its author’s device places the operation again.',
  unreadable: 'The key of the client does not open the entry.',
  'not-the-operation': 'The entry contains another operation than its hash names.',
  'not-an-operation': 'The entry contains no operation that its kind allows.',
  'newer-than-agreed': 'The entry uses operations that not all devices of the team know yet.',
  'of-another-client': 'The entry makes something under a name that does not belong to this client.',
  voided: 'An owner declared the entry void, since it rests on entries that were never placed.',
  'rests-on-each-other':
    'The entry rests on one of the same client that rests on it in turn, so its author cannot have read that.',
  fence: 'The entry decides nothing: it ends what a removed device could still place.',
  'other-history':
    'An owner chose another history of this log than the one that has the entry. Its author’s device places the operation again.',
  'not-allowed': 'The author had no right to do this.',
  'founded-before': 'The team exists already.',
  'unknown-member': 'The member does not belong to the team, or has no role for this client.',
  'unknown-device': 'The device is not enrolled.',
  'unknown-client': 'The team has no such client.',
  exists: 'The name, address, key or login is that of another one.',
  'last-owner': 'The team would have no owner who can change it.',
  'other-generation': 'The key had been replaced by another owner first.',
  'other-readers': 'A device that was given the new key was removed before the key took effect. Another one is made.',
  'nothing-changes': 'The value was not changed.',
  'review-open-already': 'A review of this kind of the client had been opened before.',
  'review-unknown-review': 'The review was never opened in the team, or its opening has no effect.',
  'review-unknown-item': 'The review has no such item.',
  'review-unknown-batch': 'The review has no such batch of decisions, or the batch has no effect.',
  'review-known-batch': 'The review has this batch of decisions already.',
  'review-not-open': 'The review was closed before.',
  'review-not-signed': 'The review was not signed, or was acknowledged before.',
  'review-not-empty': 'The review has items, so it does not close by itself.',
  'review-other-author': 'The batch of decisions is that of another member.',
  'review-undone-before': 'The batch of decisions was reverted before.',
  'review-undecided-items':
    'Items of the review were not decided, or two members decided them differently at the same time.',
  'review-open-questions':
    'Items of the review needed more information, and no reason was given for carrying them over.',
  'review-decided-after-view': 'Another member decided items of the review that the signer had not seen.',
  'review-acknowledged-by-signer': 'A second member must acknowledge what one has signed.',
  'remediation-unknown-item': 'The change was never added in the team, or its addition has no effect.',
  'remediation-not-waiting': 'The change was sent, cancelled or marked as done before.',
  'remediation-approved-by-adder': 'A second member must approve what one has added.',
  'remediation-other-calls': 'The requests of the change are not those that were added or approved.',
  'remediation-not-approved': 'Changes of this client need the approval of a second member, and this one has none.',
  'remediation-approval-expired':
    'The approval of the change was given more than 24 hours before or after it was sent.',
}

export function isVoidReason(text: string): text is VoidReason {
  return Object.hasOwn(VOID_WORDS, text)
}

/** For people: why a stream stopped, and what to do. */
export const STOP_WORDS: Readonly<Record<StopReason, string>> = {
  'not-an-entry': 'The server sent something that is not an entry. Check which server the team uses, and its version.',
  gap: 'The server left out an entry. Ask its administrator whether it was restored; nothing is lost on this device.',
  'members-missing':
    'An entry rests on changes of the team that the server has not sent yet. Try again; if it stays so, ask an owner to let all devices pass it: castellan team mend.',
  'key-missing': 'This device has no key that fits the history. Ask an owner to grant the access again.',
  'blob-missing':
    'The server does not have the list that an entry names, or has another one. Ask the member who placed it to open Castellan, which stores the list again for 30 days, or the server’s administrator for a backup; nothing is lost on this device.',
  'rests-missing':
    'An entry rests on another one of the same client that the server has not sent yet. Try again; if it stays so, ask an owner to let all devices pass it: castellan team mend.',
  'other-team': 'The server shows another team than the one that this device joined. Check the address of the server.',
  cloned:
    'Another installation has the keys of this device: its profile was copied. Ask an owner for an invite and enrol one of the two as a device of its own, then start Castellan again; nothing is lost on either.',
  'two-histories':
    'The server shows another history than this device holds: castellan team status has both. An owner chooses the one that counts, and nothing that was decided is lost.',
  'newer-version': 'The history contains operations of a newer version. Update Castellan.',
  fault: 'This version of Castellan could not read an entry. Update Castellan; if it stays so, report it.',
}

export class StreamStopped extends Error {
  override readonly name = 'StreamStopped'
  readonly reason: StopReason
  readonly stream: string
  readonly seq: number

  constructor(reason: StopReason, stream: string, seq: number) {
    super(`The stream stopped at position ${seq}. ${STOP_WORDS[reason]}`)
    this.reason = reason
    this.stream = stream
    this.seq = seq
  }
}

/** What an entry came to: an operation by a member, or nothing, with the reason. */
export type Verdict =
  | { readonly kind: 'effective'; readonly op: Op; readonly member: string }
  | { readonly kind: 'void'; readonly reason: VoidReason }
