import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { findImpact } from '../../../../electron/register/impact/impact.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { addToCells } from '../../../../electron/register/usage/cells.ts'
import { usageNames } from '../../../../electron/register/usage/names.ts'
import type { ImpactReport, ImpactRow, ImpactSubject } from '../../../../shared/contract/impact.ts'
import type { KeyFact } from '../../../../shared/domain/facts.ts'
import { dayNumber, USAGE_ROLLUPS } from '../../../../shared/domain/usage/rollups.ts'
import { federation } from '../findings/parts.ts'
import { grant, key, newConnection, newRegister, type Part, project, getReading, user } from '../registers.ts'

const NOW = Date.UTC(2026, 10, 2)
const DAY = 86_400_000
/** Position of the roll-up by day and key. */
const BY_KEY = USAGE_ROLLUPS.findIndex(({ code }) => code === 2)

const owned = (externalId: string, kind: 'user' | 'service-account' = 'user'): Partial<KeyFact> => ({
  ownerState: 'known',
  owner: { externalId, kind, name: externalId, email: null },
  ownerAccess: 'active',
})

const OWNER = { roleRaw: 'owner', level: 'owner', impliedRoleRaw: 'owner', impliedLevel: 'owner' } as const

const openAi = (): Part[] => [
  { source: 'projects', facts: [project('proj_a', { name: 'Chatbot' }), project('proj_b', { isDefault: true })] },
  {
    source: 'users',
    facts: [
      user('mara', { email: 'mara@agency.example', roleRaw: 'owner', level: 'owner' }),
      grant('mara', null, OWNER),
      user('tomas', { email: 'tomas@agency.example' }),
      grant('tomas', null, { roleRaw: 'reader', level: 'reader' }),
      user('ina'),
      grant('ina', null, { roleRaw: 'reader', level: 'reader' }),
    ],
  },
  {
    source: 'invites',
    facts: [
      user('inv', { kind: 'invite', name: null, email: 'new@acme.example', status: 'pending' }),
      grant('inv', 'proj_a'),
    ],
  },
  { source: 'project-users', project: 'proj_a', facts: [grant('tomas', 'proj_a'), grant('ina', 'proj_a')] },
  {
    source: 'project-service-accounts',
    project: 'proj_a',
    facts: [user('svc', { kind: 'service-account', email: null }), grant('svc', 'proj_a')],
  },
  {
    source: 'project-keys',
    project: 'proj_a',
    facts: [
      key('k_tomas', { name: 'dev-web-bot', ...owned('tomas'), lastUse: { state: 'known', at: NOW - DAY } }),
      key('k_prod', { name: 'prod-web-bot', ...owned('tomas') }),
      key('k_twin', { name: 'dev-web-bot', ...owned('ina') }),
      key('k_svc', { name: 'prod-web-batch', ...owned('svc', 'service-account') }),
      key('k_expired', { name: 'old', ...owned('tomas'), expiresAt: NOW - 1 }),
      key('k_unowned', { name: 'unowned' }),
    ],
  },
  { source: 'admin-keys', facts: [key('k_admin', { kind: 'admin', project: null, ...owned('mara') })] },
]

interface World {
  readonly register: Register
  readonly connections: Readonly<Record<'acme' | 'borealis', number>>
  readonly findId: (table: 'principal' | 'project' | 'key', externalId: string) => number
  readonly person: (externalId: string) => number
  readonly ask: (subject: ImpactSubject, scope?: { client?: string }) => ImpactReport
}

