import { describe, expect, it } from 'vitest'

import { NO_TEAM } from '../../../../electron/service/team/gate.ts'
import {
  describeRoles,
  describeStream,
  describeTeam,
  nameStream,
} from '../../../../renderer/features/team/team-labels.ts'
import { TEAM_STATES, type TeamStream } from '../../../../shared/contract/team.ts'

const member = { ...NO_TEAM, state: 'member' } as const

describe('the state of a team', () => {
  it('is named in a word for each state but that of a profile without one', () => {
    const named = TEAM_STATES.map((state) => [state, describeTeam({ ...NO_TEAM, state })?.label])
    expect(Object.fromEntries(named)).toEqual({
      none: undefined,
      founding: 'Team not set up yet',
      asking: 'Waiting to be let in',
      member: 'In step',
      removed: 'Removed from the team',
      otherDevice: 'Not this device',
    })
  })

  it('of a member names the gravest: a stopped stream, then the server, then what waits', () => {
    const waiting = { ...member, waiting: 3 }
    expect(describeTeam(waiting)).toEqual({ tone: 'info', label: '3 decisions waiting' })
    const offline = { ...waiting, problem: 'The server does not answer.' }
    expect(describeTeam(offline)).toEqual({ tone: 'warn', label: 'Server not reached, 3 decisions waiting' })
    expect(describeTeam({ ...offline, stopped: 1 })).toEqual({ tone: 'bad', label: '1 stream stopped' })
  })
})

describe('a stream', () => {
  const stream: TeamStream = {
    stream: '0',
    kind: 'decisions',
    client: 'acme',
    state: 'inStep',
    entries: 4,
    head: '',
    waiting: 0,
    sentence: null,
  }

  it('is stopped, or in step, or has a number of decisions that wait', () => {
    expect(describeStream(stream)).toEqual({ tone: 'good', label: 'In step' })
    expect(describeStream({ ...stream, state: 'waiting', waiting: 1 }).label).toBe('1 decision waiting')
    expect(describeStream({ ...stream, state: 'stopped', waiting: 1 }).label).toBe('Stopped')
  })

  it('of a client has its name, and one that was not read yet has none', () => {
    expect(nameStream(stream, 'Acme Corp')).toBe('Decisions, Acme Corp')
    expect(nameStream({ kind: 'facts' }, null)).toBe('Readings of providers, a client not read yet')
    expect(nameStream({ kind: 'agency' }, null)).toBe('Decisions about the agency')
  })
})

describe('the roles of a member', () => {
  it('are those in the agency and the number of clients, or none yet', () => {
    const access = [{ client: 'acme', uid: '0', role: 'lead' as const }]
    expect(describeRoles({ roles: ['auditor', 'people'], access })).toBe('Auditor, People, Access to 1 client')
    expect(describeRoles({ roles: [], access: [] })).toBe('No access yet')
  })
})
