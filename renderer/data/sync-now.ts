import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import { plural } from '../ui/relative.ts'
import { api } from './api.ts'

/**
 * Starts a sync of these connections, or of the whole scope. The rail shows that it runs and `useSyncEnds` notifies how
 * it ended; this function only notifies of the connections that were left out.
 */
export async function syncNow(
  what: { readonly client: string | undefined } | { readonly connections: number[] },
): Promise<void> {
  try {
    const { started, skipped } = await api.sync.start(what)
    if (skipped.length > 0) {
      const reasons = [...new Set(skipped.map((each) => each.reason))].join('; ')
      notifyDone({ message: `${plural(skipped.length, 'connection')} not synced: ${reasons}` })
    }
    if (started.length + skipped.length === 0) notifyDone({ message: 'No connection to sync yet' })
  } catch (error) {
    notifyFailed(error)
  }
}
