import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { deriveDue } from '../../../../electron/register/keys/derive-keys.ts'
import { keyRows } from '../../../../electron/register/keys/keys.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { policyLookup } from '../../../../electron/register/clients/policy.ts'
import type { Fact } from '../../../../shared/domain/facts.ts'
import { limit } from '../findings/parts.ts'
import { grant, key, newConnection, newRegister, project, getReading, user, type Part } from '../registers.ts'

const base = (): Part[] => [
  { source: 'projects', facts: [project('proj_a'), project('proj_b')] },
  {
    source: 'users',
    facts: [
      user('u1', { roleRaw: 'owner', level: 'owner' }),
      grant('u1', null, { roleRaw: 'owner', level: 'owner', impliedRoleRaw: 'owner', impliedLevel: 'owner' }),
      user('u2'),
      grant('u2', null, { roleRaw: 'reader', level: 'reader' }),
    ],
  },
  { source: 'project-users', project: 'proj_a', facts: [grant('u2', 'proj_a')] },
  { source: 'project-keys', project: 'proj_a', facts: [key('key_1', { name: 'prod-web-api' })] },
]

const standing = (register: Register, table: string): unknown[] =>
  register.reader.column(`SELECT 1 FROM ${table} WHERE to_sync IS NULL`)

describe('applying a reading', () => {
  it('opens every fact once and derives access, people and due days', () => {
    const register = newRegister()
    const c = newConnection(register)
    const applied = register.transact((w) => applyReading(w, getReading(c, base())))
    expect(applied.state).toBe('complete')
    expect(standing(register, 'project_version')).toHaveLength(2)
    expect(standing(register, 'grant')).toHaveLength(3)
    expect(
      register.reader.all(
        `SELECT p.external_id AS who, n.external_id AS project, e.role_raw AS role, e.via FROM grant_path e
         JOIN principal p ON p.id = e.principal_id LEFT JOIN project n ON n.id = e.project_id ORDER BY who, project, via`,
      ),
    ).toEqual([
      { who: 'u1', project: null, role: 'owner', via: 'direct' },
      { who: 'u1', project: 'proj_a', role: 'owner', via: 'organization' },
      { who: 'u1', project: 'proj_b', role: 'owner', via: 'organization' },
      { who: 'u2', project: null, role: 'reader', via: 'direct' },
      { who: 'u2', project: 'proj_a', role: 'member', via: 'direct' },
    ])
    expect(register.reader.column('SELECT name FROM person ORDER BY name')).toEqual(['u1', 'u2'])
    expect(register.reader.get('SELECT due_on, due_basis, environment FROM key')).toEqual({
      due_on: '2026-04-01',
      due_basis: 'production-policy',
      environment: 'production',
    })
    expect(register.check()).toEqual([])
  })

  it('writes nothing new when the same is read again', () => {
    const register = newRegister()
    const c = newConnection(register)
    register.transact((w) => applyReading(w, getReading(c, base())))
    const second = register.transact((w) => applyReading(w, getReading(c, base())))
    for (const table of ['project_version', 'principal_version', 'grant', 'key_version']) {
      expect(
        register.reader.value(`SELECT count(*) FROM ${table} WHERE from_sync = ? OR to_sync = ?`, [
          second.syncId,
          second.syncId,
        ]),
      ).toBe(0)
    }
  })

  it('closes facts that a complete source no longer shows, and keeps them as history', () => {
    const register = newRegister()
    const c = newConnection(register)
    register.transact((w) => applyReading(w, getReading(c, base())))
    const parts = base().filter((p) => p.source !== 'project-keys')
    const second = register.transact((w) =>
      applyReading(w, getReading(c, [...parts, { source: 'project-keys', project: 'proj_a', facts: [] }])),
    )
    expect(register.reader.value('SELECT to_sync FROM key_version')).toBe(second.syncId)
    expect(register.reader.value('SELECT standing FROM key')).toBe(0)
  })

  it.each(['denied', 'unavailable', 'failed', 'cancelled'] as const)(
    'closes nothing in a source that ended %s',
    (state) => {
      const register = newRegister()
      const c = newConnection(register)
      register.transact((w) => applyReading(w, getReading(c, base())))
      const parts = base().map((p) => (p.source === 'projects' ? p : { ...p, facts: [], state }))
      register.transact((w) => applyReading(w, getReading(c, parts)))
      expect(standing(register, 'grant')).toHaveLength(3)
      expect(standing(register, 'key_version')).toHaveLength(1)
      expect(standing(register, 'principal_version')).toHaveLength(2)
    },
  )

  it('keeps what the users list reported when only a poorer list could be read', () => {
    const register = newRegister()
    const c = newConnection(register)
    register.transact((w) => applyReading(w, getReading(c, base())))
    const stub = user('u2', { name: null, email: null, roleRaw: null, level: null })
    const parts: Part[] = [
      { source: 'projects', facts: [project('proj_a'), project('proj_b')] },
      { source: 'users', facts: [], state: 'denied' },
      { source: 'project-users', project: 'proj_a', facts: [stub, grant('u2', 'proj_a')] },
    ]
    register.transact((w) => applyReading(w, getReading(c, parts)))
    expect(register.reader.get("SELECT name, email, role_raw FROM account_row WHERE external_id = 'u2'")).toEqual({
      name: 'u2',
      email: 'u2@acme.example',
      role_raw: 'reader',
    })
  })

  it('ends the grants, keys and limits of a deleted project, although their lists can no longer be read', () => {
    const register = newRegister()
    const c = newConnection(register)
    register.transact((w) => applyReading(w, getReading(c, base())))
    const parts: Part[] = [
      { source: 'projects', facts: [project('proj_b')] },
      ...base().filter((p) => p.source === 'users'),
    ]
    register.transact((w) => applyReading(w, getReading(c, parts)))
    expect(standing(register, 'key_version')).toHaveLength(0)
    expect(standing(register, 'grant')).toHaveLength(2)
    expect(register.reader.value('SELECT standing FROM key')).toBe(0)
  })

  it('ends the details and settings of what a sync found removed, although their lists can no longer be read', () => {
    const register = newRegister()
    const c = newConnection(register)
    const alert = limit('proj_a', { externalId: 'alert:proj_a' })
    const detail = (of: 'limit' | 'principal' | 'project', externalId: string): Fact =>
      of === 'limit'
        ? { type: 'detail', of, externalId, kind: 'recipients', value: ['ops@acme.example'] }
        : { type: 'detail', of, externalId, kind: of === 'project' ? 'tags' : 'provisioned', value: ['yes'] }
    const models: Fact = {
      type: 'restriction',
      externalId: 'models:proj_a',
      kind: 'models',
      name: null,
      project: 'proj_a',
      terms: ['no model'],
      keys: null,
      members: null,
    }
    const details = [detail('project', 'proj_a'), detail('project', 'proj_b'), detail('principal', 'u1')]
    const more: Part[] = [
      { source: 'project-spend-alerts', project: 'proj_a', facts: [alert, detail('limit', 'alert:proj_a')] },
      { source: 'project-settings', project: 'proj_a', facts: [models] },
      { source: 'organization', facts: [...details, detail('principal', 'u2')] },
    ]
    register.transact((w) => applyReading(w, getReading(c, [...base(), ...more])))
    const users: Part = { source: 'users', facts: [user('u2')] }
    const parts: Part[] = [{ source: 'projects', facts: [project('proj_b')] }, users]
    register.transact((w) => applyReading(w, getReading(c, parts)))
    expect(standing(register, 'restriction_version')).toEqual([])
    expect(
      register.reader.column('SELECT external_id FROM detail_version WHERE to_sync IS NULL ORDER BY external_id'),
    ).toEqual(['proj_b', 'u2'])
  })

  it('ends the grants of a person who left the organization', () => {
    const register = newRegister()
    const c = newConnection(register)
    register.transact((w) => applyReading(w, getReading(c, base())))
    const users = base()
      .filter((p) => p.source === 'users')
      .map((p) => ({ ...p, facts: p.facts.slice(0, 2) }))
    const parts: Part[] = [
      base()[0] as Part,
      ...users,
      { source: 'project-users', project: 'proj_a', state: 'failed', facts: [] },
    ]
    register.transact((w) => applyReading(w, getReading(c, parts)))
    expect(
      register.reader.column(
        'SELECT p.external_id FROM grant g JOIN principal p ON p.id = g.principal_id WHERE g.to_sync IS NULL',
      ),
    ).toEqual(['u1'])
  })

  it('closes a changed role and opens the next', () => {
    const register = newRegister()
    const c = newConnection(register)
    const first = register.transact((w) => applyReading(w, getReading(c, base())))
    const parts = base().map((p) =>
      p.source === 'project-users' ? { ...p, facts: [grant('u2', 'proj_a', { roleRaw: 'owner', level: 'owner' })] } : p,
    )
    const second = register.transact((w) => applyReading(w, getReading(c, parts)))
    expect(
      register.reader.all('SELECT role_raw, from_sync, to_sync FROM grant WHERE project_id IS NOT NULL ORDER BY id'),
    ).toEqual([
      { role_raw: 'member', from_sync: first.syncId, to_sync: second.syncId },
      { role_raw: 'owner', from_sync: second.syncId, to_sync: null },
    ])
  })

  it('recognizes the successor of a rotated key, but not between two keys that existed together', () => {
    const register = newRegister()
    const c = newConnection(register)
    const keys = (...facts: ReturnType<typeof key>[]): Part[] => [
      { source: 'projects', facts: [project('proj_a')] },
      { source: 'project-keys', project: 'proj_a', facts },
    ]
    const one = key('key_1', { name: 'prod-web-api' })
    const twin = key('key_2', { name: 'prod-web-api', createdAt: Date.UTC(2026, 1, 1) })
    register.transact((w) => applyReading(w, getReading(c, keys(one))))
    register.transact((w) => applyReading(w, getReading(c, keys(one, twin))))
    expect(register.reader.all('SELECT key_name, rotated_on, recognized, key_id FROM rotation')).toEqual([
      { key_name: 'prod-web-api', rotated_on: '2026-02-01', recognized: 1, key_id: 2 },
    ])
    expect(register.reader.column('SELECT DISTINCT logical_key_id FROM key')).toHaveLength(1)

    const other = newConnection(register, 'other')
    register.transact((w) => applyReading(w, getReading(other, keys(one, twin))))
    expect(
      register.reader.column('SELECT DISTINCT logical_key_id FROM key WHERE connection_id = ?', [other]),
    ).toHaveLength(2)
  })

  it('restarts the interval for all keys of a purpose, once a successor has fulfilled the day that was set', () => {
    const register = newRegister()
    const c = newConnection(register)
    const one = key('key_1', { name: 'prod-web-api' })
    const two = key('key_2', { name: 'prod-web-api-v2', createdAt: Date.UTC(2026, 1, 1) })
    const keys = (...facts: ReturnType<typeof key>[]): Part[] => [{ source: 'project-keys', project: 'proj_a', facts }]
    register.transact((w) => applyReading(w, getReading(c, keys(one))))
    register.transact((w) => {
      w.run("UPDATE logical_key SET due_on = '2026-02-15'")
      deriveDue(w, policyLookup(w), 'SELECT id FROM key', [])
    })
    register.transact((w) => applyReading(w, getReading(c, keys(one, two))))
    expect(register.reader.all('SELECT external_id, due_on, due_basis FROM key ORDER BY id')).toEqual([
      { external_id: 'key_1', due_on: '2026-04-01', due_basis: 'production-policy' },
      { external_id: 'key_2', due_on: '2026-05-02', due_basis: 'production-policy' },
    ])
    expect(register.reader.value('SELECT met_due_on FROM rotation')).toBe('2026-02-15')
  })

  it('links people across connections by address only', () => {
    const register = newRegister()
    const a = newConnection(register, 'acme')
    const b = newConnection(register, 'borealis', 'anthropic')
    const who = (id: string, email: string): Part[] => [{ source: 'users', facts: [user(id, { email, name: 'Mara' })] }]
    register.transact((w) => applyReading(w, getReading(a, who('u1', 'Mara@Northfold.example'))))
    register.transact((w) => applyReading(w, getReading(b, who('user_9', 'mara@northfold.example '))))
    register.transact((w) => applyReading(w, getReading(b, who('user_9', 'mara@northfold.example '))))
    expect(register.reader.value('SELECT count(*) FROM person')).toBe(1)
  })

  it('stores what a provider may send: absurd numbers, null bytes, lone surrogates', () => {
    const register = newRegister()
    const c = newConnection(register)
    const parts: Part[] = [
      { source: 'projects', facts: [project('proj_a', { name: 'a\u0000b\ud800', createdAt: -1e300 })] },
      { source: 'project-keys', project: 'proj_a', facts: [key('k', { createdAt: Number.NaN, name: '' })] },
      {
        source: 'spend-limits',
        facts: [
          {
            type: 'limit',
            externalId: 'spend:org',
            project: null,
            kind: 'spend',
            enforcement: 'hard',
            metric: 'usd',
            model: null,
            amount: 1e300,
            period: 'month',
          },
        ],
      },
    ]
    expect(register.transact((w) => applyReading(w, getReading(c, parts))).state).toBe('complete')
    expect(register.check()).toEqual([])
  })

  it('treats names like constructor or __proto__ as ordinary names', () => {
    const register = newRegister()
    const c = newConnection(register)
    const facts = ['constructor-web-api', '__proto__-web-api', 'toString'].map((name) => key(name, { name }))
    register.transact((w) => applyReading(w, getReading(c, [{ source: 'project-keys', project: 'proj_a', facts }])))
    expect(register.reader.column('SELECT environment FROM key ORDER BY id')).toEqual([
      '__proto__',
      'constructor',
      null,
    ])
  })

  it('drops dates outside the calendar', () => {
    const register = newRegister()
    const c = newConnection(register)
    const at = (n: number) => ({ createdAt: n, expiresAt: n, lastUse: { state: 'known', at: n } }) as const
    const dates = [1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY, 8.64e15, Date.UTC(10_000, 0, 1)]
    const facts = dates.map((n, index) => key(`k${index}`, at(n)))
    register.transact((w) => applyReading(w, getReading(c, [{ source: 'project-keys', project: 'proj_a', facts }])))
    expect(
      register.reader.all(
        'SELECT DISTINCT v.created_at, v.expires_at, k.last_use_state, k.last_used_at, k.due_on FROM key k JOIN key_version v ON v.key_id = k.id',
      ),
    ).toEqual([
      { created_at: null, expires_at: null, last_use_state: 'not-reported', last_used_at: null, due_on: null },
    ])
    const last = key('last', at(Date.UTC(9999, 11, 31)))
    register.transact((w) =>
      applyReading(w, getReading(c, [{ source: 'project-keys', project: 'proj_a', facts: [last] }])),
    )
    expect(register.reader.value("SELECT due_on FROM key WHERE external_id = 'last'")).toBe('9999-12-31')
  })

  it('keeps a grant that a file reported and the provider confirmed, when the confirming list fails later', () => {
    const register = newRegister()
    const c = newConnection(register)
    const reported: Part = { source: 'project-users', project: 'proj_a', facts: [user('u2'), grant('u2', 'proj_a')] }
    const file = getReading(c, [
      { source: 'register-file', facts: [project('proj_a'), user('u2'), grant('u2', 'proj_a')] },
    ])
    register.transact((w) => applyReading(w, { ...file, origin: 'file' }))
    register.transact((w) => applyReading(w, getReading(c, [base()[0] as Part, base()[1] as Part, reported])))
    const failed: Part = { ...reported, facts: [], state: 'failed' }
    register.transact((w) => applyReading(w, getReading(c, [base()[0] as Part, base()[1] as Part, failed])))
    expect(register.reader.column('SELECT source FROM grant WHERE project_id IS NOT NULL AND to_sync IS NULL')).toEqual(
      ['project-users'],
    )
  })

  it('closes facts that only a file reported, once the provider has reported the members', () => {
    const register = newRegister()
    const c = newConnection(register)
    const file = getReading(c, [{ source: 'people-file', facts: [user('made-up'), grant('made-up', null)] }])
    register.transact((w) => applyReading(w, { ...file, origin: 'file' }))
    register.transact((w) =>
      applyReading(w, getReading(c, [{ source: 'users', state: 'denied', facts: [] }, base()[0] as Part])),
    )
    expect(standing(register, 'principal_version')).toHaveLength(1)
    register.transact((w) => applyReading(w, getReading(c, base())))
    expect(register.reader.column('SELECT external_id FROM account_row ORDER BY external_id')).toEqual(['u1', 'u2'])
  })
})

