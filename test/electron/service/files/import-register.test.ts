import { describe, expect, test } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { checkJournal } from '../../../../electron/register/db/journal.ts'
import { newService } from '../services.ts'
import { getReading, user, grant } from '../../register/registers.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { addAcme, bytes, fixture, importer } from './importing.ts'

const HEAD = '### OpenAI (org-acme-corp)\n\n| Person | Role | Projects | Last Review |\n|---|---|---|---|\n'
const ACCOUNTS = '\n### Service Accounts\n\n| Account | Purpose | Key ID | Rotation Due |\n|---|---|---|---|\n'
const SECRET = 'sk-proj-Zq8abcdefghijklmnopqrstuvwxyz0123456789ABCDEF'

describe('the register of the lesson', () => {
  test('is imported as its four people and two service accounts', async () => {
    const service = await newService()
    await addAcme(service)
    const { plan, run, tables } = importer(service)
    const planned = await plan('register', fixture('import/acme-lesson.md'))
    expect(planned).toMatchObject({
      kind: 'register',
      encoding: 'UTF-8',
      delimiter: null,
      organizations: [
        { heading: 'OpenAI (org-acme-corp)', provider: 'openai', organizationId: 'org-acme-corp', connectionId: null },
      ],
      counts: { add: 6, change: 0, same: 0, refuse: 0 },
      notices: [],
    })
    expect(planned.rows.map((row) => [row.line, row.action, row.subject, row.detail])).toEqual([
      [18, 'add', 'Jane Smith', 'role Owner; projects All; last review 2025-01-01'],
      [19, 'add', 'John Doe', 'role Admin; projects All; last review 2025-01-01'],
      [20, 'add', 'Alice Dev', 'role Member; projects ChatBot, Analytics; last review 2025-01-01'],
      [21, 'add', 'Bob Analyst', 'role Reader; projects -; last review 2025-01-01'],
      [27, 'add', 'prod-backend (sk-proj-xxx)', 'owner prod-backend; purpose Production API; rotation due 2025-02-15'],
      [28, 'add', 'ci-testing (sk-proj-yyy)', 'owner ci-testing; purpose GitHub Actions; rotation due 2025-02-15'],
    ])
    expect(await service.api.connection.list({})).toEqual([])

    const done = await run('register', fixture('import/acme-lesson.md'))
    expect(done.syncIds).toHaveLength(1)
    const people = await service.api.people.list({})
    expect(people.rows.map((row) => row.name).sort()).toEqual(['Alice Dev', 'Bob Analyst', 'Jane Smith', 'John Doe'])
    const keys = await service.api.keys.list({})
    expect(keys.rows.map((row) => [row.externalId, row.name, row.purpose, row.rotation.dueOn])).toEqual([
      ['sk-proj-xxx', 'prod-backend', 'Production API', '2025-02-15'],
      ['sk-proj-yyy', 'ci-testing', 'GitHub Actions', '2025-02-15'],
    ])
    const access = await service.api.access.list({ limit: 500 })
    const of = (name: string): string[] =>
      access.rows
        .filter((row) => row.principal.name === name)
        .map((row) => `${row.project?.name ?? 'organization'}: ${row.roleRaw} (${row.level}) ${row.via}`)
        .sort()
    expect(of('John Doe')).toEqual([
      'Analytics: Admin (admin) organization',
      'ChatBot: Admin (admin) organization',
      'organization: Admin (admin) direct',
    ])
    expect(of('Alice Dev')).toEqual([
      'Analytics: Member (member) direct',
      'ChatBot: Member (member) direct',
      'organization: Member (member) direct',
    ])
    expect(of('Bob Analyst')).toEqual(['organization: Reader (reader) direct'])
    expect(await tables()).toBe(new TextDecoder().decode(fixture('register/acme-corp.md')))
  })

  test('has two who administer, so neither is reported as the only owner or admin', async () => {
    const service = await newService()
    await addAcme(service)
    await importer(service).run('register', fixture('register/acme-corp.md'))
    const people = await service.api.people.list({})
    const impacts = await Promise.all(
      people.rows.map(async ({ name, personId }) => {
        const { says, rows } = await service.api.impact.get({ kind: 'person', id: personId })
        const others = rows.flatMap((row) => (row.project === null ? row.alsoHeldBy : []))
        return [name, others, says.filter((sentence) => sentence.startsWith('No one else'))]
      }),
    )
    expect(impacts.filter(([name]) => name === 'Jane Smith' || name === 'John Doe')).toEqual([
      ['Jane Smith', ['John Doe'], []],
      ['John Doe', ['Jane Smith'], []],
    ])
  })

  test('changes nothing the second time', async () => {
    const service = await newService()
    await addAcme(service)
    const { run } = importer(service)
    await run('register', fixture('import/acme-lesson.md'))
    const before = makeRegister(service.context).revision()
    const again = await run('register', fixture('import/acme-lesson.md'))
    expect(again).toMatchObject({ counts: { add: 0, change: 0, same: 6, refuse: 0 }, syncIds: [] })
    expect(makeRegister(service.context).revision()).toBe(before)
  })

  test('is the same in every encoding', async () => {
    const text = new TextDecoder().decode(fixture('register/acme-corp.md')).replace('Jane Smith', 'Jané Smith')
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
    const windows = Buffer.from(text, 'latin1')
    for (const content of [utf16, windows, bytes(`\uFEFF${text}`)]) {
      const service = await newService()
      await addAcme(service)
      await importer(service).run('register', content)
      expect(await importer(service).tables()).toBe(text)
    }
  })
})

