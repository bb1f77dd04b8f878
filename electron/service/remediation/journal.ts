import type { Json } from '../../../shared/domain/canonical-json.ts'
import { isEnded, nextRemediationState, type RemediationEvent } from '../../../shared/domain/remediation/states.ts'
import type { StoredRemediation } from '../../register/remediation/list.ts'
import { setState } from '../../register/remediation/store.ts'
import type { Commit } from '../core/context.ts'

/** Appends an event of a remediation item to the journal, with all that a reader needs to identify it. */
export function noteRemediation(
  note: Commit['note'],
  what: string,
  row: Pick<
    StoredRemediation['row'],
    'remediationId' | 'client' | 'connection' | 'action' | 'subject' | 'values' | 'origin' | 'says'
  >,
  more: Readonly<Record<string, Json | undefined>> = {},
): void {
  note({
    action: `remedy.${what}`,
    client: row.client.slug,
    subject: row.subject.name,
    body: {
      remedy: row.remediationId,
      action: row.action,
      says: row.says,
      connection: row.connection.label,
      subject: { kind: row.subject.kind, id: row.subject.id },
      values: { ...row.values },
      origin: row.origin === null ? null : { ...row.origin },
      ...more,
    },
  })
}

/** The journal action of an event. */
const NOTED: Readonly<Record<Exclude<RemediationEvent, 'send'>, string>> = {
  unsend: 'unsent',
  confirm: 'done',
  reject: 'failed',
  lose: 'unsure',
  make: 'deploying',
  deploy: 'deployed',
  mark: 'done-by-hand',
  disprove: 'failed',
  withdraw: 'withdrawn',
}

/** Applies an event to a remediation item that allows it, and records it: the outcome, or other details. */
export function moveRemediation(
  { writer, at, note }: Commit,
  row: StoredRemediation['row'],
  event: Exclude<RemediationEvent, 'send'>,
  {
    outcome,
    made,
    says = { outcome },
  }: {
    readonly outcome: string | null
    /** The provider's id of a key that was made. */
    readonly made?: string
    readonly says?: Readonly<Record<string, Json | undefined>>
  },
): void {
  const state = nextRemediationState(row.state, event)
  if (state === null || state === 'sending') throw new Error(`${event} of a remediation item that is ${row.state}.`)
  const endedAt = isEnded(state) || state === 'unsure' ? at : null
  setState(writer, row.remediationId, { state, outcome, endedAt, made: made ?? null })
  noteRemediation(note, NOTED[event], row, says)
}
