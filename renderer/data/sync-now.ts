import { notifyFailed, notifyWarning } from '../ui/notify.tsx'
import { api } from './api.ts'
import { notifySkipped } from './skipped.ts'

/**
 * Starts a sync of these connections, or of the whole scope. The rail shows that it runs and `useSyncEnds` notifies how
 * it ended; this function only notifies of the connections that were left out.
 */
export async function syncNow(
  what: { readonly client: string | undefined } | { readonly connections: number[] },
): Promise<void> {
  try {
    const { started, skipped } = await api.sync.start(what)
    notifySkipped(skipped, 'client' in what ? what.client : undefined)
    if (started.length + skipped.length === 0) notifyWarning({ message: 'No connection to sync yet', only: 'skipped' })
  } catch (error) {
    notifyFailed(error)
  }
}