describe('a register that changed', () => {
  test('changes what changed, closes removed people, and shows that before', async () => {
    const service = await newService()
    await addAcme(service)
    const { plan, run, tables } = importer(service)
    await run(
      'register',
      `${HEAD}| Jane Smith | Owner | All | 2025-01-01 |\n| Alice Dev | Member | ChatBot | - |\n| Bob | Reader | - | - |\n${ACCOUNTS}| prod | API | sk-proj-xxx | 2025-02-15 |\n`,
    )
    const next = `${HEAD}| Jane Smith | Owner | All | 2026-01-01 |\n| Alice Dev | Admin | ChatBot, Web | - |\n| Carl | Reader | - | - |\n${ACCOUNTS}| prod | API v2 | sk-proj-xxx | 2026-02-15 |\n`
    const planned = await plan('register', next)
    expect(planned.rows.map((row) => [row.action, row.subject, row.detail])).toEqual([
      ['change', 'Jane Smith', 'last review 2025-01-01 → 2026-01-01'],
      ['change', 'Alice Dev', 'role Member → Admin; projects + Web'],
      ['add', 'Carl', 'role Reader; projects -'],
      ['change', 'prod (sk-proj-xxx)', 'purpose API → API v2; rotation due 2025-02-15 → 2026-02-15'],
    ])
    expect(planned.notices.join(' ')).toMatch(/does not: Bob\. They are closed/u)
    await run('register', next)
    expect((await tables()).split('\n').filter((line) => /^\| [A-Z]|prod/u.test(line))).toEqual([
      '| Person | Role | Projects | Last Review |',
      '| Jane Smith | Owner | All | 2026-01-01 |',
      '| Alice Dev | Admin | ChatBot, Web | - |',
      '| Carl | Reader | - | - |',
      '| Account | Purpose | Key ID | Rotation Due |',
      '| prod | API v2 | sk-proj-xxx | 2026-02-15 |',
    ])
  })

  test('closes nothing while a row of it is refused', async () => {
    const service = await newService()
    await addAcme(service)
    const { run, tables } = importer(service)
    await run('register', `${HEAD}| Jane | Owner | All | - |\n| Bob | Reader | - | - |\n`)
    const done = await run('register', `${HEAD}| Jane | Admin | All | - |\n| Bob | Reader | - | soon |\n`)
    expect(done.counts).toEqual({ add: 0, change: 1, same: 0, refuse: 1 })
    expect(done.notices.join(' ')).toContain('They stay, since rows of the file are refused')
    expect(await tables()).toContain('| Bob | Reader | - | - |')
    expect(await tables()).toContain('| Jane | Admin | All | - |')
    const [connection] = await service.api.connection.list({})
    expect(connection?.lastSync?.sources[0]).toMatchObject({ state: 'complete', excluded: [{ count: 1 }] })
  })

  test('keeps two keys of one account separate where it describes them differently', async () => {
    const service = await newService()
    await addAcme(service)
    const { plan, run, tables } = importer(service)
    const one = `${HEAD}${ACCOUNTS}| prod | old | key_1 | 2026-01-01 |\n`
    await run('register', one)
    const two = `${one}| prod | new | key_2 | 2026-06-01 |\n`
    await run('register', two)
    expect(await tables()).toContain('| prod | old | key_1 | 2026-01-01 |\n| prod | new | key_2 | 2026-06-01 |')
    expect((await plan('register', two)).counts).toMatchObject({ same: 2, change: 0 })
  })

  test('recognizes a rotation where an account has a new key in place of the old one', async () => {
    const service = await newService()
    await addAcme(service)
    const { run } = importer(service)
    await run('register', `${HEAD}${ACCOUNTS}| prod | API | key_1 | 2026-01-01 |\n`)
    await run('register', `${HEAD}${ACCOUNTS}| prod | API | key_2 | 2026-06-01 |\n`)
    const keys = await service.api.keys.list({})
    expect(keys.rows.map((row) => [row.externalId, row.rotation.dueOn])).toEqual([['key_2', '2026-06-01']])
    const detail = await service.api.keys.get({ keyId: keys.rows[0]?.keyId ?? 0 })
    expect(detail.versions.map((version) => version.removed)).toEqual([false, true])
    expect(detail.rotations.map((rotation) => rotation.recognized)).toEqual([true])
  })
})

