import { formatDay } from '../../ui/relative.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { api } from '../../data/api.ts'
import type { HiddenBefore, NotedBefore, TodayEntry } from '../../../shared/contract/today.ts'

/** The entry that a person decides about, in the scope that is shown. */
export interface EntryRef {
  readonly client: string | undefined
  readonly entry: TodayEntry
}

/** Snoozes an entry until a day, with an undo. */
export async function snoozeEntry({ client, entry }: EntryRef, until: string, reason: string): Promise<void> {
  const { at } = await api.today.snooze({ client, entry: entry.entryId, until, reason })
  notifyDone({ message: `Snoozed until ${formatDay(until)}`, undo: () => restore({ client, entry }, at) })
}

/** Dismisses an entry with a reason, with an undo. */
export async function dismissEntry({ client, entry }: EntryRef, reason: string): Promise<void> {
  const { at } = await api.today.dismiss({ client, entry: entry.entryId, reason })
  notifyDone({ message: 'Dismissed. It returns when its facts get worse', undo: () => restore({ client, entry }, at) })
}

/** The fields of a note's form. */
export type NoteValues = Pick<TodayEntry, 'note' | 'contact'>

/**
 * Sets the note and the contact of an entry, also of each subject that a row joins; the field that was not changed stays
 * as it is at each of them. The undo sets what each had before.
 */
export async function noteEntry(
  { client, entry }: EntryRef,
  began: NoteValues,
  { note, contact }: NoteValues,
): Promise<void> {
  if (note === began.note && contact === began.contact) return
  const { before } = await api.today.note({
    client,
    entry: entry.entryId,
    note: note === began.note ? undefined : note,
    contact: contact === began.contact ? undefined : contact,
  })
  notifyDone({
    message: 'Note saved',
    undo: () => eachAlike(before, (one, only) => api.today.note({ ...one, client, only })),
  })
}

/** Returns a hidden entry to the queue; the undo hides it at each client as it was hidden there. */
export async function restoreEntry({ client, entry }: EntryRef): Promise<void> {
  const { before } = await restore({ client, entry })
  notifyDone({
    message: 'Returned to Today',
    undo: () =>
      eachAlike(before, ({ entry: entryId, until, reason }, only) =>
        until === null
          ? api.today.dismiss({ client, entry: entryId, reason, only })
          : api.today.snooze({ client, entry: entryId, until, reason, only }),
      ),
  })
}

function restore({ client, entry }: EntryRef, at?: number): Promise<{ readonly before: readonly HiddenBefore[] }> {
  return api.today.restore({ client, entry: entry.entryId, at })
}

/** Does something for each of the earlier states, once for all clients that had the same. */
async function eachAlike<State extends HiddenBefore | NotedBefore>(
  before: readonly State[],
  act: (state: Omit<State, 'client'>, only: string[]) => Promise<unknown>,
): Promise<void> {
  const alike = Map.groupBy(before, (state) => JSON.stringify({ ...state, client: null }))
  for (const [, states] of alike) {
    const [first] = states
    if (first !== undefined)
      await act(
        first,
        states.map(({ client }) => client),
      )
  }
}
