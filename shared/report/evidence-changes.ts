import type { RemediationState } from '../domain/remediation/remediation.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'
import type { EvidenceRecord, EvidenceTable } from './evidence-records.ts'

/** A change whose request was sent to a provider. Times are in milliseconds since the epoch. */
export interface SentChange {
  /** The position of the item of a review that it is for; null in a document about no review. */
  readonly item: number | null
  /** The effect, in a sentence. */
  readonly says: string
  readonly state: RemediationState
  readonly added: { readonly by: string; readonly at: number }
  /** Those that counted when it was sent, by another member than the one who added it. */
  readonly approvals: readonly { readonly by: string; readonly at: number }[]
  /** `by` is null where the audit log does not show it. */
  readonly sent: { readonly by: string | null; readonly at: number }
}

const FIELDS = {
  change: 'Change',
  addedBy: 'Added by',
  added: 'Added (UTC)',
  approvedBy: 'Approved by',
  sentBy: 'Sent by',
  sent: 'Sent (UTC)',
  result: 'Result',
}

const ABOUT =
  'By the audit log. Where no second approval was asked for, one person decided. Changes that were made without Castellan are in no row.'

/** A table of the packs in which at least one change was sent. */
export const SENT_CHANGES: EvidenceTable = {
  name: 'changes-sent',
  title: 'Changes sent to providers',
  about: `Who added, approved and sent each change that Castellan sent for an item. ${ABOUT}`,
  fields: { item: 'Item', ...FIELDS },
}

/** The table of sent changes in a certificate of offboarding. */
export const SENT_FOR_PEOPLE: EvidenceTable = {
  ...SENT_CHANGES,
  about: `Who added, approved and sent each change that Castellan sent to the access of the agency’s people. ${ABOUT}`,
  fields: FIELDS,
}

export function sentChangeRecord({ item, says, state, added, approvals, sent }: SentChange): EvidenceRecord {
  return {
    item,
    change: said(says),
    addedBy: said(added.by),
    added: utcInstant(added.at),
    approvedBy: approvalWords(approvals, (at) => utcInstant(at) ?? ''),
    sentBy: senderWords(sent),
    sent: utcInstant(sent.at),
    result: RESULTS[state],
  }
}

/** Who approved a change, and when, or that no second approval was asked for. */
export function approvalWords(approvals: SentChange['approvals'], formatTime: (at: number) => string): string {
  if (approvals.length === 0) return 'no second approval was asked for'
  return approvals.map(({ by, at }) => `${said(by)} (${formatTime(at)})`).join('; ')
}

export function senderWords({ by }: SentChange['sent']): string {
  return by === null ? 'not recorded' : said(by)
}

const RESULTS: Readonly<Record<RemediationState, string>> = {
  waiting: 'pending',
  'by-hand': 'manual',
  sending: 'no answer yet',
  unsure: 'unknown',
  deploying: 'the new key awaits deployment',
  done: 'done',
  failed: 'failed',
  withdrawn: 'cancelled after it was sent',
}
