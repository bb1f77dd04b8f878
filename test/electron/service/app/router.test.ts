import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import { profilePaths } from '../../../../electron/service/profile/paths.ts'
import { VERSION } from '../../../../shared/domain/version.ts'
import { placeSample } from '../../../sample-profile.ts'
import { NOON, refused, seeded } from '../seeded.ts'
import { newProfile, newService, recordingHost } from '../services.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the application', () => {
  it('reports a new profile as empty and writable, and its recovery code as not yet shown', async () => {
    const { api } = await newService()
    expect(await api.app.info()).toMatchObject({
      sample: false,
      locked: null,
      empty: true,
      shell: 'terminal',
      keychain: { available: false },
      recoveryShown: false,
    })
    // Without data there is nothing to recover.
    expect((await api.app.info()).notices.map(({ kind }) => kind)).not.toContain('recovery-not-shown')
    await api.client.add({ name: 'Acme' })
    const info = await api.app.info()
    expect(info.empty).toBe(false)
    expect(info.notices.map(({ kind }) => kind)).toContain('recovery-not-shown')
  })

  it('reports the proxy that providers are called through, without its password', async () => {
    const { api } = await newService()
    vi.stubEnv('HTTPS_PROXY', '')
    vi.stubEnv('https_proxy', undefined)
    expect((await api.app.info()).proxy).toBeNull()
    vi.stubEnv('HTTPS_PROXY', 'http://mara:hunter2@proxy.example:3128/')
    const info = await api.app.info()
    expect(info.proxy).toBe('http://proxy.example:3128')
    expect(JSON.stringify(info)).not.toContain('hunter2')
    // Without a protocol, as curl accepts it.
    vi.stubEnv('HTTPS_PROXY', 'proxy.example:3128')
    expect((await api.app.info()).proxy).toBe('http://proxy.example:3128')
  })

  it('reports that no provider is called while certificates would not be checked', async () => {
    const { api } = await newService()
    const network = async () => (await api.app.info()).notices.filter(({ kind }) => kind === 'network')
    expect(await network()).toEqual([])
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const [notice] = await network()
    expect(notice?.detail).toMatch(/NODE_TLS_REJECT_UNAUTHORIZED=0 is set.*Unset it.*NODE_EXTRA_CA_CERTS/u)
  })

  it('keeps settings, and names the operator in decisions', async () => {
    const { api, context } = await newService()
    await api.settings.set({ operator: 'Mara Lindqvist', colourScheme: 'dark' })
    const kept = {
      operator: 'Mara Lindqvist',
      colourScheme: 'dark',
      lockAfterMinutes: 15,
      keepRunning: false,
      startAtLogin: false,
      updateFeed: null,
    }
    expect(await api.settings.get()).toEqual(kept)
    expect(await api.settings.set({})).toEqual(kept)
    expect(await api.settings.set({ lockAfterMinutes: null })).toEqual({ ...kept, lockAfterMinutes: null })
    await expect(api.settings.set({ lockAfterMinutes: 7 as 5 })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await api.client.add({ name: 'Acme' })
    expect(getReader(context).value('SELECT operator FROM journal ORDER BY seq DESC LIMIT 1')).toBe('Mara Lindqvist')
  })

  it('names the version, what it runs on, and where its files are', async () => {
    const { api, context } = await newService()
    const { profile } = context.session()
    const about = await api.app.about()
    expect(about).toMatchObject({
      version: VERSION,
      build: null,
      versions: { electron: null, chromium: null, node: process.versions.node },
      sandbox: null,
      profile,
      log: profilePaths(profile).log,
    })
    expect(about.versions.sqlite).toMatch(/^3\.\d+\.\d+$/u)
    expect(about.system).toContain(process.arch)
  })

  it('gives the window its title, and shows SAMPLE in it', async () => {
    const host = recordingHost()
    const service = await newService({ host, now: () => NOON })
    const { api } = service
    await api.client.add({ name: 'Acme Corp' })
    expect(await api.desktop.scope({ client: null })).toEqual({ title: 'Castellan — All clients' })
    expect(await api.desktop.scope({ client: 'acme-corp' })).toEqual({ title: 'Castellan — Acme Corp' })
    expect(await api.desktop.scope({ client: 'nobody' })).toEqual({ title: 'Castellan — All clients' })
    await placeSample(service)
    await api.app.openSample()
    expect((await api.desktop.scope({ client: null })).title).toBe('Castellan — SAMPLE — All clients')
    expect(host.titles).toHaveLength(4)
    expect((await api.desktop.saveTarget({ suggestedName: 'a.md', extension: 'md' })).outcome).toBe('cancelled')
    const records = { kind: 'file', title: 'Choose usage records', extensions: ['csv'] } as const
    expect(await api.desktop.openTarget(records)).toEqual({ outcome: 'cancelled' })
  })
})

