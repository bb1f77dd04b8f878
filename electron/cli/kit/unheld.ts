import type { Api } from '../../../shared/contract/contract.ts'
import { counted } from '../../../shared/domain/counted.ts'
import type { Run } from './run.ts'

/** The lines under a list of all clients that name how many of the team's this device does not hold; none in JSON and for one client. */
export async function describeUnheld(run: Run, api: Api): Promise<readonly string[]> {
  if (run.json || run.client !== undefined) return []
  // Where the keys of this device are not here, castellan team status has the reason.
  const unheld = await api.team.status().then(
    (status) => status.unheld,
    () => 0,
  )
  return unheld === 0
    ? []
    : ['', `Not on this device: ${counted(unheld, 'client')} of the team. List them: castellan team unheld.`]
}
