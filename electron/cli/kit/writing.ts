import type { Api } from '../../../shared/contract/contract.ts'
import { isReadOnly } from './failure.ts'
import type { Run } from './run.ts'

/**
 * The profile's writer records an export in the journal. While another process is the writer, the file is still
 * written, with a warning on standard error.
 */
export async function writing<T>(run: Run, work: (api: Api) => Promise<T>): Promise<T> {
  try {
    return await run.withApi('write', work)
  } catch (error) {
    if (!isReadOnly(error)) throw error
    const result = await run.withApi('read', work)
    await run.terminal.err(
      'Another Castellan process writes to this profile, so this export is not recorded in the audit log.\n',
    )
    return result
  }
}
