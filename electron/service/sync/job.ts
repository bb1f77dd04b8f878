import { providerOf } from '../../providers/registry.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import { accessOf, callable } from '../core/credentials.ts'
import { unfinishedParts } from '../../register/connections/sync-history.ts'
import { type Context, operatorOf, readerOf, registerOf } from '../core/context.ts'
import type { SyncJob } from '../core/runner.ts'

/**
 * What a sync of a connection needs, with the credential given for this run or the stored one. Throws `Refusal` for a
 * connection that cannot be read: no credential, or a provider that only files bring in.
 */
export async function jobOf(
  context: Context,
  connection: StoredConnection,
  given: string | undefined,
): Promise<SyncJob> {
  return {
    connectionId: connection.id,
    provider: providerOf(callable(connection)),
    access: {
      ...(await accessOf(context, connection, given)),
      unfinished: unfinishedParts(readerOf(context), connection.id),
    },
    register: registerOf(context),
    operator: operatorOf(context),
  }
}
