import { describe, expect, it } from 'vitest'

import { writeTeamPlace } from '../../../../electron/register/team/place.ts'
import { findForbidden } from '../../../../electron/register/team/may-decide.ts'
import type { Register } from '../../../../electron/register/register.ts'
import type { Commit } from '../../../../electron/service/core/context.ts'
import { assertMayDecide, carryOut, type NewDecision } from '../../../../electron/service/core/operations.ts'
import { Refusal } from '../../../../electron/service/kit/refusal.ts'
import type { Right } from '../../../../shared/decisions/kind.ts'
import { ALL_OPERATIONS, OPERATIONS } from '../../../../shared/decisions/operations.ts'
import type { LogKind } from '../../../../shared/domain/team-roles.ts'
import type { LogRole } from '../../../../shared/team/card.ts'
import { mayDecide } from '../../../../shared/team/rights.ts'
import { EXCHANGED_KINDS, makeBody } from '../../../shared/team/bodies.ts'
import { newConnection, newRegister } from '../../register/registers.ts'

const [TEAM, AGENCY, MEMBER] = [1, 2, 3].map((n) => `0199c0de-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
]

interface Roles {
  /** Null: none; left out: the client has no log yet. */
  readonly client?: LogRole | null
  readonly agency: LogRole | null
}

/** A register of a team with the client acme, in which the member has some roles. */
function openTeamRegister({ client, agency }: Roles): Register {
  const register = newRegister()
  newConnection(register, 'acme')
  register.transact((writer) => {
    writeTeamPlace(writer, {
      team: TEAM,
      server: { host: 'localhost', port: 5432, database: 'castellan', authority: null },
      login: 'anna',
      device: MEMBER,
      signKey: 'ab'.repeat(32),
      root: 'ab'.repeat(32),
      member: MEMBER,
      name: 'Anna Berg',
      founding: null,
      invite: null,
      named: null,
    })
    const addLog = (log: string, kind: LogKind, role: LogRole | null): void => {
      const people = role === null ? [] : [{ member: MEMBER, role, devices: [] }]
      writer.run('INSERT INTO team_log (log, kind, next, head, is_held) VALUES (?, ?, 1, zeroblob(32), 1)', [log, kind])
      writer.run('INSERT INTO team_card (log, at, head, card) VALUES (?, 0, zeroblob(32), ?)', [
        log,
        JSON.stringify({ kind, people }),
      ])
    }
    addLog(AGENCY, 'agency', agency)
    const uid = writer.value<string>("SELECT uid FROM client WHERE slug = 'acme'") ?? ''
    if (client !== undefined) addLog(uid, 'client', client)
  })
  return register
}

const decide = (kind: NewDecision['kind'], client: string | null, beside: object = {}): NewDecision =>
  ({ kind, client, subject: 'Acme', body: makeBody(kind as never, { ...beside }) }) as unknown as NewDecision

const ROLES: readonly LogRole[] = ['viewer', 'reviewer', 'operator', 'lead', 'owner']
const KINDS = EXCHANGED_KINDS.filter((kind) => kind in OPERATIONS && kind !== 'client.added') as NewDecision['kind'][]

describe('a decision in a team', () => {
  it.each(ROLES)('about a client is refused to a %s exactly where it would have no effect', (role) => {
    const { reader } = openTeamRegister({ client: role, agency: 'member' })
    for (const kind of KINDS) {
      if (!('decisions' in (ALL_OPERATIONS[kind] as unknown as { readonly right: Right }).right)) continue
      const allowed = mayDecide({ kind, body: makeBody(kind as never) }, role, 'client')
      expect([kind, findForbidden(reader, [decide(kind, 'acme')]) === null]).toEqual([kind, allowed])
    }
  })

  it('is refused to who has no role for the client, or none in the agency', () => {
    const { reader } = openTeamRegister({ client: null, agency: null })
    expect(findForbidden(reader, [decide('report.set', 'acme')])).toEqual({
      kind: 'report.set',
      client: 'acme',
      role: null,
      needs: 'operator',
    })
    expect(findForbidden(reader, [decide('view.saved', null)])).toMatchObject({ client: null, role: null })
  })

  it('for the agency needs its role there', () => {
    const member = openTeamRegister({ client: 'lead', agency: 'member' }).reader
    expect(findForbidden(member, [decide('view.saved', null)])).toBe(null)
    expect(findForbidden(member, [decide('policy.changed', null)])).toMatchObject({ role: 'member', needs: 'owner' })
    const owner = openTeamRegister({ client: 'owner', agency: 'owner' }).reader
    expect(findForbidden(owner, [decide('policy.changed', null)])).toBe(null)
  })

  it('about an internal client needs an owner, since its domains count at every client', () => {
    const internal = { kind: 'internal', domains: ['acme.example'] }
    const lead = openTeamRegister({ client: 'lead', agency: 'member' }).reader
    expect(findForbidden(lead, [decide('client.changed', 'acme', internal)])).toMatchObject({ needs: 'owner' })
    expect(findForbidden(lead, [decide('client.added', 'notes', internal)])).toMatchObject({ needs: 'owner' })
    expect(findForbidden(lead, [decide('client.added', 'notes')])).toBe(null)
    expect(findForbidden(openTeamRegister({ agency: 'owner' }).reader, [decide('client.added', 'n', internal)])).toBe(
      null,
    )
  })

  it('about a client without a log yet is that of who opened it', () => {
    const { reader } = openTeamRegister({ agency: 'member' })
    expect(findForbidden(reader, [decide('report.set', 'acme'), decide('client.changed', 'acme')])).toBe(null)
  })

  it('is refused before anything is written, with what is wrong, where, and what to do', () => {
    const register = openTeamRegister({ client: 'viewer', agency: 'member' })
    const carry = (): unknown =>
      register.transact((writer) => {
        const noteAll = (): number => expect.fail('A row of the journal was written.')
        const act = { writer, at: 5, operator: 'Anna Berg', noteAll } as unknown as Commit
        return carryOut(act, [decide('report.set', 'acme')])
      })
    expect(carry).toThrow(Refusal)
    expect(register.reader.value('SELECT count(*) FROM report_setting')).toBe(0)
    const refuse = (decided: NewDecision): Refusal => {
      try {
        assertMayDecide(register.reader, [decided])
      } catch (error) {
        if (error instanceof Refusal) return error
      }
      return expect.fail('It was not refused.')
    }
    expect(refuse(decide('report.set', 'acme'))).toMatchObject({
      code: 'NOT_ALLOWED',
      message: '“Usage reports set up” needs the role operator; your role for the client acme is viewer.',
      hint: 'Ask a lead of the client or an owner of the team to decide it, or to give you the role.',
    })
    expect(refuse(decide('policy.changed', null))).toMatchObject({
      message: '“Policy changed” needs the role owner; your role in the agency is member.',
      hint: 'Ask an owner of the team to decide it.',
    })
  })

  it('that stays in its register asks no right, and none is asked without a team', () => {
    const { reader } = openTeamRegister({ client: 'viewer', agency: null })
    const merged = { kind: 'person.merged', client: 'acme', body: {} }
    expect(findForbidden(reader, [merged])).toBe(null)
    const alone = newRegister()
    expect(findForbidden(alone.reader, [decide('policy.changed', null)])).toBe(null)
  })
})
