import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { readOrganization, reportConnections } from '../../../../electron/register/read/report.ts'
import { getReader, makeMoment, makeRegister } from '../../../../electron/service/core/context.ts'
import type { Expiry } from '../../../../shared/domain/facts.ts'
import { keyRecords } from '../../../../shared/report/register-records.ts'
import { getReading, key, newConnection, project } from '../../register/registers.ts'
import { newService } from '../services.ts'

/** The state of the end of one key after each of several readings, in the list, in its file and in what changed. */
async function readEnds(...ends: readonly Expiry[]) {
  let now = Date.UTC(2026, 10, 2)
  const { api, context } = await newService({ now: () => now })
  const register = makeRegister(context)
  const connection = newConnection(register)
  const states: unknown[] = []
  for (const expiresAt of ends) {
    now += 86_400_000
    register.transact((writer) =>
      applyReading(
        writer,
        getReading(connection, [
          { source: 'projects', facts: [project('p')] },
          { source: 'project-keys', project: 'p', facts: [key('k', { project: 'p', expiresAt })] },
        ]),
      ),
    )
    const { rows } = await api.keys.list({})
    const reader = getReader(context)
    const records = reportConnections(reader, {}).flatMap((one) => [
      ...keyRecords(readOrganization(reader, one, 'projects', makeMoment(context))),
    ])
    states.push([rows.map(({ endState }) => endState), records.map(({ expires }) => expires)])
  }
  return states
}

const ENDS = Date.UTC(2027, 0, 5)

it('a key whose end its provider sent in a form that cannot be read has an unknown end, until it is read; a known one stays', async () => {
  expect(await readEnds(null, 'unread', ENDS, 'unread', null)).toEqual([
    [['none'], [null]],
    [['not-reported'], ['not-reported']],
    [['known'], ['2027-01-05T00:00:00Z']],
    [['known'], ['2027-01-05T00:00:00Z']],
    [['none'], [null]],
  ])
  expect(await readEnds('unread')).toEqual([[['not-reported'], ['not-reported']]])
})
