import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import type { RemediationState } from '../../../shared/domain/remediation/remediation.ts'
import { nextRemediationState, type RemediationEvent } from '../../../shared/domain/remediation/states.ts'
import { sayRemediation } from '../../../shared/domain/remediation/say.ts'
import { verificationWords, unknownResultStep } from '../../../shared/domain/remediation/verify.ts'
import { createUidFor } from '../../register/clients/client.ts'
import type { Reader } from '../../register/db/handles.ts'
import { type StoredRemediation, remediationsById } from '../../register/remediation/list.ts'
import { readMarks } from '../../register/remediation/mark.ts'
import { isSameRequest, listUids, sendingRemediations } from '../../register/remediation/store.ts'
import { type Commit, type Context, commit, getReader, readOperator } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { readUid } from '../core/operations.ts'
import { addToList, moveRemediation, noteTakenSecret } from './journal.ts'
import { existingRemediation, existingRemediations, holdsSecretOf, shownRow } from './rows.ts'
import { takeSecret } from '../core/secrets.ts'

const STATE_WORD: Readonly<Record<RemediationState, string>> = {
  waiting: 'is waiting to be sent',
  'by-hand': 'has manual steps',
  sending: 'is being sent',
  unsure: 'was sent, and its result is unknown',
  deploying: 'made a key that is being deployed',
  done: 'is done',
  failed: 'failed',
  withdrawn: 'was cancelled',
}

type Row = StoredRemediation['row']

/** Throws `Refusal` CONFLICT unless an event applies to a remediation item. */
function checkOpen({ remediationId, state }: Row, event: RemediationEvent): void {
  if (nextRemediationState(state, event) !== null) return
  throw new Refusal('CONFLICT', `Remediation item ${remediationId} ${STATE_WORD[state]}.`, 'Read the list again.')
}

/** Finds remediation items that an event all applies to, each once. Throws `Refusal` NOT_FOUND, CONFLICT. */
function allOpenTo(context: Context, ids: readonly number[], event: RemediationEvent): readonly Row[] {
  const rows = existingRemediations(context, ids).map(({ row }) => row)
  for (const row of rows) checkOpen(row, event)
  return rows
}

/** Removes an item from the list. A change that may have been sent stays at the provider; the outcome states that. */
export function withdraw(context: Context, remediationId: number): RemediationRow {
  withdrawMany(context, [remediationId])
  return shownRow(context, existingRemediation(context, remediationId).row)
}

/** Removes several, in one transaction. Returns how many there were. */
export function withdrawMany(context: Context, remediations: readonly number[]): number {
  const rows = allOpenTo(context, remediations, 'withdraw')
  commit(context, ['remediation'], (act) => {
    for (const row of rows) {
      moveRemediation(act, row, 'remediation.withdrawn', { outcome: describeWithdrawal(row), before: row.state })
    }
  })
  for (const { remediationId } of rows.filter(({ state }) => state === 'deploying')) {
    takeSecret(context.session(), listUids(getReader(context), remediationId))
  }
  return rows.length
}

function describeWithdrawal({ state, action }: Row): string | null {
  if (state === 'unsure') return `Cancelled after it was sent. ${verificationWords([action])}`
  if (state !== 'deploying') return null
  return `Cancelled after the new key was made: that key stays at the provider${action === 'key-rotate' ? ', and the old one too' : ''}.`
}

/** A person made the change in the console, or found it done. */
export function markByHand(context: Context, remediationId: number): RemediationRow {
  markManyByHand(context, [remediationId])
  return shownRow(context, existingRemediation(context, remediationId).row)
}

/** Marks several as done, in one transaction. Returns how many there were. */
export function markManyByHand(context: Context, remediations: readonly number[]): number {
  const rows = allOpenTo(context, remediations, 'mark')
  const by = `Marked as done by ${readOperator(context)}.`
  commit(context, ['remediation'], (act) => {
    for (const row of rows) {
      const outcome = `${by} ${verificationWords([row.action])}`
      const { state } = row
      if (state === 'sending') throw new Error(`Remediation item ${row.remediationId} is being sent.`)
      const previous = { state, outcome: row.outcome, endedAt: row.endedAt }
      moveRemediation(act, row, 'remediation.done-by-hand', { outcome, previous })
    }
  })
  return rows.length
}

/**
 * Undoes that a person marked changes as done: each is again what it was before, all or none. Returns how many there were.
 * Throws `Refusal` NOT_FOUND; CONFLICT for one that no person marked lately, that a sync shows done, or that was added again.
 */
