import { describe, expect, it } from 'vitest'

import { coverageRows } from '../../../../electron/service/coverage/rows.ts'
import { notRead, reads } from '../../../../electron/providers/kit/coverage.ts'
import type { SourceSummary } from '../../../../shared/contract/connections.ts'
import { connected, northfold, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const OFFERS = {
  basis: ['a test'],
  offers: [
    reads('Members', { calls: ['members.list'], same: ['members.retrieve'], sources: ['users', 'invites'] }, 'who'),
    reads('Costs', { calls: ['costs'], reports: ['cost'] }, 'what was billed'),
    notRead('Audit log', ['audit.list'], 'it is a record of events.', 'who did it'),
  ],
} as const

const source = (name: 'users' | 'invites', state: 'complete' | 'denied', fetched: number): SourceSummary => {
  const reason = state === 'denied' ? 'No.' : null
  return { source: name, state, fetched, expected: null, excluded: [], reason }
}

describe('coverageRows', () => {
  it('leaves nothing unknown about what every source read to its end', () => {
    const sources = [source('users', 'complete', 3), source('invites', 'complete', 2)]
    const [members] = coverageRows(OFFERS, { sources, reports: [] })
    expect(members).toEqual({
      what: 'Members',
      state: 'complete',
      fetched: 5,
      reason: null,
      unknown: null,
      methods: ['members.list', 'members.retrieve'],
    })
  })

  it('shows the worst state of the sources, its reason, and what may not be concluded', () => {
    const sources = [source('users', 'complete', 3), source('invites', 'denied', 0)]
    const [members] = coverageRows(OFFERS, { sources, reports: [] })
    expect(members).toMatchObject({ state: 'denied', fetched: 3, reason: 'No.', unknown: 'who' })
  })

  it('shows a source that the sync does not have as not synced, and an unread offer with its reason', () => {
    const rows = coverageRows(OFFERS, {
      sources: [source('users', 'complete', 3)],
      reports: [{ report: 'cost', state: 'partial', reason: 'Three rows.' }],
    })
    expect(rows.map(({ state, reason, unknown }) => ({ state, reason, unknown }))).toEqual([
      { state: 'not-synced', reason: null, unknown: 'who' },
      { state: 'partial', reason: 'Three rows.', unknown: 'what was billed' },
      { state: 'not-read', reason: 'it is a record of events.', unknown: 'who did it' },
    ])
  })
})

describe('coverage.list', () => {
  it('lists every provider where there is no connection, with nothing synced', async () => {
    const { api } = await newService()
    const all = await api.coverage.list({})
    expect(all.map(({ provider }) => provider)).toEqual([
      'openai',
      'anthropic',
      'openrouter',
      'litellm',
      'github-copilot',
      'cursor-team',
      'file',
    ])
    expect(new Set(all.flatMap(({ rows }) => rows.map(({ state }) => state)))).toEqual(
      new Set(['not-synced', 'not-read']),
    )
  })

  it('shows what the last sync of a connection read, and keeps to the client in scope', async () => {
    const { api } = await newService()
    const connection = await connected(api, await northfold())
    await api.client.add({ name: 'Other' })
    await synced(api)
    const [coverage] = await api.coverage.list({ client: 'northfold' })
    expect(coverage).toMatchObject({ provider: 'openai', connection: { id: connection } })
    const states = new Map(coverage?.rows.map(({ what, state, unknown }) => [what, { state, unknown }]))
    expect(states.get('Users')).toEqual({ state: 'complete', unknown: null })
    expect(states.get('Costs')).toEqual({ state: 'not-synced', unknown: 'what was billed' })
    expect(states.get('Audit log')).toEqual({ state: 'complete', unknown: null })
    expect(states.get('Service tier of projects')?.state).toBe('not-read')
    await expect(api.coverage.list({ client: 'other', connection })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
