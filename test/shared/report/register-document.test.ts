import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'
import type { Level } from '../../../shared/domain/role.ts'
import { organizationOrder, registerOrganization } from '../../../shared/report/register-document.ts'
import type { KeyReading, PrincipalReading } from '../../../shared/report/register-reading.ts'
import { hostileText } from './hostile-text.ts'
import { heldProject, keyReading, organizationReading, principalReading, projectReading } from './readings.ts'

function people(...principals: readonly PrincipalReading[]): string[][] {
  return registerOrganization(organizationReading({ principals })).people.map((p) => [p.person, p.role, p.projects])
}

function accounts(principals: readonly PrincipalReading[], keys: readonly KeyReading[]): string[][] {
  const { accounts: lines } = registerOrganization(organizationReading({ principals, keys }))
  return lines.map((a) => [a.account, a.purpose, a.keyId, a.rotationDue])
}

const account = (name: string, externalId: string): PrincipalReading =>
  principalReading(name, { externalId, kind: 'service-account', roleRaw: null })

const ownedBy = (externalId: string, over: Partial<KeyReading> = {}): Partial<KeyReading> => ({
  ownerState: 'known',
  ownerKind: 'service-account',
  ownerExternalId: externalId,
  ...over,
})

describe('the people of a register', () => {
  test('are sorted by strongest role first, then by name', () => {
    const of = (name: string, roleRaw: string | null): PrincipalReading => principalReading(name, { roleRaw })
    expect(
      people(of('b', 'reader'), of('A', 'reader'), of('c', null), of('z', 'owner'), of('m', 'odd'), of('y', 'admin')),
    ).toEqual([
      ['z', 'Owner', '-'],
      ['y', 'Admin', '-'],
      ['A', 'Reader', '-'],
      ['b', 'Reader', '-'],
      ['c', '-', '-'],
      ['m', 'Odd', '-'],
    ])
  })

  test('are distinguished by e-mail, and by the provider’s id if even that is the same', () => {
    const one = { externalId: 'u1', email: 'sam@acme.example' }
    expect(
      people(
        principalReading('Sam', one),
        principalReading('Sam', { ...one, externalId: 'u2' }),
        principalReading('Sam', { externalId: 'u3' }),
        principalReading('Sam', { externalId: 'u4' }),
        principalReading('Sam', { externalId: 'file:sam' }),
        principalReading('Sam', { externalId: 'file:sam-2' }),
      ).map(([person]) => person),
    ).toEqual(
      ['Sam (u1) <sam@acme.example>', 'Sam (u2) <sam@acme.example>', 'Sam (u3)', 'Sam (u4)', 'Sam', 'Sam'].sort(),
    )
  })

  test('are never without a name', () => {
    const of = (name: string | null, email: string | null, externalId = 'user-1'): string | undefined =>
      people(principalReading('', { name, email, externalId }))[0]?.[0]
    expect(of(null, 'jane@acme.example')).toBe('jane@acme.example')
    expect(of('', null)).toBe('user-1')
    expect(of('\u200B\u202E', null)).toBe('user-1')
    expect(of(' ', 'jane@acme.example')).toBe('jane@acme.example')
    expect(of(null, null, 'file:unnamed')).toBe('-')
  })

  test('keep the words of the file that they came from, and get plain words for those of a provider', () => {
    const raw = { roleRaw: 'workspace_developer' }
    expect(
      people(principalReading('a', { ...raw, isFromFile: true }), principalReading('b', raw)).map((p) => p[1]),
    ).toEqual(['workspace_developer', 'Workspace developer'])
  })

  test('name active projects, by name, or as the file listed them', () => {
    const projects = [
      projectReading('Zulu'),
      projectReading('alpha'),
      projectReading('Mike'),
      projectReading('gone', { status: 'archived' }),
      projectReading(' \u200B', { externalId: 'proj_9' }),
      projectReading('Zulu'),
    ].map((project) => heldProject(project))
    expect(people(principalReading('a', { projects }))[0]?.[2]).toBe('alpha, Mike, proj_9, Zulu')
    expect(people(principalReading('a', { projects, isFromFile: true }))[0]?.[2]).toBe('Zulu, alpha, Mike, proj_9')
    expect(people(principalReading('a', { projects, reachesAll: 'owner' }))[0]?.[2]).toBe('All')
    expect(people(principalReading('a', { projects: [heldProject('All')] }))[0]?.[2]).toBe(String.raw`\All`)
  })

  test('show the strongest role on the organization with its path, and their own if that is as strong', () => {
    const through = (roleRaw: string, level: Level) => ({
      organizationRole: { roleRaw, level, group: 'Org readers' },
    })
    expect(
      people(
        principalReading('a', through('owner', 'owner')),
        principalReading('b', { roleRaw: null, level: null, ...through('reader', 'reader') }),
        principalReading('c', through('reader', 'reader')),
        principalReading('d', { kind: 'invite', email: 'd@acme.example' }),
      ).map(([, role]) => role),
    ).toEqual(['Owner (by group Org readers)', 'Reader (by group Org readers)', 'Reader', 'Reader (invited)'])
  })

  test('show an owner role that they have by a group before a custom role of their own, and the custom role before a weaker one', () => {
    const custom = { roleRaw: 'key-auditor', level: 'other' } as const
    const by = (roleRaw: string, level: Level) => ({ organizationRole: { roleRaw, level, group: 'Platform' } })
    const shown = [
      principalReading('a', { ...custom, ...by('owner', 'owner') }),
      principalReading('b', { ...custom, ...by('reader', 'reader') }),
      principalReading('c', { roleRaw: 'owner', level: 'owner', ...by('key-auditor', 'other') }),
    ].map((person) => people(person)[0]?.[1])
    expect(shown).toEqual(['Owner (by group Platform)', 'Key-auditor', 'Owner'])
  })

  test('who are invited are listed with those who hold the role that they are offered', () => {
    expect(
      people(
        principalReading('a'),
        principalReading('b', { kind: 'invite', roleRaw: 'owner', level: 'owner' }),
        principalReading('c', { roleRaw: 'owner', level: 'owner' }),
        principalReading('d', { roleRaw: 'member', level: 'member' }),
      ).map(([person, role]) => [person, role]),
    ).toEqual([
      ['b', 'Owner (invited)'],
      ['c', 'Owner'],
      ['d', 'Member'],
      ['a', 'Reader'],
    ])
  })

  test('show the role in each project that differs from the one of the row, with its path', () => {
    const projects = [
      heldProject('ChatBot', { roleRaw: 'owner', level: 'owner' }),
      heldProject('Analytics', { roleRaw: 'member', level: 'member', group: 'Developers' }),
      heldProject('Docs', { roleRaw: 'reader' }),
      heldProject('Research', { roleRaw: 'key-auditor', level: 'other' }),
      heldProject('Search (EU)', { roleRaw: 'workspace_developer', level: 'member', group: 'Search, EU' }),
    ]
    expect(people(principalReading('a', { projects }))[0]?.[2]).toBe(
      String.raw`Analytics (member by group Developers), ChatBot (owner), Docs, Research (role key-auditor), Search (EU) (workspace developer by group Search\, EU)`,
    )
  })

  test('show all projects, and those in which another role reaches further', () => {
    const projects = [
      heldProject('ChatBot', { roleRaw: 'workspace_admin', level: 'admin' }),
      heldProject('Docs', { roleRaw: 'workspace_user' }),
    ]
    expect(people(principalReading('a', { projects, reachesAll: 'billing' }))[0]?.[2]).toBe(
      'All, ChatBot (workspace admin)',
    )
    expect(people(principalReading('a', { projects, reachesAll: 'admin' }))[0]?.[2]).toBe('All')
  })

  test('show the strongest role of projects that have one name', () => {
    const projects = [
      heldProject('Docs', { roleRaw: 'member', level: 'member' }),
      heldProject(projectReading('Docs', { externalId: 'proj_2' }), { roleRaw: 'owner', level: 'owner' }),
    ]
    expect(people(principalReading('a', { projects }))[0]?.[2]).toBe('Docs (owner)')
  })
})

