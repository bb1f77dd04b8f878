import type { Access } from '../kit/calls.ts'
import { getPresent } from '../kit/present.ts'
import { openRun } from '../kit/run.ts'
import type { Omission, Sink } from '../kit/tally.ts'
import { readLastActive, type DailyUse } from './activity.ts'
import { openCursor } from './client.ts'
import { readMembers } from './members.ts'
import { memberReading } from './member.ts'

/** Reads the seats of one Cursor team: when its members were last active, then the members. */
export async function readCursorTeam(access: Access, sink: Sink, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const api = await openCursor(access)
  const run = openRun('cursor-team', access, sink, signal)
  let lastActive: ReadonlyMap<string, number> = new Map()
  await run.source('user-activity', null, async (tally) => {
    lastActive = await readLastActive(run.calls, api, getPresent(access), (days) => {
      let at = 0
      tally.take(days, () => ({ id: null, facts: [], left: whyLeft(days[at++]) }))
    })
  })
  await run.source('users', null, async (tally) => {
    tally.take(await readMembers(run.calls, api), (row) => memberReading(row, lastActive))
  })
  run.checkAddress()
}

function whyLeft(day: DailyUse | null | undefined): readonly Omission[] {
  if (day === null || day === undefined) return ['A row that cannot be read.']
  return day.email === null ? [{ harmless: 'A day of use that names no one.' }] : []
}
