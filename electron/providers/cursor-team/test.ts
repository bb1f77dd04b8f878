import type { Access } from '../kit/calls.ts'
import { getPresent } from '../kit/present.ts'
import { openProbe, type TestReport } from '../kit/probe.ts'
import { DAY_MS } from '../../../shared/domain/day.ts'
import { readDays } from './activity.ts'
import { openCursor } from './client.ts'
import { readMembers } from './members.ts'

/** Names what a key of a Cursor team can read. The API gives the team neither an id nor a name. */
export async function testCursorTeam(access: Access, signal: AbortSignal): Promise<TestReport> {
  signal.throwIfAborted()
  const api = await openCursor(access)
  const probe = openProbe('cursor-team', access, signal)
  const to = getPresent(access)
  await probe.together([
    () => probe.single('users', () => readMembers(probe.calls, api)),
    () => probe.single('user-activity', () => readDays(probe.calls, api, { from: to - DAY_MS, to })),
  ])
  const { capabilities, fault } = probe
  return { organization: null, capabilities, fault }
}
