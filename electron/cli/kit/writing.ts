import type { Api } from '../../../shared/contract/contract.ts'
import { isReadOnly } from './failure.ts'
import type { Run } from './run.ts'

/** An export is noted in the journal by the profile's writer. Beside an open window it is written all the same, and says so. */
export async function writing<T>(run: Run, work: (api: Api) => Promise<T>): Promise<T> {
  try {
    return await run.withApi('write', work)
  } catch (error) {
    if (!isReadOnly(error)) throw error
    const result = await run.withApi('read', work)
    await run.terminal.err('Another Castellan writes to this profile, so this export is not in the journal.\n')
    return result
  }
}
