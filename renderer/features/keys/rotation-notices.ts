import type { Outputs } from '../../../shared/contract/contract.ts'
import type { KeyRow } from '../../../shared/contract/keys.ts'
import { addDays, toLocalDay, type Day } from '../../../shared/domain/day.ts'
import { api } from '../../data/api.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { formatDay, plural } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'

const WEEK_DAYS = 7

export const SNOOZE_WEEK = 'Snooze for a week'

/** The day until which a snooze of a week lasts that begins at this instant. */
export function weekAfter(now: number): Day {
  return addDays(toLocalDay(now), WEEK_DAYS)
}

/** Names the marked keys: one with the day on which it is due again, or their number: `prod-web marked rotated`. */
export function markedWords(what: Pick<KeyRow, 'name' | 'rotation'> | number): string {
  if (typeof what === 'number') return `${plural(what, 'key')} marked rotated`
  const { dueOn } = what.rotation
  return `${visibleText(what.name)} marked rotated${dueOn === null ? '' : `, due again ${formatDay(dueOn)}`}`
}

/** The reminders that are snoozed, of a key or of a number of keys: `No reminders about 2 keys until 9 Dec 2026`. */
export function snoozedWords(what: Pick<KeyRow, 'name'> | number, until: Day): string {
  const about = typeof what === 'number' ? plural(what, 'key') : visibleText(what.name)
  return `No reminders about ${about} until ${formatDay(until)}`
}

/** Shows that a key was marked rotated, with its undo. */
export function notifyMarked({ rotationId, key }: Outputs['rotation']['mark']): void {
  notifyDone({ message: markedWords(key), undo: () => api.rotation.undo({ rotationId }) })
}

/** Shows until when the reminders of a key are snoozed, or that they are resumed, with its undo. */
export function notifySnoozed(row: KeyRow, until: Day | null): void {
  notifyDone({
    message: until === null ? `Reminders about ${visibleText(row.name)} resumed` : snoozedWords(row, until),
    undo: () => api.rotation.snooze({ keyId: row.keyId, until: row.rotation.snoozedUntil }),
  })
}
