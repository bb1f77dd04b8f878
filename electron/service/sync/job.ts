import { getProvider } from '../../providers/registry.ts'
import { readsFile } from '../../../shared/domain/providers/providers.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import { listAccess, callable } from '../core/credentials.ts'
import { unfinishedParts } from '../../register/connections/sync-history.ts'
import { type Context, readOperator, getReader, makeRegister } from '../core/context.ts'
import type { SyncJob } from '../core/runner.ts'

/**
 * What a sync of a connection needs, with the credential given for this run or the stored one. Throws `Refusal` for a
 * connection that cannot be read: no credential, or a provider that only files bring in.
 */
export async function readJob(
  context: Context,
  connection: StoredConnection,
  given: string | undefined,
): Promise<SyncJob> {
  return {
    connectionId: connection.id,
    provider: getProvider(callable(connection)),
    access: {
      ...(await listAccess(context, connection, given)),
      unfinished: unfinishedParts(getReader(context), connection.id),
    },
    register: makeRegister(context),
    operator: readOperator(context),
    isStored: given === undefined && !readsFile(connection.provider),
  }
}
