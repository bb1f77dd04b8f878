import { formatDay } from '../../ui/relative.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { api } from '../../data/api.ts'
import type { TodayEntry } from '../../../shared/contract/today.ts'

/** The entry that a person decides about, in the scope that is shown. */
export interface Decided {
  readonly client: string | undefined
  readonly entry: TodayEntry
}

/** Snoozes an entry until a day, with an undo. */
export async function snoozeEntry({ client, entry }: Decided, until: string, reason: string): Promise<void> {
  const { at } = await api.today.snooze({ client, entry: entry.entryId, until, reason })
  notifyDone({ message: `Snoozed until ${formatDay(until)}`, undo: () => restore({ client, entry }, at) })
}

/** Dismisses an entry with a reason, with an undo. */
export async function dismissEntry({ client, entry }: Decided, reason: string): Promise<void> {
  const { at } = await api.today.dismiss({ client, entry: entry.entryId, reason })
  notifyDone({ message: 'Dismissed. It returns when its facts get worse', undo: () => restore({ client, entry }, at) })
}

/** Sets the note and the contact of an entry; the undo sets the earlier ones. */
export async function noteEntry({ client, entry }: Decided, note: string, contact: string): Promise<void> {
  await api.today.note({ client, entry: entry.entryId, note, contact })
  notifyDone({
    message: 'Note saved',
    undo: () => api.today.note({ client, entry: entry.entryId, note: entry.note, contact: entry.contact }),
  })
}

/** Returns a hidden entry to the queue; the undo hides it as it was, at the clients where it was hidden. */
export async function restoreEntry({ client, entry }: Decided): Promise<void> {
  const { hidden, entryId } = entry
  const only = entry.clients.map(({ slug }) => slug)
  await restore({ client, entry })
  notifyDone({
    message: 'Returned to Today',
    undo: async () => {
      if (hidden === null) return
      const { until, reason } = hidden
      if (until === null) await api.today.dismiss({ client, entry: entryId, reason, only })
      else await api.today.snooze({ client, entry: entryId, until, reason, only })
    },
  })
}

async function restore({ client, entry }: Decided, at?: number): Promise<void> {
  await api.today.restore({ client, entry: entry.entryId, at })
}
