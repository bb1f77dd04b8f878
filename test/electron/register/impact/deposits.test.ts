import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { findImpact } from '../../../../electron/register/impact/impact.ts'
import type { ImpactReport } from '../../../../shared/contract/impact.ts'
import type { KeyFact, RestrictionFact } from '../../../../shared/domain/facts.ts'
import { getReading, key, newConnection, newRegister, project, user, type Part } from '../registers.ts'

const NOW = Date.UTC(2026, 10, 2)

const owned = (externalId: string): Partial<KeyFact> => ({
  ownerState: 'known',
  owner: { externalId, kind: 'user', name: externalId, email: null },
})

const restriction: RestrictionFact = {
  type: 'restriction',
  externalId: 'byok:few',
  kind: 'credential',
  name: 'few',
  project: null,
  terms: ['calls openai with it'],
  keys: ['g_other'],
  members: ['mia'],
}

const OPENROUTER: readonly Part[] = [
  { source: 'projects', facts: [project('ws_a'), project('ws_b')] },
  { source: 'users', facts: [user('mia')] },
  {
    source: 'keys',
    facts: [
      key('g_mia', { name: 'mia-app', project: 'ws_a', lastUse: { state: 'known', at: NOW - 1 }, ...owned('mia') }),
      key('g_app', { name: 'app', project: 'ws_a' }),
      key('g_other', { name: 'other', project: 'ws_b' }),
      key('g_expired', { name: 'expired', project: 'ws_a', expiresAt: NOW - 1 }),
      key('g_admin', { name: 'provisioning', kind: 'admin', project: null }),
    ],
  },
  {
    source: 'deposited-keys',
    facts: [
      key('byok:a', { name: 'in ws_a', project: 'ws_a', hint: 'sk-...AbCd', vendor: 'openai' }),
      key('byok:few', { name: 'few', project: null, hint: 'sk-...0Few', vendor: 'openai' }),
      key('byok:all', { name: 'all', project: null, hint: 'sk-...Same', vendor: 'openai' }),
      key('byok:ant', { name: 'claude', project: null, hint: 'sk-ant-...AbCd', vendor: 'anthropic' }),
      restriction,
    ],
  },
]

/** Northwind with two gateways beside its OpenAI organization, and another client with the same at its gateway. */
function world() {
  const register = newRegister()
  const read = (connection: number, parts: readonly Part[]) =>
    register.transact((writer) => applyReading(writer, getReading(connection, parts)))
  read(newConnection(register, 'acme', 'openrouter'), OPENROUTER)
  read(newConnection(register, 'acme', 'litellm'), [
    { source: 'keys', facts: [key('v1', { name: 'virtual', project: null })] },
    {
      source: 'deposited-keys',
      facts: [key('credential:prod-proxy', { name: 'Prod-Proxy', project: null, hint: null, vendor: 'openai' })],
    },
  ])
  read(newConnection(register, 'acme', 'openai'), [
    { source: 'projects', facts: [project('p')] },
    {
      source: 'project-keys',
      project: 'p',
      facts: [
        key('k_a', { name: 'gateway', project: 'p', hint: 'sk-proj-...AbCd' }),
        key('k_same1', { name: 'twin 1', project: 'p', hint: 'sk-proj-...Same' }),
        key('k_same2', { name: 'twin 2', project: 'p', hint: 'sk-proj-...Same' }),
        key('k_proxy', { name: 'prod-proxy', project: 'p', hint: 'sk-proj-...Prox' }),
        key('k_none', { name: 'no one', project: 'p', hint: null }),
      ],
    },
  ])
  read(newConnection(register, 'other', 'openrouter'), OPENROUTER)
  return (externalId: string): ImpactReport => {
    const id = register.reader.value<number>('SELECT min(id) FROM key WHERE external_id = ?', [externalId]) ?? 0
    const report = findImpact(register.reader, { kind: 'key', id }, { now: NOW })
    if (report === null) throw new Error(`${externalId} is not in the register.`)
    return report
  }
}

const brief = ({ rows }: ImpactReport): string[] =>
  rows.flatMap(({ kind, name, effect, client }) => (kind === 'key' ? [] : `${kind} ${name} ${effect} ${client.slug}`))

describe('the impact of a key at a gateway', () => {
  it('lists the usable keys of the workspace that can call with a deposited key, with the reason', () => {
    const ask = world()
    const report = ask('byok:a')
    expect(brief(report)).toEqual(['caller mia-app unknown acme', 'caller app unknown acme'])
    expect(report.rows.find(({ kind }) => kind === 'caller')?.because).toBe(
      'It can call OpenAI with the deposited key. Such calls stop, or OpenRouter makes them with another credential.',
    )
    expect(report.says).toContain(
      '2 keys of gateways call or can call with it: such calls stop, or are made with another credential.',
    )
  })

  it('lists those alone that a restriction names, by the key or its owner, and all keys where there is none', () => {
    const ask = world()
    expect(brief(ask('byok:few')).toSorted()).toEqual(['caller mia-app unknown acme', 'caller other unknown acme'])
    expect(brief(ask('byok:all'))).toHaveLength(3)
    expect(brief(ask('credential:prod-proxy'))).toEqual(['caller virtual unknown acme'])
  })

  it('does not follow a name that another key of the provider has too, in whatever case', () => {
    const register = newRegister()
    const read = (connection: number, facts: readonly KeyFact[]) =>
      register.transact((writer) => applyReading(writer, getReading(connection, [{ source: 'keys', facts }])))
    const [gateway, provider] = [newConnection(register, 'acme', 'litellm'), newConnection(register)]
    read(gateway, [key('credential:prüf', { name: 'prüf', project: null, hint: null, vendor: 'openai' })])
    read(provider, [key('k1', { name: 'prüf', project: null, hint: null })])
    const id = register.reader.value<number>("SELECT id FROM key WHERE external_id = 'k1'") ?? 0
    const deposits = () =>
      findImpact(register.reader, { kind: 'key', id }, { now: NOW })?.rows.filter(({ kind }) => kind === 'deposit')
        .length
    expect(deposits()).toBe(1)
    read(
      provider,
      ['prüf', 'PRÜF'].map((name, at) => key(`k${at + 1}`, { name, project: null, hint: null })),
    )
    expect(deposits()).toBe(0)
  })

  it('follows a key of the provider to the deposit with its ending, or its name where no ending is reported', () => {
    const ask = world()
    expect(brief(ask('k_a'))).toEqual([
      'deposit in ws_a unknown acme',
      'caller mia-app unknown acme',
      'caller app unknown acme',
    ])
    expect(ask('k_a').says).toContain('It is probably deposited at a gateway, as 1 key: replace it there first.')
    expect(brief(ask('k_proxy'))).toEqual(['deposit Prod-Proxy unknown acme', 'caller virtual unknown acme'])
  })

  it('concludes nothing where several keys have the ending, or none is reported', () => {
    const ask = world()
    expect(brief(ask('k_same1'))).toEqual([])
    expect(brief(ask('k_none'))).toEqual([])
    expect(brief(ask('g_app'))).toEqual([])
  })
})
