import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { NORTHFOLD_CREDENTIAL } from '../../../providers/fixtures/northfold-openai.ts'
import { exampleFile } from '../../providers/file/example.ts'
import { newCastellan } from '../castellan.ts'
import { CONNECT, fakeOrganization, withConnection } from './connected.ts'

describe('client', () => {
  it('is added, listed, archived and restored', async () => {
    const { run } = newCastellan()
    const added = await run(
      'client',
      'add',
      'Acme Corp',
      '--colour',
      '#0077bb',
      '--domain',
      'acme.example',
      '--domain',
      'acme-labs.example',
    )
    expect(added).toMatchObject({ code: 0, out: 'Added Acme Corp (--client acme-corp).\n' })
    const own = await run('client', 'add', 'Northfold', '--kind', 'internal', '--slug', 'us', '--notes', 'We', '--json')
    expect(own.json()).toMatchObject({ slug: 'us', kind: 'internal', domains: '', notes: 'We' })
    const listed = (await run('client', 'list', '--json')).json()
    expect(listed.map((row) => row['slug'])).toEqual(['us', 'acme-corp'])
    expect(listed[1]).toMatchObject({ colour: '#0077bb', domains: 'acme.example acme-labs.example', archivedAt: null })
    expect((await run('client', 'archive', 'acme-corp', '--yes')).code).toBe(0)
    expect((await run('client', 'list', '--json')).json()).toHaveLength(1)
    expect((await run('client', 'list', '--archived', '--json')).json()).toHaveLength(2)
    expect((await run('client', 'restore', 'acme-corp')).code).toBe(0)
    expect((await run('client', 'list', '--json')).json()).toHaveLength(2)
  })

  it('is refused with a reason: an unknown client, an invalid domain', async () => {
    const { run } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const removed = await run('client', 'archive', 'nobody', '--yes')
    expect(removed).toMatchObject({ code: 1, out: '' })
    expect(removed.err).toContain('nobody')
    const domain = await run('client', 'add', 'Acme', '--domain', 'not a domain')
    expect(domain.code).toBe(2)
    expect(domain.err).toContain('example.com')
  })
})

