import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { findLimitMakers, findMakers } from '../../../../electron/register/changes/made-by.ts'
import { storeEvents } from '../../../../electron/register/events/log.ts'
import type { EventFact } from '../../../../shared/domain/events/event.ts'
import { limit } from '../findings/parts.ts'
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
    const events = [given('cy', 1, null), given('bo', 2, 'proj_a'), given('di', 3, 'proj_b'), given('ed', 4, null)]
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
    'ed@acme.example',
  ])
})

it('a limit was set by the actor of an event about its model group, and the cap of a usage tier by no one', () => {
  const register = newRegister()
  const connectionId = newConnection(register, 'acme', 'anthropic')
  const rate = (group: string, model: string) =>
    limit(null, { externalId: `rate:org:${group}:rpm`, kind: 'rate', metric: 'rpm', model })
  const limits = [
    rate('rlg_1', 'Opus 5'),
    rate('rlg_2', 'Haiku 5'),
    limit(null),
    limit(null, { externalId: 'spend:tier' }),
  ]
  const set = (by: string, type: string, detail: EventFact['detail'] = {}): EventFact => ({
    ...given(by, 1, null),
    type,
    act: 'changed',
    subject: { kind: 'limit', externalId: null, name: null },
    detail,
  })
  register.transact((writer) => {
    applyReading(writer, getReading(connectionId, [], AT))
    applyReading(writer, getReading(connectionId, [{ source: 'rate-limits', facts: limits }], AT + 9 * HOUR))
    const events = [
      set('bo', 'org_rate_limit_updated', { model_group: 'rlg_1', limiters: ['rpm'] }),
      set('cy', 'org_rate_limit_updated', { model_group: 'HAIKU 5', limiters: ['rpm'] }),
      set('di', 'org_rate_limit_updated', { model_group: 'rlg_3', limiters: ['rpm'] }),
      set('ed', 'org_spend_limit_updated'),
    ]
    storeEvents(writer, { id: 0, connectionId }, { events, position: null, isEnd: false })
  })
  const { reader } = register
  const ids = reader.column<number>('SELECT id FROM limit_version ORDER BY external_id')
  const makers = findLimitMakers(reader, ids)
  expect(ids.map((id) => makers.get(id)?.name ?? null)).toEqual([
    'bo@acme.example',
    'cy@acme.example',
    'ed@acme.example',
    null,
  ])
})