describe('a row', () => {
  const getRefusal = async (row: string): Promise<string> => {
    const service = await newService()
    await addAcme(service)
    const { rows, counts } = await importer(service).plan('register', `${HEAD}${row}\n`)
    expect(counts.add).toBe(0)
    return rows[0]?.action === 'refuse' ? rows[0].detail : 'taken'
  }

  test('is refused with the reason', async () => {
    expect(await getRefusal('| - | Owner | All | - |')).toContain('contains no person')
    expect(await getRefusal('| Jane | Owner | All | 2025-02-30 |')).toContain('does not exist')
    expect(await getRefusal('| Jane | Owner | All | 03/04/2025 |')).toContain('day first or month first')
    expect(await getRefusal('| Jane | Owner | All | - | more |')).toContain('5 cells')
  })

  test('that contradicts another of the same person is refused; one that repeats it is not', async () => {
    const service = await newService()
    await addAcme(service)
    const { plan } = importer(service)
    const jane = '| Jane <jane@acme.example> | Owner | All | - |\n'
    const { rows } = await plan('register', `${HEAD}${jane}${jane}${jane.replace('Owner', 'Reader')}`)
    expect(rows.map((row) => [row.action, row.detail])).toEqual([
      ['add', 'role Owner; projects All'],
      ['same', 'Same content as line 5.'],
      ['refuse', 'Line 5 describes the same person differently. Keep one of them.'],
    ])
  })

  test('that contains a whole secret is refused, and the secret is nowhere', async () => {
    const service = await newService()
    await addAcme(service)
    const { run } = importer(service)
    const text = `${HEAD}| Jane | Owner | All | - |\n${ACCOUNTS}| prod | API | ${SECRET} | - |\n| ${SECRET} | API | key_1 | - |\n| ci | \`${SECRET}\` | key_2 | - |\n`
    const named = run('register', text, { fileName: `/home/jane/${SECRET}.md` })
    await expect(named).rejects.toMatchObject({ code: 'INVALID', data: { field: 'fileName' } })
    const done = await run('register', text)
    expect(done.counts).toEqual({ add: 1, change: 0, same: 0, refuse: 3 })
    expect(done.rows.filter((row) => row.action === 'refuse').map((row) => row.detail)).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining('looks like a complete secret') as string),
    )
    expect(JSON.stringify(done)).not.toContain('Zq8abc')
    const { reader } = makeRegister(service.context)
    for (const table of [
      'journal',
      'principal_version',
      'key_version',
      'logical_key',
      'sync_source',
      'project_version',
    ]) {
      expect(JSON.stringify(reader.all(`SELECT * FROM ${table}`))).not.toContain('Zq8abc')
    }
  })
})