describe('connection add', () => {
  it('refuses a base URL over http to another machine with what to write, and shows a look-alike host in Punycode', async () => {
    const { run, runWith } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const plain = await runWith({ stdin: NORTHFOLD_CREDENTIAL }, ...CONNECT, '--base-url', 'http://gateway.example/v1')
    expect(plain).toMatchObject({ code: 2, out: '' })
    expect(plain.err).toMatch(/A base URL begins with https:\/\//u)
    expect(plain.err).not.toContain(NORTHFOLD_CREDENTIAL)
    await run(...CONNECT, '--no-credential', '--base-url', 'https://аpi.openai.com/v1')
    const listed = (await run('connection', 'list', '--json')).json()
    expect(listed).toMatchObject([{ baseUrl: 'https://xn--pi-6kc.openai.com/v1' }])
  })
})

describe('client add', () => {
  it('refuses the name of another client, archived ones too, unless --same-name insists', async () => {
    const { run } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    await run('client', 'archive', 'acme-corp', '--yes')
    const again = await run('client', 'add', ' ACME corp')
    expect(again).toMatchObject({ code: 1, out: '' })
    expect(again.err).toBe(
      'The archived client "Acme Corp" (acme-corp) has this name or one that looks like it.\nChoose a name that people cannot take for it. In a terminal, --same-name insists.\n',
    )
    const meant = await run('client', 'add', 'Acme Corp', '--same-name')
    expect(meant).toMatchObject({ code: 0, out: 'Added Acme Corp (--client acme-corp-2).\n' })
  })

  it('asks for a slug where the name gives none', async () => {
    const { run } = newCastellan()
    const refused = await run('client', 'add', '日本')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain('--slug')
    expect(await run('client', 'add', '日本', '--slug', 'nihon')).toMatchObject({
      code: 0,
      out: 'Added 日本 (--client nihon).\n',
    })
    expect((await run('client', 'add', 'X', '--slug', 'No Slug')).err).toBe(
      'slug: Write lower-case letters, digits and single hyphens, such as acme-corp.\nSee --help.\n',
    )
  })
})

describe('connection', () => {
  it('reads its credential from standard input, and reports that it is not stored without a keychain', async () => {
    const { run, runWith } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const added = await runWith(
      { stdin: `${NORTHFOLD_CREDENTIAL}\n` },
      ...CONNECT,
      '--label',
      'Main',
      '--access',
      'read-write',
    )
    expect(added.code).toBe(0)
    expect(added.out).toContain('Main')
    expect(added.err).toContain('--credential-stdin')
    const [row] = (await run('connection', 'list', '--json')).json()
    expect(row).toMatchObject({
      id: 1,
      client: 'acme-corp',
      label: 'Main',
      access: 'read-write',
      credential: 'session',
    })
    expect(row?.['credentialHint']).toBe('sk-admin-…cdef')
  })

  it('warns of a credential that only the provider can judge, without showing it', async () => {
    const { run, runWith } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const token = 'sk-ant-oat01-0123456789abcdefghijklmn'
    const added = await runWith(
      { stdin: token },
      'connection',
      'add',
      '--client',
      'acme-corp',
      '--provider',
      'anthropic',
    )
    expect(added.code).toBe(0)
    expect(added.err).toContain('needs the scope org:admin')
    expect(added.out + added.err).not.toContain(token.slice(13))
    const [row] = (await run('connection', 'list', '--json')).json()
    expect(row?.['credentialHint']).toBe('sk-ant-oat01-…klmn')
  })

  it('keeps no part of a credential in what it prints', async () => {
    const { run, runWith } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const wrong = 'sk-proj-0123456789abcdefghijklmn'
    const refused = await runWith({ stdin: wrong }, ...CONNECT)
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain('project key')
    expect(refused.err).not.toContain('0123456789')
    expect((await run('connection', 'list', '--json')).json()).toEqual([])
  })

  it('reads a file where one is named, with its platform, and asks for no credential', async () => {
    const { run } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const add = ['connection', 'add', '--client', 'acme-corp', '--provider', 'file']
    expect(await run(...add)).toMatchObject({ code: 2, err: expect.stringContaining('--path FILE') as string })
    const path = join(mkdtempSync(join(tmpdir(), 'castellan-file-')), 'azure.json')
    writeFileSync(path, JSON.stringify({ ...exampleFile(), keys: [{}] }))
    const wrong = await run(...add, '--path', path)
    expect(wrong).toMatchObject({ code: 1, out: '' })
    expect(wrong.err).toContain('keys[0].id')
    writeFileSync(path, JSON.stringify(exampleFile()))
    const added = await run(...add, '--path', path, '--json')
    expect(added).toMatchObject({ code: 0, err: '' })
    expect(added.json()).toMatchObject({
      provider: 'file',
      platform: 'azure',
      label: 'Acme Corp on azure',
      path,
      credential: 'not-needed',
    })
    expect(await run('sync', '--client', 'acme-corp')).toMatchObject({ code: 0 })
    expect((await run('connection', 'list')).out).toContain('File · azure')
  })

  it('is added without one, and given one later', async () => {
    const { run, runWith } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const bare = await run(...CONNECT, '--no-credential', '--json')
    expect(bare.json()).toMatchObject({ id: 1, credential: 'none' })
    expect(bare.err).toContain('connection credential 1')
    const set = await runWith({ stdin: NORTHFOLD_CREDENTIAL }, 'connection', 'credential', '1', '--json')
    expect(set.json()).toMatchObject({ id: 1, credential: 'session' })
  })

  it('is tested: what the credential can read, and code 3 for what it cannot', async () => {
    const castellan = await withConnection(await fakeOrganization())
    const full = await castellan.run('connection', 'test', '1')
    expect(full).toMatchObject({ code: 0 })
    expect(full.out).toContain('org-northfold')
    const denied = { kind: 'status', status: 403 } as const
    const narrow = await withConnection(
      await fakeOrganization({ faults: { rules: [{ path: /admin_api_keys/u, fault: denied }] } }),
    )
    const partial = await narrow.run('connection', 'test', '1', '--json')
    expect(partial.code).toBe(3)
    expect(partial.json().find((row) => row['source'] === 'admin-keys')).toMatchObject({ state: 'denied' })
    const other = await narrow.runWith(
      { stdin: 'sk-admin-not-the-right-one-0' },
      'connection',
      'test',
      '1',
      '--credential-stdin',
    )
    expect(other.code).toBe(1)
  })

  it('is removed', async () => {
    const castellan = await withConnection(await fakeOrganization())
    expect(await castellan.run('connection', 'remove', '1', '--yes')).toMatchObject({ code: 0 })
    expect((await castellan.run('connection', 'list', '--json')).json()).toEqual([])
    expect((await castellan.run('connection', 'remove', '1', '--yes')).code).toBe(1)
  })
})