describe('the sample agency', () => {
  it('opens beside the user’s own profile, is kept between visits, and returns to where it was opened', async () => {
    const { api, service } = await seeded()
    const { profile } = service.context.session()
    const opened = await api.app.openSample()
    expect(opened.profile).not.toBe(profile)
    expect(await api.app.info()).toMatchObject({ sample: true, empty: false, profile: opened.profile })
    const first = await api.today.list({})
    expect(first.sample).toBe(true)
    expect(first.clients.length).toBe(5)
    expect(await api.app.openSample()).toEqual(opened)
    await api.client.add({ name: 'Added to the sample' })
    expect(await api.app.leaveSample()).toEqual({ profile })
    expect((await api.client.list({})).map(({ slug }) => slug)).toEqual(['acme', 'borealis'])
    await api.app.openSample()
    expect((await api.client.list({})).length).toBe(6)
  })

  it('is not left by the user’s own profile with the same name', async () => {
    const profile = join(newProfile(), 'sample-agency')
    const { api } = await newService({ profile })
    await api.client.add({ name: 'Mine' })
    expect(await api.app.leaveSample()).toEqual({ profile })
    expect((await api.client.list({})).map(({ name }) => name)).toEqual(['Mine'])
  })

  it('whose key is lost cannot be opened', async () => {
    const { api, service } = await seeded()
    const { profile } = service.context.session()
    await placeSample(service)
    const { profile: sample } = await api.app.openSample()
    await api.app.leaveSample()
    rmSync(join(sample, 'register.key'))
    expect((await refused(api.app.openSample())).code).toBe('CONFLICT')
    expect(await api.app.info()).toMatchObject({ profile, locked: null })
  })
})

