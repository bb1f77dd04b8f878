import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import {
  hasMoreThan,
  readOrganization,
  readPart,
  reportConnections,
} from '../../../../electron/register/read/report.ts'
import { calendarKeys } from '../../../../electron/register/read/calendar-keys.ts'
import { type Explained, explainingReader, scans } from '../explaining.ts'
import { getReading, key, newConnection, newRegister, project, user } from '../registers.ts'

const NOW = Date.UTC(2026, 10, 2)
const MOMENT = { now: NOW, today: '2026-11-02' }

function filled() {
  const register = newRegister()
  const connection = newConnection(register, 'acme')
  register.transact((writer) =>
    applyReading(
      writer,
      getReading(connection, [
        { source: 'projects', facts: [project('proj_a')] },
        { source: 'users', facts: [user('ann'), user('bob')] },
        { source: 'project-keys', project: 'proj_a', facts: [key('key_1', { project: 'proj_a' }), key('key_2')] },
      ]),
    ),
  )
  return register
}

describe('the statements of a register and its calendar', () => {
  it('search keys, accounts and roles by index, one organization at a time', () => {
    const { reader } = filled()
    const explained: Explained[] = []
    const explaining = explainingReader(reader, explained)
    const [connection] = reportConnections(reader, {})
    if (connection === undefined) throw new Error('There is no connection.')
    readOrganization(explaining, connection, 'projects', MOMENT)
    readPart(explaining, connection, 'principals', MOMENT)
    readPart(explaining, connection, 'keys', MOMENT)
    expect([...calendarKeys(explaining, [connection], undefined, NOW)].length).toBeGreaterThanOrEqual(0)
    hasMoreThan(explaining, [connection], 3)
    expect(explained.length).toBeGreaterThan(10)
    // People who left are in a table of their own, which is as long as an HR file.
    const own = explained.filter(({ sql }) => /key|principal|grant_row/u.test(sql) && !sql.includes('employment'))
    expect(own.length).toBeGreaterThan(5)
    expect(own.flatMap((one) => scans(one).map((scan) => `${scan} in ${one.sql}`))).toEqual([])
    // Each table of a key is read once, in the order of its numbers.
    const keys = explained.find(({ sql }) => sql.includes('k.hint') && !sql.includes('json_each'))
    expect(keys?.steps.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH v USING (?:PRIMARY KEY|INDEX key_standing) \(key_id=\?\)$/u),
      expect.stringMatching(/^LIST SUBQUERY/u),
      expect.stringMatching(/^SEARCH i USING COVERING INDEX \w+ \(connection_id=\?\)$/u),
      expect.stringMatching(/^REUSE LIST SUBQUERY/u),
      'SEARCH k USING INTEGER PRIMARY KEY (rowid=?)',
      'SEARCH l USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    ])
  })

  it('count keys and accounts together, up to a number', () => {
    const { reader } = filled()
    const connections = reportConnections(reader, {})
    expect([3, 4].map((most) => hasMoreThan(reader, connections, most))).toEqual([true, false])
    expect(hasMoreThan(reader, [], 0)).toBe(false)
  })
})
