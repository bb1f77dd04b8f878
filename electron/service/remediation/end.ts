import type { RemedyRow } from '../../../shared/contract/remediation.ts'
import type { RemedyState } from '../../../shared/domain/remediation/remedy.ts'
import { nextRemedyState, type RemedyEvent } from '../../../shared/domain/remediation/states.ts'
import { sayRemedy } from '../../../shared/domain/remediation/say.ts'
import type { StoredRemedy } from '../../register/remediation/list.ts'
import { insertRemedy, sameWish } from '../../register/remediation/store.ts'
import { type Context, commit, operatorOf } from '../core/context.ts'
import { Refusal } from '../kit/refusal.ts'
import { moveRemedy, noteRemedy } from './journal.ts'
import { existingRemedy, shownRow } from './rows.ts'
import { holdsSecret, takeSecret } from '../core/secrets.ts'

const STATE_WORD: Readonly<Record<RemedyState, string>> = {
  waiting: 'is waiting to be sent',
  'by-hand': 'is to be done by hand',
  sending: 'is being sent',
  unsure: 'was sent, and nobody knows whether it was done',
  deploying: 'made a key that is being put in place',
  done: 'is done',
  failed: 'failed',
  withdrawn: 'was withdrawn',
}

/** A remedy to which an event can happen. Throws `Refusal` NOT_FOUND, CONFLICT. */
function openTo(context: Context, remedyId: number, event: RemedyEvent): StoredRemedy['row'] {
  const { row } = existingRemedy(context, remedyId)
  if (nextRemedyState(row.state, event) !== null) return row
  throw new Refusal('CONFLICT', `Remedy ${remedyId} ${STATE_WORD[row.state]}.`, 'Read the list again.')
}

/** Takes a remedy off the list. What may have been sent stays as it is at the provider; the outcome says so. */
export function withdraw(context: Context, remedyId: number): RemedyRow {
  const row = openTo(context, remedyId, 'withdraw')
  const outcome =
    row.state === 'unsure'
      ? 'Withdrawn after it was sent: a sync shows whether it was done.'
      : row.state === 'deploying'
        ? `Withdrawn after the new key was made: that key stays at the provider${row.action === 'key-rotate' ? ', and the old one too' : ''}.`
        : null
  takeSecret(context.session(), remedyId)
  commit(context, ['remedy'], (act) => moveRemedy(act, row, 'withdraw', { outcome, says: { before: row.state } }))
  return shownRow(context, existingRemedy(context, remedyId).row)
}

/** Somebody did it in the console, or looked and found it done. */
export function markByHand(context: Context, remedyId: number): RemedyRow {
  const row = openTo(context, remedyId, 'mark')
  const outcome = `Done, as ${operatorOf(context)} says. A sync shows whether it is.`
  commit(context, ['remedy'], (act) => moveRemedy(act, row, 'mark', { outcome, says: { before: row.state } }))
  return shownRow(context, existingRemedy(context, remedyId).row)
}

/** Gives the new secret of a rotation, once, and forgets it. Throws `Refusal` NOT_FOUND, CONFLICT when it is not held. */
export function handOver(context: Context, remedyId: number): { readonly secret: string; readonly name: string } {
  const { row } = existingRemedy(context, remedyId)
  if (!holdsSecret(context.session(), remedyId)) throw notHeld(row.subject.name)
  commit(context, ['remedy'], ({ note }) => noteRemedy(note, 'secret-taken', row))
  const secret = takeSecret(context.session(), remedyId)
  if (secret === null) throw notHeld(row.subject.name)
  return { secret: secret.value, name: secret.name }
}

function notHeld(name: string): Refusal {
  return new Refusal(
    'CONFLICT',
    `No secret of ${name} is held: there was none, it was taken, ten minutes passed, or Castellan was closed since.`,
    'Without it the new key is of no use: withdraw this, delete the new key, and rotate again.',
  )
}

/** Ends a rotation, and puts the deletion of the old key on the list, where it waits for its own preview. */
export function confirmDeployed(context: Context, remedyId: number): RemedyRow {
  const row = openTo(context, remedyId, 'deploy')
  if (holdsSecret(context.session(), remedyId)) {
    throw new Refusal('CONFLICT', 'The new secret was not taken yet.', 'Take it and put it in place first.')
  }
  if (row.action !== 'key-rotate') {
    commit(context, ['remedy'], (act) => moveRemedy(act, row, 'deploy', { outcome: 'The new key is in place.' }))
    return shownRow(context, existingRemedy(context, remedyId).row)
  }
  commit(context, ['remedy'], (act) => {
    const { writer, at, note } = act
    const deletion = {
      connectionId: row.connection.id,
      action: 'key-delete' as const,
      subject: row.subject,
      values: '{}',
    }
    const { origin } = row
    const known = sameWish(writer, deletion)
    const next =
      known ??
      (origin === null
        ? null
        : insertRemedy(writer, { ...deletion, origin, state: 'waiting', outcome: null, at, by: operatorOf(context) }))
    const outcome = `The new key is in place. Remedy ${next} deletes the old one.`
    moveRemedy(act, row, 'deploy', { outcome, says: { deletion: next } })
    if (known === null && next !== null) {
      const says = sayRemedy({ action: 'key-delete', subject: row.subject.name, project: null })
      noteRemedy(note, 'added', { ...row, ...deletion, remedyId: next, values: {}, says })
    }
  })
  return shownRow(context, existingRemedy(context, remedyId).row)
}
