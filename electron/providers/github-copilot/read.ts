import type { Access } from '../kit/calls.ts'
import { openRun } from '../kit/run.ts'
import type { Sink } from '../kit/tally.ts'
import { readAddresses, type MemberFacts } from './addresses.ts'
import { openGitHub } from './client.ts'
import { gitHubLists } from './lists.ts'
import { seatReading } from './seat.ts'
import { findOrganization, readOrganization } from './organization.ts'

/**
 * Reads the Copilot seats of one organization: first which organization it is, then the addresses of its members, since a
 * seat names a login alone and people are known by their address, then the seats.
 */
export async function readGitHubCopilot(access: Access, sink: Sink, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const api = await openGitHub(access)
  const run = openRun('github-copilot', access, sink, signal)
  let login = ''
  const isKnown = await run.source('organization', null, async (tally) => {
    login = await findOrganization(run.calls, api)
    const reading = await readOrganization(run.calls, api, login)
    tally.take([reading], () => reading)
  })
  run.checkAddress()
  if (!isKnown) return
  const known = new Map<string, MemberFacts>()
  await run.source('user-addresses', null, async (tally) => {
    const onRows = (rows: readonly unknown[]) => tally.take(rows, () => ({ id: null, facts: [], left: [] }))
    await readAddresses(run.calls, api, login, { known, onRows })
  })
  let place = 0
  await run.list('users', null, gitHubLists(api).seats(login), (row) => seatReading(row, known, place++))
}
