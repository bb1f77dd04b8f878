import { describe, expect, test } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { KEY_STATUSES } from '../../../../shared/domain/key-status.ts'
import { key, getReading } from '../../register/registers.ts'
import { growth, LINEAR } from '../../../growth.ts'
import { newService } from '../services.ts'
import { addAcme, importer, type Importer } from './importing.ts'

async function acme(): Promise<Importer & { readonly service: Service }> {
  const service = await newService()
  await addAcme(service)
  return { ...importer(service), service }
}

describe('a CSV of people', () => {
  const PEOPLE =
    'User;E-mail;Organization role;Workspaces;Last reviewed\nJane Smith;jane@acme.example;Owner;All;25/01/2025\nAlice Dev;alice@acme.example;Developer;"ChatBot, Analytics";03/02/2025\n'

  test('is matched by its header, planned, and imported', async () => {
    const { plan, run, service, tables } = await acme()
    const planned = await plan('people', PEOPLE, { provider: 'anthropic' })
    expect(planned).toMatchObject({
      delimiter: ';',
      columns: ['User', 'E-mail', 'Organization role', 'Workspaces', 'Last reviewed'],
      mapping: {
        User: 'name',
        'E-mail': 'email',
        'Organization role': 'role',
        Workspaces: 'projects',
        'Last reviewed': 'lastReview',
      },
      organizations: [{ heading: 'Anthropic', provider: 'anthropic', organizationId: null, connectionId: null }],
      counts: { add: 2, change: 0, same: 0, refuse: 0 },
    })
    await run('people', PEOPLE, { provider: 'anthropic' })
    expect(await tables()).toContain('| Alice Dev <alice@acme.example> | Developer | ChatBot, Analytics | 2025-02-03 |')
    const [alice] = (await service.api.people.list({ search: 'alice' })).rows
    expect(alice).toMatchObject({ name: 'Alice Dev', email: 'alice@acme.example' })
    expect((await plan('people', PEOPLE, { provider: 'anthropic' })).counts).toMatchObject({ same: 2 })
  })

  test('is refused as a whole while a required column is not mapped, and imported once it is', async () => {
    const { plan, run } = await acme()
    const odd = 'Wer,Was\nJane,Owner\nJohn,Admin\n'
    const planned = await plan('people', odd)
    expect(planned.mapping).toEqual({ Wer: null, Was: null })
    expect(planned.rows).toEqual([
      {
        line: 1,
        action: 'refuse',
        subject: 'The file',
        detail: expect.stringContaining('No column fills: name or e-mail; role') as string,
      },
    ])
    expect(planned.organizations).toEqual([])
    await expect(run('people', odd)).rejects.toMatchObject({ code: 'INVALID', data: { field: 'mapping' } })
    const corrected = await run('people', odd, { mapping: { Wer: 'name', Was: 'role' } })
    expect(corrected.counts.add).toBe(2)
    await expect(plan('people', odd, { mapping: { Wer: 'name', Was: 'name' } })).rejects.toMatchObject({
      code: 'INVALID',
    })
  })

  test('adds to the register unless it is declared complete', async () => {
    const { plan, run, tables } = await acme()
    await run('people', 'Name,Role\nJane,Owner\nBob,Reader\n')
    const next = 'Name,Role\nJane,Admin\n'
    expect((await plan('people', next)).notices.join(' ')).toContain('Bob. They stay; import the file as complete')
    await run('people', next)
    expect(await tables()).toContain('| Bob | Reader |')
    expect(await tables()).toContain('| Jane | Admin |')
    expect((await plan('people', next, { complete: true })).notices.join(' ')).toContain('Bob. They are closed')
    await run('people', next, { complete: true })
    expect(await tables()).not.toContain('Bob')
    expect((await run('people', next, { complete: true })).syncIds).toEqual([])
  })

  test('leaves fields unchanged that it has no column for', async () => {
    const { plan, run, tables } = await acme()
    await run('people', 'Name,E-mail,Role,Projects,Last review\nJane,jane@acme.example,Member,ChatBot,2025-01-01\n')
    expect((await plan('people', 'Name,Role\nJane,Member\n')).counts).toMatchObject({ same: 1 })
    await run('people', 'E-mail,Role\njane@acme.example,Admin\n')
    expect(await tables()).toContain('| Jane <jane@acme.example> | Admin | ChatBot | 2025-01-01 |')
  })

  test('has its dates refused row by row where nothing proves which number is the day', async () => {
    const { plan } = await acme()
    const { rows } = await plan('people', 'Name,Role,Last review\nJane,Owner,03/04/2026\nJohn,Admin,2026-04-03\n')
    expect(rows.map((row) => [row.line, row.action])).toEqual([
      [2, 'refuse'],
      [3, 'add'],
    ])
    expect(rows[0]?.detail).toContain('“last review”')
  })
})