function world(parts: readonly Part[] = openAi()): World {
  const register = newRegister()
  const acme = newConnection(register, 'acme')
  const borealis = newConnection(register, 'borealis', 'anthropic')
  const anthropic: Part[] = [
    { source: 'projects', facts: [project('proj_n')] },
    {
      source: 'users',
      facts: [
        user('mara_a', { email: 'mara@agency.example', roleRaw: 'admin', level: 'admin' }),
        grant('mara_a', null, {
          roleRaw: 'admin',
          level: 'admin',
          impliedRoleRaw: 'workspace_admin',
          impliedLevel: 'admin',
        }),
      ],
    },
    {
      source: 'keys',
      facts: [
        key('k_ant', { project: 'proj_n', ...owned('mara_a'), ownerAccess: null, lastUse: { state: 'not-reported' } }),
      ],
    },
  ]
  register.transact((writer) => {
    applyReading(writer, getReading(acme, parts))
    applyReading(writer, getReading(borealis, anthropic))
  })
  const { reader } = register
  const findId: World['findId'] = (table, externalId) =>
    reader.value<number>(`SELECT id FROM ${table} WHERE external_id = ?`, [externalId]) ?? 0
  return {
    register,
    connections: { acme, borealis },
    findId,
    person: (externalId) =>
      reader.value<number>('SELECT person_id FROM principal WHERE external_id = ?', [externalId]) ?? 0,
    ask: (subject, scope = {}) => {
      const report = findImpact(reader, subject, { now: NOW, ...scope })
      if (report === null) throw new Error('The subject does not exist.')
      return report
    },
  }
}

const brief = ({ rows }: ImpactReport, kind: ImpactRow['kind']): string[] =>
  rows.filter((row) => row.kind === kind).map((row) => `${row.name} ${row.effect}`)

describe('removing a person', () => {
  it('ends their keys at OpenAI, production first, and leaves out keys that can no longer be used', () => {
    const { ask, person } = world()
    const report = ask({ kind: 'person', id: person('tomas') })
    expect(brief(report, 'key')).toEqual(['prod-web-bot dies', 'dev-web-bot dies'])
    expect(report.says[0]).toBe('2 keys stop working, 1 of them for production, 1 of them used in the last 30 days.')
    expect(report.rows.every((row) => row.cost30Micros === null)).toBe(true)
    expect(report.says).toContain('What the keys spend is not recorded.')
  })

  it('ends their roles, each listed once, however many projects an organization role reaches', () => {
    const { ask, person } = world()
    expect(brief(ask({ kind: 'person', id: person('tomas') }), 'access')).toEqual(['Chatbot dies', 'acme openai dies'])
    expect(brief(ask({ kind: 'person', id: person('mara') }), 'access')).toEqual([
      'acme openai dies',
      'borealis anthropic dies',
    ])
  })

  it('names other holders of the same role, and replacement keys', () => {
    const { ask, person } = world()
    const { rows } = ask({ kind: 'person', id: person('tomas') })
    expect(rows.map((row) => [row.name, row.alsoHeldBy, row.alsoHeldByCount])).toEqual([
      ['prod-web-bot', [], 0],
      ['dev-web-bot', ['dev-web-bot'], 1],
      ['Chatbot', ['ina', 'svc'], 2],
      ['acme openai', ['ina'], 1],
    ])
  })

  it('reports the last owner or admin, but not when others remain', () => {
    const { ask, person } = world()
    const says = ask({ kind: 'person', id: person('mara') }).says
    expect(says).toContain('No one else is owner or admin of acme openai.')
    expect(ask({ kind: 'person', id: person('tomas') }).says.join(' ')).not.toContain('No one else')
  })

  it.each(['users', 'groups'])(
    'does not report the last owner or admin where the list of %s was not read to its end',
    (source) => {
      const { ask, person, register, connections } = world()
      register.transact((writer) =>
        writer.run(
          `INSERT INTO sync_source (sync_id, source, state, fetched) SELECT max(id), ?, 'denied', 0 FROM sync WHERE connection_id = ?
         ON CONFLICT DO UPDATE SET state = excluded.state`,
          [source, connections.acme],
        ),
      )
      const says = ask({ kind: 'person', id: person('mara') }).says.join(' ')
      expect(says).not.toContain('No one else is owner or admin of acme')
      expect(says).toContain(
        'It is unknown whether anyone else is owner or admin of acme openai: not all of its users were read.',
      )
      expect(says).toContain('No one else is owner or admin of borealis anthropic.')
    },
  )

  it('leaves workspace keys at Anthropic, and reports the effect on OpenAI admin keys as unknown', () => {
    const { ask, person } = world()
    const report = ask({ kind: 'person', id: person('mara') })
    expect(brief(report, 'key')).toEqual(['k_admin unknown', 'k_ant stays'])
    expect(report.says).toContain('The provider does not document what happens to 1 key: delete manually.')
    expect(report.says).toContain('1 key continues to work without an owner: rotate or delete it.')
  })

  it('covers one client when the scope names it, and otherwise also archived ones', () => {
    const { ask, person, register } = world()
    const subject = { kind: 'person', id: person('mara') } as const
    expect(ask(subject, { client: 'borealis' }).rows.map((row) => row.client.slug)).toEqual(['borealis', 'borealis'])
    register.transact((writer) => writer.run("UPDATE client SET archived_at = 1 WHERE slug = 'borealis'"))
    expect(new Set(ask(subject).rows.map((row) => row.client.slug))).toEqual(new Set(['acme', 'borealis']))
    expect(findImpact(register.reader, { kind: 'person', id: person('tomas') }, { client: 'borealis' })).toBeNull()
  })

  it('finds keys that still exist in the name of a person who has already left', () => {
    const { ask, person, register, connections } = world()
    const removed = openAi().map((part) =>
      part.source === 'users' || part.source === 'project-users'
        ? { ...part, facts: part.facts.filter((fact) => !JSON.stringify(fact).includes('"tomas"')) }
        : part.source === 'project-keys'
          ? {
              ...part,
              facts: part.facts.map((fact) =>
                fact.type === 'key' && fact.owner?.externalId === 'tomas'
                  ? { ...fact, ownerAccess: 'inactive' as const }
                  : fact,
              ),
            }
          : part,
    )
    register.transact((writer) => applyReading(writer, getReading(connections.acme, removed)))
    expect(brief(ask({ kind: 'person', id: person('tomas') }), 'key')).toEqual([
      'prod-web-bot unknown',
      'dev-web-bot unknown',
    ])
  })
})