describe('an organization', () => {
  test('is imported into the connection that already reads it, of this client alone', async () => {
    const service = await newService()
    await addAcme(service)
    await addAcme(service, 'Beta')
    const { plan, run } = importer(service)
    const text = `${HEAD}| Jane | Owner | All | - |\n`
    await run('register', text)
    expect((await plan('register', text)).organizations[0]?.connectionId).toBe(1)
    const other = await plan('register', text, { client: 'beta' })
    expect(other.counts).toMatchObject({ add: 0, refuse: 1 })
    expect(other.rows[0]?.detail).toContain('another client, Acme Corp')
  })

  test('that was added and never synced is recognized, and learns its id', async () => {
    const service = await newService()
    await addAcme(service)
    const { id } = await service.api.connection.add({ client: 'acme-corp', provider: 'openai' })
    await importer(service).run('register', `${HEAD}| Jane | Owner | All | - |\n`)
    expect(await service.api.connection.get({ id })).toMatchObject({ organizationId: 'org-acme-corp' })
  })

  test('of an unknown provider keeps its name', async () => {
    const service = await newService()
    await addAcme(service)
    const { run, tables } = importer(service)
    const text = `### Other Cloud (tenant 7)\n\n| Person | Role | Projects | Last Review |\n|---|---|---|---|\n| Jane | Superuser | - | - |\n`
    await run('register', text)
    expect(await tables()).toContain('### Other Cloud (tenant 7)')
    expect((await service.api.people.list({})).total).toBe(1)
  })

  test('that the provider itself has described takes only notes from a file', async () => {
    const service = await newService()
    await addAcme(service)
    const { run, plan, tables } = importer(service)
    await run('register', `${HEAD}| Jane | Owner | All | - |\n`)
    const register = makeRegister(service.context)
    register.transact((writer) =>
      applyReading(
        writer,
        getReading(1, [
          {
            source: 'users',
            facts: [
              user('user_1', { name: 'Jane', email: 'jane@acme.example' }),
              grant('user_1', null, { roleRaw: 'reader', level: 'reader' }),
            ],
          },
        ]),
      ),
    )
    expect(await tables()).toContain('| Jane <jane@acme.example> | Reader | - | - |')
    const text = `${HEAD}| Jane | Owner | All | 2026-01-01 |\n| Mallory | Owner | All | - |\n`
    expect((await plan('register', text)).rows.map((row) => [row.action, row.subject, row.detail])).toEqual([
      ['change', 'Jane', 'last review - → 2026-01-01'],
      ['refuse', 'Mallory', expect.stringContaining('The provider does not list this person')],
    ])
    const done = await run('register', text)
    expect(done.syncIds).toEqual([])
    expect(await tables()).toContain('| Jane <jane@acme.example> | Reader | - | 2026-01-01 |')
    const [connection] = await service.api.connection.list({})
    expect(connection?.lastSync?.origin).toBe('api')
  })
})

describe('a register of several clients', () => {
  test('is imported for the requested client', async () => {
    const service = await newService()
    await addAcme(service)
    await addAcme(service, 'Beta')
    await addAcme(service, 'Gamma')
    const section = (client: string, organization: string): string =>
      `## AI Platform Access Register: ${client}\n\n${HEAD.replace('org-acme-corp', organization)}| Jane of ${client} | Owner | All | - |\n\n### Population\n\nScope.\n\n`
    const text = section('Acme Corp', 'org-a') + section('Beta', 'org-b')
    const { run, plan } = importer(service)
    const done = await run('register', text, { client: 'beta' })
    expect(done.rows.map((row) => row.subject)).toEqual(['Jane of Beta'])
    expect(done.notices.join(' ')).toContain('other clients were left out: Acme Corp')
    await expect(plan('register', text, { client: 'gamma' })).rejects.toMatchObject({ code: 'INVALID' })
  })
})

describe('an import', () => {
  test('is one transaction over all organizations, and is recorded', async () => {
    const service = await newService()
    await addAcme(service)
    const text = `${HEAD}| Jane | Owner | All | - |\n\n### Anthropic (org-b)\n\n| Person | Role | Projects | Last Review |\n|---|---|---|---|\n| Jane | Workspace developer | Web | - |\n`
    const register = makeRegister(service.context)
    const before = register.revision()
    const done = await importer(service).run('register', text, { fileName: '/home/jane/registers/acme.md' })
    expect(register.revision()).toBe(before + 1)
    expect(done.syncIds).toHaveLength(2)
    expect(done.organizations.map((o) => o.connectionId)).toEqual([1, 2])
    const rows = register.reader.all<{ action: string; client: string; subject: string; body: string }>(
      "SELECT action, client, subject, body FROM journal WHERE action = 'file.imported'",
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ client: 'acme-corp', subject: 'acme.md' })
    expect(JSON.parse(rows[0]?.body ?? '{}')).toMatchObject({ kind: 'register', counts: { add: 2 } })
    expect(checkJournal(register.reader).problems).toEqual([])
    expect(register.check()).toEqual([])
  })

  test('of nothing readable is refused, with what to do', async () => {
    const service = await newService()
    await addAcme(service)
    const { plan, run } = importer(service)
    for (const content of [
      bytes('# Notes\n\nNothing.\n'),
      bytes(''),
      bytes('PK\u0003\u0004xxxx'),
      bytes(`${HEAD.replace('Role', 'Rolle')}| a | b | c | d |\n`),
    ]) {
      await expect(plan('register', content)).rejects.toMatchObject({
        code: 'INVALID',
        data: { hint: expect.any(String) as string },
      })
      await expect(run('register', content)).rejects.toMatchObject({ code: 'INVALID' })
    }
    await expect(plan('register', HEAD, { client: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await service.api.connection.list({})).toEqual([])
  })
})
