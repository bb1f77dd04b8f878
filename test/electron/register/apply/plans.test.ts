import { expect, test } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { bigReading } from '../../../bench/big-register.ts'
import { type Explained, explainingWriter, nestedScans } from '../explaining.ts'
import { newBriefRegister, newConnection } from '../registers.ts'

test('a reading compares grants with those of the register by principal and project together, in both directions', () => {
  const register = newBriefRegister(() => 0)
  const connectionId = newConnection(register)
  const size = { organizations: 1, people: 10, keys: 0, grants: 40, projects: 3 }
  const explained: Explained[] = []
  for (const at of [0, 1]) {
    const reading = { ...bigReading(connectionId, size, 0, 0), startedAt: at, finishedAt: at }
    register.transact((writer) => applyReading(explainingWriter(writer, explained), reading))
  }
  const ofGrants = explained.filter(({ sql }) => sql.includes('temp.in_grant'))
  expect(ofGrants.flatMap(nestedScans)).toEqual([])
  const steps = ofGrants.flatMap(({ steps }) => steps.map(({ detail }) => detail))
  const found = [...new Set(steps.filter((detail) => /^SEARCH .*principal_id=\?/u.test(detail)))].toSorted()
  expect(found.length).toBeGreaterThan(3)
  // The index of a principal's grants alone would read all of them for each of them.
  expect(found.filter((detail) => !/principal_id=\? AND (?:place|project_id)=\?/u.test(detail))).toEqual([
    expect.stringMatching(/^SEARCH n USING INDEX principal_standing/u),
  ])
  register.close()
})
