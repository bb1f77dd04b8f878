import type { UsageSync } from '../../../shared/contract/usage.ts'
import { getProvider } from '../../providers/registry.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import { type Context, makeRegister } from '../core/context.ts'
import { callable, listAccess } from '../core/credentials.ts'
import { isKeyMissing, Refusal } from '../kit/refusal.ts'
import { syncUsage } from './sync.ts'

/** Syncs one connection; one that cannot be read reports why, and the others are read nevertheless. */
export async function syncOne(
  context: Context,
  connection: StoredConnection,
  given: string | undefined,
  signal: AbortSignal,
): Promise<UsageSync> {
  const { id, label } = connection
  try {
    const provider = getProvider(callable(connection))
    const job = {
      register: makeRegister(context),
      connectionId: id,
      clientId: connection.clientId,
      provider,
      access: await listAccess(context, connection, given),
      now: context.now,
    }
    return { connectionId: id, label, reports: await syncUsage(job, signal), skipped: null, noKey: false }
  } catch (error) {
    if (error instanceof Refusal && given === undefined)
      return { connectionId: id, label, reports: [], skipped: error.message, noKey: isKeyMissing(error) }
    throw error
  }
}
