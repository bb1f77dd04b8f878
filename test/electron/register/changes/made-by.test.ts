import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { findMakers } from '../../../../electron/register/changes/made-by.ts'
import { storeEvents } from '../../../../electron/register/events/log.ts'
import type { EventFact } from '../../../../shared/domain/events/event.ts'
import { getReading, newConnection, newRegister, project, user } from '../registers.ts'

const AT = Date.UTC(2026, 10, 1, 12)
const HOUR = 3_600_000

const given = (by: string, hour: number, where: string | null): EventFact => ({
  externalId: `given by ${by}`,
  at: AT + hour * HOUR,
  type: 'role.assignment.created',
  act: 'created',
  subject: { kind: 'grant', externalId: 'ann', name: null },
  project: where,
  role: null,
  level: null,
  actor: { kind: 'user', externalId: by, email: `${by}@acme.example`, address: null, agent: null },
  detail: {},
})

it('a role was given by the actor of an event in its own project, or in the organization for one of the organization', () => {
  const register = newRegister()
  const connectionId = newConnection(register)
  const parts = [
    { source: 'projects', facts: [project('proj_a'), project('proj_b')] },
    { source: 'users', facts: [user('ann')] },
  ] as const
  register.transact((writer) => {
    applyReading(writer, getReading(connectionId, [...parts], AT))
    applyReading(writer, getReading(connectionId, [...parts], AT + 9 * HOUR))
    const events = [given('cy', 1, null), given('bo', 2, 'proj_a'), given('di', 3, 'proj_b')]
    storeEvents(writer, { id: 0, connectionId }, { events, position: null, isEnd: false })
  })
  const { reader } = register
  const syncId = reader.value<number>('SELECT max(id) FROM sync') ?? 0
  const id = reader.value<number>("SELECT id FROM principal WHERE external_id = 'ann'") ?? 0
  const gained = (projectId: number | null) =>
    ({
      kind: 'access-gained',
      connectionId,
      syncId,
      subject: { kind: 'principal', id },
      projectId,
      before: null,
      after: null,
      levelBefore: null,
      levelAfter: null,
    }) as const
  const projects = reader.column<number>('SELECT id FROM project ORDER BY external_id')
  const makers = findMakers(reader, [...projects, null].map(gained))
  expect([...makers.values()].map(({ name }) => name)).toEqual([
    'bo@acme.example',
    'di@acme.example',
    'cy@acme.example',
  ])
})