describe('what the keys spend', () => {
  it('is what the provider billed in the last 30 days, and unknown where nothing is recorded', () => {
    const { ask, person, register, connections } = world()
    const today = dayNumber(NOW)
    const { acme } = connections
    const owner = { clientId: 1, connectionId: acme }
    const spent = (day: number, word: string, cost: number, estimate: number): void =>
      register.transact((writer) => {
        const [a = 0] = usageNames(writer, 1, 'key', [word])
        addToCells(writer, owner, [
          { face: BY_KEY, period: day, a, b: 0, c: 0, measures: [1, 0, 0, 0, 0, cost, estimate] },
        ])
      })
    spent(today, 'k_prod', 2_000_000, 9)
    spent(today - 29, 'k_prod', 1_500_000, 9)
    spent(today - 30, 'k_prod', 64_000_000, 9)
    const report = ask({ kind: 'person', id: person('tomas') })
    expect(report.rows.slice(0, 2).map((row) => [row.name, row.cost30Micros])).toEqual([
      ['prod-web-bot', 3_500_000],
      ['dev-web-bot', null],
    ])
    expect(report.says).toContain('The keys spent $3.50 in the last 30 days; for 1 key nothing is recorded.')
    spent(today, 'k_tomas', 0, 250_000)
    expect(ask({ kind: 'person', id: person('tomas') }).says).toContain('The keys spent $3.75 in the last 30 days.')
  })
})