export function unmarkMany(context: Context, remediations: readonly number[]): number {
  const rows = existingRemediations(context, remediations).map(({ row }) => row)
  const marks = readMarks(getReader(context), remediations)
  const marked = rows.map((row) => {
    const previous = row.state === 'done' ? marks.get(row.remediationId) : undefined
    if (previous === undefined) {
      const says = row.state === 'done' ? 'was not marked as done lately' : STATE_WORD[row.state]
      throw new Refusal('CONFLICT', `Remediation item ${row.remediationId} ${says}.`, 'Read the list again.')
    }
    if (row.shown === true) {
      throw new Refusal(
        'CONFLICT',
        `A sync shows that remediation item ${row.remediationId} is done.`,
        'Nothing is left to undo.',
      )
    }
    return { row, previous }
  })
  commit(context, ['remediation'], (act) => {
    for (const { row, previous } of marked) {
      // Here, since two of them may be the same request.
      checkNotAgain(act.writer, row)
      moveRemediation(act, row, 'remediation.done-by-hand-undone', previous)
    }
  })
  return marked.length
}

/** Throws `Refusal` CONFLICT if an open item has the same request. */
function checkNotAgain(reader: Reader, { remediationId, connection, action, subject, values }: Row): void {
  const request = { connectionId: connection.id, action, subject, values: canonicalJson({ ...values }) }
  const again = isSameRequest(reader, request)
  if (again === null) return
  throw new Refusal(
    'CONFLICT',
    `The change of remediation item ${remediationId} was added again as item ${again}.`,
    'Cancel that one first.',
  )
}

/**
 * Returns the new secret of a rotation, once, and forgets it. Throws `Refusal` NOT_FOUND, CONFLICT when it is not held.
 */
export function handOver(context: Context, remediationId: number): { readonly secret: string; readonly name: string } {
  const { row } = existingRemediation(context, remediationId)
  if (!holdsSecretOf(context, remediationId)) throw notHeld(row.subject.name)
  commit(context, ['remediation'], (act) => noteTakenSecret(act, row))
  const secret = takeSecret(context.session(), listUids(getReader(context), remediationId))
  if (secret === null) throw notHeld(row.subject.name)
  return { secret: secret.value, name: secret.name }
}

function notHeld(name: string): Refusal {
  return new Refusal(
    'CONFLICT',
    `No secret of ${name} is held: there was none, it was shown already, ten minutes passed, or Castellan was closed since.`,
    'Without it the new key is of no use: cancel this change, delete the new key, and rotate again.',
  )
}

/** Ends a rotation, and adds the deletion of the old key to the list, where it waits for its own preview. */
export function confirmDeployed(context: Context, remediationId: number): RemediationRow {
  const { row } = existingRemediation(context, remediationId)
  checkOpen(row, 'deploy')
  if (holdsSecretOf(context, remediationId)) {
    throw new Refusal('CONFLICT', 'The new secret was not retrieved yet.', 'Retrieve and deploy it first.')
  }
  commit(context, ['remediation'], (act) => confirmKey(act, row))
  return shownRow(context, existingRemediation(context, remediationId).row)
}

/** Of a rotation, the old key is deleted by an item of its own, which may be on the list already. */
function confirmKey(act: Commit, row: Row): void {
  if (row.action !== 'key-rotate') {
    moveRemediation(act, row, 'remediation.deployed', {})
    return
  }
  const { writer, at } = act
  const { connection, subject, origin } = row
  const deletion = { connectionId: connection.id, action: 'key-delete' as const, subject, values: '{}' }
  const known = isSameRequest(writer, deletion)
  if (known !== null || origin === null) {
    moveRemediation(
      act,
      row,
      'remediation.deployed',
      known === null ? {} : { deletion: known, deletionUid: readUid(writer, 'remediation', known) },
    )
    return
  }
  const uid = createUidFor(writer, row.client.slug, at)
  moveRemediation(act, row, 'remediation.deployed', { deletionUid: uid })
  const says = sayRemediation({ action: 'key-delete', subject: subject.name, project: null })
  addToList(
    act,
    { ...row, ...deletion, connection: { ...connection, client: row.client }, values: {}, says },
    { state: 'waiting', outcome: null, uid },
  )
}

const OUTCOME = 'Castellan ended before the provider answered. The result is unknown.'

/**
 * Changes that were being sent when the last process ended now have an unknown result, also in the journal. Nothing is
 * sent: this process is the only writer, so none is running. Returns how many there were.
 */
export function settleInterrupted(context: Context): number {
  if (context.session().mode !== 'write' || context.session().register === null) return 0
  const ids = sendingRemediations(getReader(context))
  if (ids.length === 0) return 0
  const stored = remediationsById(getReader(context), ids)
  commit(context, ['remediation'], (act) => {
    for (const { row } of stored) {
      moveRemediation(act, row, 'remediation.unsure', { outcome: `${OUTCOME} ${unknownResultStep(row.action)}` })
    }
  })
  return stored.length
}
