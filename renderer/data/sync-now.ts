import { notifyDone, notifyFailed } from '../ui/notify.tsx'
import { plural } from '../ui/relative.ts'
import { api } from './api.ts'

/**
 * Starts a sync of the connections named, or of the whole scope. The rail shows that it runs and `useSyncEnds` says how it
 * ended; here only what was left out is said.
 */
export async function syncNow(
  what: { readonly client: string | undefined } | { readonly connections: number[] },
): Promise<void> {
  try {
    const { started, skipped } = await api.sync.start(what)
    if (skipped.length > 0) {
      const reasons = [...new Set(skipped.map((each) => each.reason))].join('; ')
      notifyDone({ message: `Left out ${plural(skipped.length, 'connection')}: ${reasons}` })
    }
    if (started.length + skipped.length === 0) notifyDone({ message: 'There is no connection to sync yet' })
  } catch (error) {
    notifyFailed(error)
  }
}
