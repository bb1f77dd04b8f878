import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { storeEvents } from '../../../../electron/register/events/log.ts'
import { remediationsById } from '../../../../electron/register/remediation/list.ts'
import { insertRemediation, setSending } from '../../../fixtures/remediation-rows.ts'
import type { EventFact } from '../../../../shared/domain/events/event.ts'
import type { RemediationAction } from '../../../../shared/domain/remediation/remediation.ts'
import { federation } from '../findings/parts.ts'
import { getReading, newConnection, newRegister, project, user } from '../registers.ts'

const AT = Date.UTC(2026, 10, 1, 12)

const removed = (kind: EventFact['subject']['kind'], of: string, where: string | null = null): EventFact => ({
  externalId: `${kind} ${of} ${where ?? ''}`,
  at: AT + 1000,
  type: `${kind}.deleted`,
  act: 'removed',
  subject: { kind, externalId: of, name: null },
  project: where,
  role: null,
  level: null,
  actor: { kind: 'user', externalId: 'ann', email: 'ann@acme.example', address: null, agent: null },
  detail: {},
})

interface Asked {
  readonly action: RemediationAction
  readonly of: string
  /** The external id of a project that the change names. */
  readonly where?: string
  readonly name?: string
  /** The name of a project, of a change that names it so. */
  readonly project?: string
  readonly role?: string
}

/** Who recorded a change that was sent, by a log with one event; null where the log does not record it. */
function recordedBy({ action, of, where, ...named }: Asked, event: EventFact): string | null {
  const register = newRegister()
  const connectionId = newConnection(register)
  return register.transact((writer) => {
    const rules = [federation({ externalId: 'fr_1', name: 'deploy', account: 'robot' })]
    const people = [user('ann'), user('robot', { kind: 'service-account', email: null })]
    const parts = [
      { source: 'projects', facts: [project('proj_a'), project('proj_b')] },
      { source: 'users', facts: people },
      { source: 'federation-rules', facts: rules },
    ] as const
    applyReading(writer, getReading(connectionId, [...parts], AT))
    const id = (table: string, x: string): number =>
      writer.value<number>(`SELECT id FROM ${table} WHERE external_id = ?`, [x]) ?? 0
    const values = {
      ...(where === undefined ? {} : { projectId: id('project', where) }),
      ...named,
    }
    const remediation = insertRemediation(writer, {
      connectionId,
      action,
      subject: { kind: 'principal', id: id('principal', of), name: of },
      values: JSON.stringify(values),
      origin: { kind: 'finding', id: 1 },
      state: 'waiting',
      outcome: null,
      at: AT,
      by: 'Sam',
    })
    setSending(writer, remediation, AT)
    storeEvents(writer, { id: 0, connectionId }, { events: [event], position: null, isEnd: false })
    return remediationsById(writer, [remediation])[0]?.row.recorded?.by ?? null
  })
}

describe('the record of a change in the provider’s own log', () => {
  it('of a federation rule is the event about the rule, which the change names by its account and its name', () => {
    const deletion = { action: 'federation-delete', of: 'robot', name: 'deploy' } as const
    expect(recordedBy(deletion, removed('federation', 'fr_1'))).toBe('ann@acme.example')
    expect(recordedBy(deletion, removed('federation', 'fr_2'))).toBeNull()
  })

  it('of a removal from a project is an event in that project, or one that names none', () => {
    const removal = { action: 'project-member-remove', of: 'ann', where: 'proj_a' } as const
    expect(recordedBy(removal, removed('grant', 'ann', 'proj_a'))).toBe('ann@acme.example')
    expect(recordedBy(removal, removed('grant', 'ann'))).toBe('ann@acme.example')
    expect(recordedBy(removal, removed('grant', 'ann', 'proj_b'))).toBeNull()
  })

  it('of an addition to a project, which the change names by its name, is an event in that project with that role', () => {
    const addition = { action: 'project-member-add', of: 'ann', project: 'PROJ_A', role: 'member' } as const
    const added = (where: string, role: string | null): EventFact => ({
      ...removed('grant', 'ann', where),
      act: 'created',
      role,
    })
    expect(recordedBy(addition, added('proj_a', null))).toBe('ann@acme.example')
    expect(recordedBy(addition, added('proj_a', 'member'))).toBe('ann@acme.example')
    expect(recordedBy(addition, added('proj_b', 'member'))).toBeNull()
    expect(recordedBy(addition, added('proj_a', 'owner'))).toBeNull()
  })

  it('of a removal from the organization is not a removal from a project', () => {
    const removal = { action: 'member-remove', of: 'ann' } as const
    expect(recordedBy(removal, removed('user', 'ann'))).toBe('ann@acme.example')
    expect(recordedBy(removal, removed('grant', 'ann', 'proj_a'))).toBeNull()
  })
})