describe('the recovery code', () => {
  it('is shown after a confirmation, saved, and not asked about any more', async () => {
    const { api, service } = await seeded()
    await expect(api.app.recoveryCode({ confirm: 'yes' as 'SHOW' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    const { code, path } = await api.app.recoveryCode({ confirm: 'SHOW' })
    expect(code).toMatch(/^C1[0-9A-Z]{3}(?:-[0-9A-Z]{5}){11}$/u)
    expect(path).toBe(profilePaths(service.context.session().profile).register)
    expect(await api.app.info()).toMatchObject({ recoveryShown: true })
    const rows = getReader(service.context).all<{ action: string; body: string }>(
      'SELECT action, body FROM journal ORDER BY seq DESC LIMIT 1',
    )
    expect(rows).toEqual([{ action: 'recovery.shown', body: '{}' }])
  })

  it('opens a copy of the register elsewhere, where every other code is refused', async () => {
    const { api, service } = await seeded({ profile: newProfile() })
    const { code } = await api.app.recoveryCode({ confirm: 'SHOW' })
    const { profile } = service.context.session()
    await service.close()
    const copy = join(newProfile(), 'copy')
    cpSync(profile, copy, {
      recursive: true,
      filter: (from) => !from.endsWith('register.key') && !from.endsWith('writer.lock'),
    })
    const stranger = await newService({ profile: copy, secrets: memoryStore('Another machine.') })
    const there = stranger.api
    expect(await there.app.info()).toMatchObject({ locked: 'noKey', empty: false })
    for (const ask of [
      () => there.client.list({}),
      () => there.client.add({ name: 'x' }),
      () => there.app.recoveryCode({ confirm: 'SHOW' }),
      () => there.app.integrity(),
    ]) {
      expect((await refused(ask())).code).toBe('CONFLICT')
    }
    expect(await there.settings.get()).toBeDefined()
    const wrong = code.startsWith('C1000') ? code.replace('C1000', 'C1111') : code.replace(/^C1.../u, 'C1000')
    expect(await refused(there.app.unlock({ code: wrong }))).toMatchObject({ code: 'INVALID', data: { field: 'code' } })
    const other = await newService()
    await other.api.client.add({ name: 'Other' })
    const { code: foreign } = await other.api.app.recoveryCode({ confirm: 'SHOW' })
    const said = await refused(there.app.unlock({ code: foreign }))
    expect(said.message).toContain('does not open this register')
    expect(await there.app.info()).toMatchObject({ locked: 'noKey' })

    expect(await there.app.unlock({ code: ` ${code.toLowerCase()}\n` })).toMatchObject({ locked: null })
    expect((await there.client.list({})).map(({ slug }) => slug)).toEqual(['acme', 'borealis'])
    await there.client.add({ name: 'Written there' })
    await stranger.close()
    const again = await newService({ profile: copy, secrets: memoryStore('Another machine.') })
    expect(await again.api.app.info()).toMatchObject({ locked: null })
  })

  it('is in no file of the profile', async () => {
    const { api, service } = await seeded()
    const { code } = await api.app.recoveryCode({ confirm: 'SHOW' })
    const { profile } = service.context.session()
    const bare = code.replaceAll('-', '')
    for (const name of readdirSync(profile, { recursive: true, withFileTypes: true })) {
      // Without a keychain the key is in a file of its own, and the application reports it.
      if (!name.isFile() || name.name === 'register.key') continue
      const text = readFileSync(join(name.parentPath, name.name)).toString('latin1')
      expect([name.name, text.includes(code), text.includes(bare)]).toEqual([name.name, false, false])
    }
  })
})

describe('checking the register', () => {
  it('finds it sound, and counts the journal rows', async () => {
    const { api } = await seeded()
    // Two clients, two connections, and a sync of each.
    expect(await api.app.integrity()).toMatchObject({ ok: true, problems: [], journalRows: 6 })
  })

  it('names a row of the journal that was changed', async () => {
    const { api, service } = await seeded()
    makeRegister(service.context).transact((writer) => {
      writer.run('DROP TRIGGER journal_is_not_updated')
      writer.run("UPDATE journal SET subject = 'other' WHERE seq = 2")
    })
    const { ok, problems } = await api.app.integrity()
    expect(ok).toBe(false)
    expect(problems.join(' ')).toContain('Row 2 of the audit log was changed')
  })

  it('reports what cannot be read instead of crashing', async () => {
    const { service } = await seeded()
    const { profile } = service.context.session()
    const root =
      makeRegister(service.context).reader.value<number>("SELECT rootpage FROM sqlite_schema WHERE name = 'journal'") ??
      0
    await service.close()
    const { register } = profilePaths(profile)
    const bytes = readFileSync(register)
    bytes.fill(0x5a, (root - 1) * 4096, root * 4096)
    writeFileSync(register, bytes)
    const { api } = await newService({ profile, mode: 'read' })
    const { ok, problems } = await api.app.integrity()
    expect(ok).toBe(false)
    expect(problems.join(' ')).toMatch(/audit log cannot be read/u)
  })
})