describe('the accounts of a register', () => {
  test('are one row for each valid key, and one for each account without', () => {
    expect(
      accounts(
        [account('prod-bot', 's1'), account('idle', 's2'), principalReading('Jane', { externalId: 'u1' })],
        [
          keyReading('a', { externalId: 'key_1', purpose: 'Search', dueOn: '2026-01-01', ...ownedBy('s1') }),
          keyReading('b', { externalId: 'key_2', ...ownedBy('s1') }),
          keyReading('c', { externalId: 'key_3', ownerKind: 'user', ownerExternalId: 'u1', ownerState: 'known' }),
          keyReading('d', { externalId: 'key_4', kind: 'admin' }),
          keyReading('e', { externalId: 'key_5' }),
          keyReading('f', { externalId: 'key_6', status: 'archived' }),
          keyReading('g', { externalId: 'key_7', status: 'expired' }),
          keyReading('h', { externalId: 'key_8', status: 'inactive' }),
          keyReading('i', { externalId: 'file:key:i' }),
          keyReading('j', { externalId: 'key_9', ...ownedBy('gone', { ownerName: 'old-bot' }) }),
        ],
      ),
    ).toEqual([
      ['prod-bot', 'Search', 'key_1', '2026-01-01'],
      ['prod-bot', '-', 'key_2', '-'],
      ['c', 'Personal key of Jane', 'key_3', '-'],
      ['d', 'Admin key', 'key_4', '-'],
      ['e', 'Key without owner', 'key_5', '-'],
      ['h', 'Key without owner', 'key_8', '-'],
      ['i', 'Key without owner', '-', '-'],
      ['idle', '-', '-', '-'],
      ['old-bot', '-', 'key_9', '-'],
    ])
  })

  test('show the holder of a key without a service account, also if its name contains a purpose', () => {
    const jane = { ownerState: 'known', ownerKind: 'user', ownerName: 'Jane' } as const
    const of = (provider: string, over: Partial<KeyReading>): string | undefined =>
      registerOrganization(organizationReading({ provider, keys: [keyReading('prod-web-api', { ...jane, ...over })] }))
        .accounts[0]?.purpose
    expect(of('openai', { purpose: 'api' })).toBe('api (personal key of Jane)')
    expect(of('openai', {})).toBe('Personal key of Jane')
    expect(of('openai', { kind: 'admin', purpose: 'api' })).toBe('api (admin key of Jane)')
    expect(of('anthropic', {})).toBe('Workspace key made by Jane')
    expect(of('openrouter', { purpose: 'api' })).toBe('api (workspace key made by Jane)')
    expect(of('anthropic', { kind: 'organization' })).toBe('Personal key of Jane')
  })

  test('of a key without an owner names no person', () => {
    const of = (over: Partial<KeyReading>): string | undefined =>
      accounts(
        [],
        [keyReading('c', { ownerState: 'none', ownerKind: null, ownerName: null, ownerEmail: null, ...over })],
      )[0]?.[1]
    expect(of({})).toBe('Key without owner')
    expect(of({ purpose: 'api' })).toBe('api (key without owner)')
    expect(of({ ownerState: 'known', ownerKind: 'user', ownerExternalId: 'u-gone' })).toBe('Personal key of u-gone')
  })

  test('without a key are distinguished from others of the same name by the provider’s id', () => {
    const keys = [keyReading('a', { externalId: 'key_1', ...ownedBy('s1') })]
    expect(
      accounts([account('bot', 's1'), account('bot', 's2'), account('bot', 's3')], keys).map(([name]) => name),
    ).toEqual(['bot', 'bot (s2)', 'bot (s3)'])
  })
})