describe('removing something else', () => {
  it('ends the keys of a service account with it', () => {
    const { ask, findId } = world()
    const report = ask({ kind: 'principal', id: findId('principal', 'svc') })
    expect(brief(report, 'key')).toEqual(['prod-web-batch dies'])
    expect(report.says[0]).toBe('1 key stops working, for production.')
  })

  it('deletes an invite, whatever it offers', () => {
    const { ask, findId } = world()
    const report = ask({ kind: 'principal', id: findId('principal', 'inv') })
    expect(report.rows.map((row) => [row.kind, row.name, row.effect])).toEqual([['invite', 'new@acme.example', 'dies']])
    expect(report.says).toEqual(['1 invite lapses.', 'No key is affected.'])
  })

  it('ends a key and names its replacement', () => {
    const { ask, findId } = world()
    const report = ask({ kind: 'key', id: findId('key', 'k_tomas') })
    expect(report.subject.name).toBe('dev-web-bot')
    expect(report.rows).toHaveLength(1)
    expect(report.rows[0]).toMatchObject({
      service: 'development · web · bot',
      alsoHeldBy: ['dev-web-bot'],
      effect: 'dies',
    })
  })

  it('ends every key of a project, of any owner, and its members’ access', () => {
    const { ask, findId } = world()
    const report = ask({ kind: 'project', id: findId('project', 'proj_a') })
    expect(brief(report, 'key').toSorted()).toEqual([
      'dev-web-bot dies',
      'dev-web-bot dies',
      'prod-web-batch dies',
      'prod-web-bot dies',
      'unowned dies',
    ])
    expect(brief(report, 'member')).toEqual(['tomas dies', 'ina dies', 'svc dies'])
    expect(brief(report, 'invite')).toEqual(['new@acme.example dies'])
    expect(report.rows.flatMap((row) => row.alsoHeldBy)).toEqual([])
  })

  it('reports that the default project of an organization cannot be archived', () => {
    const { ask, findId } = world()
    expect(ask({ kind: 'project', id: findId('project', 'proj_b') }).says.join(' ')).toContain(
      'does not allow it to be archived',
    )
  })

  it('ends what a group grants to its members', () => {
    const grouped: Part[] = [
      ...openAi(),
      {
        source: 'groups',
        facts: [{ ...user('grp', { kind: 'group', email: null }), roleRaw: null, level: null }],
      },
      { source: 'group-users', facts: [{ type: 'membership', group: 'grp', member: 'ina' }] },
      { source: 'project-groups', project: 'proj_b', facts: [grant('grp', 'proj_b')] },
    ]
    const { ask, findId } = world(grouped)
    const report = ask({ kind: 'principal', id: findId('principal', 'grp') })
    expect(report.rows.map((row) => [row.kind, row.name, row.project?.name])).toEqual([['access', 'ina', 'proj_b']])
    expect(report.rows[0]?.because).toContain('grp')
  })

  it('names the workloads that act as a service account by federation, when it or its project ends', () => {
    const federated: Part[] = [
      ...openAi(),
      { source: 'federation-rules', facts: [federation({ account: 'svc', projects: ['proj_a'] })] },
    ]
    const { ask, findId } = world(federated)
    const workload = 'workloads of the repository acme/web on the branch main (GitHub Actions) dies'
    const report = ask({ kind: 'principal', id: findId('principal', 'svc') })
    expect(brief(report, 'workload')).toEqual([workload])
    expect(report.says).toContain('1 federation path ends: workloads that act without a key stop.')
    expect(brief(ask({ kind: 'project', id: findId('project', 'proj_a') }), 'workload')).toEqual([workload])
  })

  it('is null where the subject is not in the register', () => {
    const { register } = world()
    for (const kind of ['person', 'principal', 'key', 'project'] as const)
      expect(findImpact(register.reader, { kind, id: 999_999 })).toBeNull()
  })
})

describe('the impact of a deposited key', () => {
  it('states that the secret stays valid at its vendor, and a key of the provider itself does not', () => {
    const register = newRegister()
    const connection = newConnection(register, 'acme', 'openrouter')
    register.transact((writer) =>
      applyReading(
        writer,
        getReading(connection, [
          {
            source: 'deposited-keys',
            facts: [key('byok', { name: 'agency', project: null, vendor: 'openai' }), key('own', { project: null })],
          },
        ]),
      ),
    )
    const says = (externalId: string): readonly string[] => {
      const id = register.reader.value<number>('SELECT id FROM key WHERE external_id = ?', [externalId]) ?? 0
      return findImpact(register.reader, { kind: 'key', id }, { now: NOW })?.says ?? []
    }
    const note =
      'It is a credential of OpenAI that is deposited at OpenRouter: calls that OpenRouter makes with it stop, and the secret stays valid at OpenAI until it is revoked there.'
    expect(says('byok')).toContain(note)
    expect(says('own').some((line) => line.includes('deposited'))).toBe(false)
  })
})