describe('a CSV of keys', () => {
  const KEYS = [
    'Secret key name,API key ID,Redacted key,Project,Created by,Owner e-mail,Created at,Last used,Rotation due,Purpose',
    'prod-web-api,key_1,sk-proj-...abcd,Web,Jane Smith,jane@acme.example,2025-01-01,Never,2026-01-01,Checkout',
    'dev-web-api,key_2,sk-proj-...efgh,Web,,,1735689600,2025-06-01,,',
    'old,key_3,,,,,31/31/2025,,,',
  ].join('\n')

  test('keeps never apart from unknown, and owners, projects and due days', async () => {
    const { run, service } = await acme()
    const done = await run('keys', KEYS)
    expect(done.counts).toEqual({ add: 2, change: 0, same: 0, refuse: 1 })
    const keys = await service.api.keys.list({ sort: { by: 'name' } })
    expect(
      keys.rows.map((k) => [k.externalId, k.project?.name, k.owner.email, k.createdAt, k.lastUse, k.hint]),
    ).toEqual([
      ['key_2', 'Web', null, Date.UTC(2025, 0, 1), { state: 'known', at: Date.UTC(2025, 5, 1) }, 'sk-proj-...efgh'],
      ['key_1', 'Web', 'jane@acme.example', Date.UTC(2025, 0, 1), { state: 'never' }, 'sk-proj-...abcd'],
    ])
    expect(keys.rows[1]).toMatchObject({
      purpose: 'Checkout',
      environment: 'production',
      rotation: { dueOn: '2026-01-01', basis: 'date' },
    })
    expect(keys.rows[0]?.owner.state).toBe('unknown')
  })

  test('opens the findings that hold with its due days, and no other, by the sync that brought them', async () => {
    const { run, service } = await acme()
    const keys = ['later,key_1,2025-01-01,2199-01-01', 'earlier,key_2,2025-01-01,2025-02-01', 'none,key_3,2025-01-01,']
    const { syncIds } = await run('keys', `Name,Key ID,Created,Rotation due\n${keys.join('\n')}\n`)
    const findings = makeRegister(service.context).reader.all(
      "SELECT name, resolved_at, first_sync FROM finding WHERE rule = 'rotation-overdue' ORDER BY name",
    )
    expect(findings).toEqual(['earlier', 'none'].map((name) => ({ name, resolved_at: null, first_sync: syncIds[0] })))
  })

  test('adds to what a register contained, and a later register removes nothing of it', async () => {
    const { run, plan, service } = await acme()
    const register = (purpose: string): string =>
      `### OpenAI (org-a)\n\n| Person | Role | Projects | Last Review |\n|---|---|---|---|\n| Jane | Owner | All | - |\n\n### Service Accounts\n\n| Account | Purpose | Key ID | Rotation Due |\n|---|---|---|---|\n| prod | ${purpose} | key_1 | 2026-01-01 |\n`
    await run('register', register('API'))
    await run('keys', 'Name,Key ID,Created,Last used\nprod,key_1,2025-01-01,never\n')
    const shown = async () =>
      (await service.api.keys.list({})).rows.map((k) => [
        k.externalId,
        k.createdAt,
        k.lastUse.state,
        k.purpose,
        k.owner.name,
      ])
    expect(await shown()).toEqual([['key_1', Date.UTC(2025, 0, 1), 'never', 'API', 'prod']])
    expect((await plan('register', register('API'))).counts).toMatchObject({ same: 2 })
    await run('register', register('API v2'))
    expect(await shown()).toEqual([['key_1', Date.UTC(2025, 0, 1), 'never', 'API v2', 'prod']])
  })

  test('finds a key again by its redacted value where it has no ID', async () => {
    const { run, plan } = await acme()
    await run('keys', 'Name,Key ID,Redacted key\nprod,key_1,sk-...abcd\n')
    expect((await plan('keys', 'Name,Redacted key,Purpose\nprod,sk-...abcd,API\n')).rows).toMatchObject([
      { action: 'change', detail: 'purpose - → API' },
    ])
  })
})