describe('a register', () => {
  test('never contains a secret that was entered in a name', () => {
    const secret = 'sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8xYz1bCd4fGh7j'
    fc.assert(
      fc.property(hostileText, hostileText, (before, after) => {
        const name = `${before} ${secret} ${after}`
        const organization = registerOrganization(
          organizationReading({
            organizationId: name,
            principals: [
              principalReading(name, { email: name, roleRaw: name, projects: [heldProject(name)] }),
              account(name, 's1'),
              account(name, 's2'),
            ],
            keys: [keyReading(name, { externalId: name, purpose: name, ...ownedBy('s1') })],
          }),
        )
        const cells = [organization.heading, ...organization.people, ...organization.accounts].flatMap((line) =>
          typeof line === 'string' ? [line] : Object.values<string>({ ...line }),
        )
        expect(cells.filter((cell) => looksSecret(cell) || cell.includes('f6hIj9lMn2pQr5tUv8xYz1'))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('orders organizations by client, provider and id', () => {
    const of = (name: string, provider: string, organizationId: string | null) =>
      organizationReading({ client: { slug: name, name }, provider, organizationId })
    const ordered = [
      of('acme', 'anthropic', null),
      of('acme', 'openai', 'org-a'),
      of('acme', 'openai', 'org-b'),
      of('Beta', 'openai', null),
    ]
    expect(ordered.toReversed().sort(organizationOrder)).toEqual(ordered)
  })
})