describe('owners of keys', () => {
  const owned = (externalId: string, kind: 'user' | 'service-account' = 'user'): Part => ({
    source: 'project-keys',
    project: 'proj_a',
    facts: [key('key_1', { ownerState: 'known', owner: { externalId, kind, name: 'Mara', email: null } })],
  })

  const unowned = (register: Register): unknown => {
    const [row] = keyRows(register.reader, [1], { now: Date.UTC(2026, 0, 1), today: '2026-01-01' })
    return { unowned: register.reader.value('SELECT unowned FROM key'), present: row?.owner.present }
  }

  it('have left when the list of users was read and does not name them', () => {
    const register = newRegister()
    const c = newConnection(register)
    register.transact((w) => applyReading(w, getReading(c, [...base().slice(0, 2), owned('u9')])))
    expect(unowned(register)).toEqual({ unowned: 1, present: false })
  })

  it('are not reported as having left while no list of members could be read', () => {
    const register = newRegister()
    const c = newConnection(register)
    const denied: Part = { source: 'users', state: 'denied', facts: [] }
    register.transact((w) => applyReading(w, getReading(c, [base()[0] as Part, denied, owned('u2')])))
    expect(unowned(register)).toEqual({ unowned: 0, present: null })
    register.transact((w) => applyReading(w, getReading(c, [...base().slice(0, 2), owned('u2')])))
    expect(unowned(register)).toEqual({ unowned: 0, present: true })
    register.transact((w) =>
      applyReading(w, getReading(c, [base()[0] as Part, { source: 'users', facts: [] }, owned('u2')])),
    )
    expect(unowned(register)).toEqual({ unowned: 1, present: false })
  })

  it('are not reported as having left when they are service accounts without a provider list', () => {
    const register = newRegister()
    const c = newConnection(register, 'acme', 'anthropic')
    const parts = [...base().slice(0, 2), owned('svac_1', 'service-account')]
    register.transact((w) => applyReading(w, getReading(c, parts)))
    expect(unowned(register)).toEqual({ unowned: 0, present: null })
    const accounts: Part = { source: 'project-service-accounts', project: 'proj_a', facts: [] }
    register.transact((w) => applyReading(w, getReading(c, [...parts, accounts])))
    expect(unowned(register)).toEqual({ unowned: 1, present: false })
  })
})