describe('a CSV of keys with impossible values', () => {
  // Noon of 25 November 2026, in the local zone and in UTC.
  const NOW = Date.UTC(2026, 10, 25, 12)

  async function acmeOn(now: number): Promise<Importer & { readonly service: Service }> {
    const service = await newService({ now: () => now })
    await addAcme(service)
    return { ...importer(service), service }
  }

  test('has a creation or a last use in the future refused in its row, and one of today accepted', async () => {
    const { plan } = await acmeOn(NOW)
    const { rows } = await plan(
      'keys',
      [
        'Name,Key ID,Created,Last used,Expires',
        'today,key_1,2026-11-25,2026-11-25T11:59:00Z,2030-01-01',
        'future,key_2,2031-01-01,,',
        'used,key_3,2025-01-01,2026-11-28,',
      ].join('\n'),
    )
    expect(rows.map(({ line, action }) => [line, action])).toEqual([
      [2, 'add'],
      [3, 'refuse'],
      [4, 'refuse'],
    ])
    expect(rows[1]?.detail).toBe('The date under “created” is in the future. Correct it, or leave the cell empty.')
    expect(rows[2]?.detail).toBe('The date under “last used” is in the future. Correct it, or leave the cell empty.')
  })

  test('accepts a date that is today in the zone of the operator or has passed in UTC', async () => {
    const before = process.env['TZ']
    try {
      for (const [zone, now] of [
        ['Pacific/Auckland', Date.UTC(2026, 10, 25, 13)],
        ['America/Los_Angeles', Date.UTC(2026, 10, 26, 3)],
      ] as const) {
        process.env['TZ'] = zone
        const { plan } = await acmeOn(now)
        expect((await plan('keys', 'Name,Created\na,2026-11-26\n')).counts).toMatchObject({ add: 1, refuse: 0 })
        expect((await plan('keys', 'Name,Created\na,2026-11-27\n')).counts).toMatchObject({ add: 0, refuse: 1 })
      }
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })

  test('has an unknown status refused in its row, and every status of the product accepted in any letter case', async () => {
    const { plan } = await acmeOn(NOW)
    const words = [...KEY_STATUSES, 'unknown', 'Active', 'EXPIRED', '']
    const known = await plan(
      'keys',
      `Name,Key ID,Status\n${words.map((word, n) => `k${n},id${n},${word}`).join('\n')}\n`,
    )
    expect(known.counts).toMatchObject({ add: words.length, refuse: 0 })
    const { rows } = await plan('keys', 'Name,Key ID,Status\nk,key_1,flurb\n')
    expect(rows).toEqual([
      {
        line: 2,
        action: 'refuse',
        subject: 'k',
        detail:
          'The status “flurb” is not known. Write active, inactive, archived or expired, or leave the cell empty.',
      },
    ])
  })

  test('keeps a status that the platform itself reported of a key of the connection', async () => {
    const { plan, service } = await acmeOn(NOW)
    const { id } = await service.api.connection.add({ client: 'acme-corp', provider: 'openai' })
    makeRegister(service.context).transact((writer) =>
      applyReading(
        writer,
        getReading(id, [{ source: 'keys-file', facts: [key('key_1', { name: 'k', status: 'Suspended' })] }], NOW),
      ),
    )
    expect((await plan('keys', 'Name,Key ID,Status\nk,key_1,Suspended\n')).rows).toMatchObject([{ action: 'same' }])
  })
})

describe('a CSV of service accounts', () => {
  test('is imported with its keys', async () => {
    const { run, plan, tables } = await acme()
    const text =
      'Service account\tPurpose\tAPI key\tRotate by\tProject\tOwner\nprod-backend\tAPI\tkey_1\t2026-02-15\tWeb\tJane\nidle\t\t\t\t\t\n'
    expect((await run('service-accounts', text)).counts).toMatchObject({ add: 2 })
    expect(await tables()).toContain('| prod-backend | API | key_1 | 2026-02-15 |\n| idle | - | - | - |')
    expect((await plan('service-accounts', text)).counts).toMatchObject({ same: 2 })
  })
})

describe('the connection of a CSV', () => {
  test('is the client’s only one of the provider, or has to be chosen', async () => {
    const { run, plan, service } = await acme()
    const first = await service.api.connection.add({ client: 'acme-corp', provider: 'openai' })
    expect((await plan('people', 'Name,Role\nJane,Owner\n')).organizations[0]?.connectionId).toBe(first.id)
    const second = await service.api.connection.add({ client: 'acme-corp', provider: 'openai', label: 'Second' })
    await expect(plan('people', 'Name,Role\nJane,Owner\n')).rejects.toMatchObject({
      code: 'INVALID',
      data: { field: 'connection' },
    })
    const done = await run('people', 'Name,Role\nJane,Owner\n', { connection: second.id })
    expect(done.organizations).toMatchObject([{ heading: 'Second', connectionId: second.id }])
    await addAcme(service, 'Beta')
    await expect(
      run('people', 'Name,Role\nJ,Owner\n', { client: 'beta', connection: second.id }),
    ).rejects.toMatchObject({ code: 'INVALID' })
  })
})

describe('a large CSV', () => {
  test('of 10,000 keys is planned and imported, its plan stays short, and a key takes no longer than one of few', async () => {
    const { run, plan, service } = await acme()
    const toText = (keys: number): string => {
      const rows = Array.from(
        { length: keys },
        (_, n) =>
          `prod-web-${n},key_${n},Project ${n % 200},person.${n % 3000}@acme.example,2025-01-${String((n % 28) + 1).padStart(2, '0')},2026-01-01`,
      )
      return `Name,Key ID,Project,Owner e-mail,Created,Rotation due\n${rows.join('\n')}\nbad,key_x,,,soon,\n`
    }
    expect(await growth((keys) => plan('keys', toText(keys)), 500)).toBeLessThan(LINEAR)
    const text = toText(10_000)
    const planned = await plan('keys', text)
    expect(planned.counts).toEqual({ add: 10_000, change: 0, same: 0, refuse: 1 })
    expect(planned.rows).toHaveLength(1000)
    expect(planned.rows.at(-1)).toMatchObject({ line: 10_002, action: 'refuse' })
    await run('keys', text)
    expect((await service.api.keys.list({ limit: 1 })).total).toBe(10_000)
    expect(makeRegister(service.context).check()).toEqual([])
  })
})
