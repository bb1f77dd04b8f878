import { readdirSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { isContractProcedure } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { describe, expect, it, vi } from 'vitest'

import { memoryStore, KeychainError, type SecretStore } from '../../../../electron/secrets/secret-store.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { implementArea } from '../../../../electron/service/core/implementer.ts'
import { settingsContract } from '../../../../shared/contract/app.ts'
import { WHILE_LOCKED } from '../../../../electron/service/core/lock.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { profilePaths } from '../../../../electron/service/profile/paths.ts'
import { takeWriterLock } from '../../../../electron/service/profile/writer-lock.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { NEW_SECRET } from '../../../providers/openai-writes.ts'
import { connected, followed, northfold } from '../fakes.ts'
import { sent, isRequested, world } from '../remediation/world.ts'
import { refused, seeded } from '../seeded.ts'
import { newProfile, newService, recordingHost, type RecordingHost } from '../services.ts'

const os = implementArea({ settings: settingsContract })

/** The keychain of a desktop session, which may be locked itself. */
function keychain(): SecretStore & { isLocked: boolean } {
  const secrets = new Map<string, string>()
  const answer = async <T>(work: () => T): Promise<T> => {
    if (store.isLocked) throw new KeychainError('The keychain is locked.', 'Unlock it.')
    return work()
  }
  const store: SecretStore & { isLocked: boolean } = {
    isLocked: false,
    kind: 'keychain',
    detail: 'The keychain of this test.',
    get: (account) => answer(() => secrets.get(account) ?? null),
    set: (account, secret) => answer(() => void secrets.set(account, secret)),
    delete: (account) => answer(() => void secrets.delete(account)),
  }
  return store
}

/** A window whose shell removes the view. */
function windowHost(): RecordingHost & { readonly views: string[] } {
  const views: string[] = []
  return { ...recordingHost('chromium'), views, locked: () => void views.push('closed') }
}

/** The files that this process has open in a profile, by their names. */
function openFiles(profile: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(join('/proc/self/fd', descriptor))
      return path.startsWith(`${profile}/`) ? [path.slice(profile.length + 1)] : []
    } catch {
      return []
    }
  })
}

function profileIn(service: Service): string {
  return service.context.session().profile
}

const LOCKED = { code: 'CONFLICT', message: 'Castellan is locked.' }

describe('a locked service', () => {
  it.skipIf(process.platform !== 'linux')(
    'has no file of the register open, and none of the writer’s lock',
    async () => {
      const { service, api } = await seeded()
      const profile = profileIn(service)
      expect(openFiles(profile)).toContain('register.db')
      await api.app.lock()
      expect(openFiles(profile).filter((name) => /^(?:register|writer)/u.test(name))).toEqual([])
      expect(readdirSync(profile).filter((name) => /-wal$|-shm$/u.test(name))).toEqual([])
      takeWriterLock(profile, 'test').release()
      await api.app.unlock({})
      expect(openFiles(profile)).toContain('register.db')
    },
  )

  it('refuses each operation of the contract in the same words, except those that need no register', async () => {
    const { api } = await seeded()
    await api.app.lock()
    const operations = Object.entries(contract).flatMap(([area, own]) =>
      Object.entries(own)
        .filter(([, operation]) => isContractProcedure(operation))
        .map(([name]) => [area, name] as const),
    )
    const call = api as unknown as Record<string, Record<string, (input?: unknown) => Promise<unknown>>>
    for (const [area, name] of operations) {
      if (WHILE_LOCKED.has(`${area}.${name}`)) continue
      const said = await refused(call[area]![name]!(undefined))
      expect([area, name, said.code, said.message]).toEqual([area, name, LOCKED.code, LOCKED.message])
    }
    expect([...WHILE_LOCKED].toSorted()).toEqual(['app.events', 'app.info', 'app.lock', 'app.unlock'])
    expect(await api.app.info()).toMatchObject({ locked: 'asked', sample: false, empty: false, notices: [] })
  })

  it('has overwritten the key, and reveals nothing of the register in its answers', async () => {
    const { service, api } = await seeded()
    const { key } = service.context.session()
    expect(key?.some((byte) => byte !== 0)).toBe(true)
    const info = JSON.stringify(await api.app.lock())
    expect(key?.every((byte) => byte === 0)).toBe(true)
    expect(service.context.session()).toMatchObject({ key: null, register: null, locked: 'asked' })
    expect(info).not.toMatch(/acme|borealis|Mara|prod-web-api/iu)
  })

  it('removes the view, the title and the count of due keys, and restores them', async () => {
    const host = windowHost()
    const { service } = await seeded()
    const profile = profileIn(service)
    await service.close()
    const own = await newService({ profile, host })
    const due: number[] = []
    own.onDue((count) => due.push(count))
    await own.api.desktop.scope({ client: 'acme' })
    await own.api.app.lock()
    expect([host.views, host.titles.at(-1), due.at(-1)]).toEqual([['closed'], 'Castellan', 0])
    await own.api.app.lock()
    expect(host.views).toEqual(['closed'])
    await own.api.app.unlock({})
    expect(due.at(-1)).toBe(due[0])
  })

  it('does no background work and logs no error, however much time passes', async () => {
    const { service: first } = await seeded()
    const profile = profileIn(first)
    await first.close()
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
    try {
      const host = recordingHost('electron')
      const { api, context } = await newService({ profile, host })
      await api.app.lock()
      vi.advanceTimersByTime(24 * 3_600_000)
      expect(host.notifications).toEqual([])
      expect(context.session().register).toBeNull()
      await context.session().log.flush()
    } finally {
      vi.useRealTimers()
    }
    const log = readFileSync(profilePaths(profile).log, 'utf8')
    expect(log).toContain('profile.locked')
    expect(log).not.toContain('"level":"error"')
  })

  it('ends running calls: each is answered, and what was acknowledged is there after unlocking', async () => {
    const { service, api, connections } = await seeded()
    const begun = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const slow = os.settings.get.handler(async ({ context }) => {
      begun.resolve()
      await goOn.promise
      makeRegister(context).transact((writer) => writer.run("UPDATE client SET notes = 'slow' WHERE slug = 'acme'"))
      return context.session().preferences.get()
    })
    const running = createRouterClient({ slow }, { context: service.context }).slow()
    await begun.promise
    const locking = api.app.lock()
    expect(await api.app.info()).toMatchObject({ locked: 'asked' })
    expect(await refused(api.client.list({}))).toMatchObject(LOCKED)
    goOn.resolve()
    await running
    await locking
    await api.app.unlock({})
    expect(await api.client.get({ slug: 'acme' })).toMatchObject({ notes: 'slow' })
    expect(connections.acme).toBe(1)
  })

  it('ends a sync before its register is closed, and the next one is complete', async () => {
    const server = await northfold({ latencyMs: 60 })
    const service = await newService()
    const { api } = service
    const id = await connected(api, server)
    await api.sync.start({ connections: [id] })
    await expect.poll(() => server.requests.length).toBeGreaterThan(0)
    await api.app.lock()
    // What was sent before may reach the server after.
    await sleep(200)
    const asked = server.requests.length
    await sleep(200)
    expect(server.requests.length).toBe(asked)
    await api.app.unlock({})
    const history = await api.connection.history({ id })
    expect(history[0]).toMatchObject({ state: 'cancelled' })
    // Without a keychain the credential was in memory, sealed while the register was locked.
    await api.sync.start({ connections: [id] })
    expect((await followed(api)).at(-1)?.[0]).toMatchObject({ result: { state: 'complete' } })
  })

  it('closes a register even under a call that does not end; the rest of the call is refused', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
    try {
      const { service, api } = await seeded()
      const goOn = Promise.withResolvers<void>()
      const slow = os.settings.get.handler(async ({ context }) => {
        const { reader } = makeRegister(context)
        await goOn.promise
        reader.all('SELECT * FROM client')
        return context.session().preferences.get()
      })
      const running = refused(createRouterClient({ slow }, { context: service.context }).slow())
      await service.context.lock.begin()
      expect(service.context.session().register).toBeNull()
      goOn.resolve()
      expect(await running).toMatchObject(LOCKED)
      await api.app.unlock({})
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('unlocking', () => {
  it('opens by the key in the keychain, and returns to the route of the window', async () => {
    const secrets = keychain()
    const service = await newService({ profile: newProfile(), secrets })
    const { api, context } = service
    await api.client.add({ name: 'Acme' })
    await api.app.lock()
    context.lock.keepPlace('/keys?key=12')
    expect(await api.app.unlock({})).toMatchObject({ locked: null, place: '/keys?key=12' })
    expect(await api.client.list({})).toHaveLength(1)
    expect(await api.app.unlock({})).toMatchObject({ place: null })
  })

  it('sends the window after unlocking to the route of a notification that was clicked meanwhile', async () => {
    const service = await newService()
    await service.api.app.lock()
    service.navigate('/rotation')
    expect(await service.api.app.unlock({})).toMatchObject({ place: '/rotation' })
  })

  it('stays locked while the keychain does not answer, and still opens by the recovery code', async () => {
    const secrets = keychain()
    const { api, context } = await newService({ profile: newProfile(), secrets })
    await api.client.add({ name: 'Acme' })
    const { code } = await api.app.recoveryCode({ confirm: 'SHOW' })
    secrets.isLocked = true
    await api.app.lock()
    expect(await refused(api.app.unlock({}))).toMatchObject({ code: 'KEYCHAIN' })
    expect(await api.app.info()).toMatchObject({ locked: 'asked' })
    const info = await api.app.unlock({ code })
    expect(info).toMatchObject({ locked: null })
    expect(info.notices.map(({ detail }) => detail).join()).toContain('The register key could not be kept')
    expect(await api.client.list({})).toHaveLength(1)
    secrets.isLocked = false
    await api.app.lock()
    await secrets.delete('register-key')
    expect(await refused(api.app.unlock({}))).toMatchObject({ code: 'KEYCHAIN' })
    expect(context.session().locked).toBe('asked')
    expect(await api.app.unlock({ code })).toMatchObject({ locked: null })
    expect(await secrets.get('register-key')).toBe(code)
  })

  it('refuses a wrong code, a code of another register and a missing register, and stays locked', async () => {
    const { api, service } = await seeded()
    const { context } = service
    const { code } = await api.app.recoveryCode({ confirm: 'SHOW' })
    const other = await newService({ profile: newProfile() })
    await other.api.client.add({ name: 'Other' })
    const { code: foreign } = await other.api.app.recoveryCode({ confirm: 'SHOW' })
    await api.app.lock()
    const wrong = code.startsWith('C1000') ? code.replace('C1000', 'C1111') : code.replace(/^C1.../u, 'C1000')
    for (const typed of [wrong, foreign, 'C1', '']) {
      expect(await refused(api.app.unlock({ code: typed }))).toMatchObject({ code: 'INVALID', data: { field: 'code' } })
    }
    const { register } = profilePaths(context.session().profile)
    renameSync(register, `${register}.away`)
    expect(await refused(api.app.unlock({}))).toMatchObject({ code: 'CONFLICT' })
    renameSync(`${register}.away`, register)
    expect(context.session().locked).toBe('asked')
    expect(await api.app.unlock({ code: code.toLowerCase() })).toMatchObject({ locked: null })
  })

  it('is refused while another process writes, and works once that has ended', async () => {
    const { service, api } = await seeded()
    await api.app.lock()
    const terminal = takeWriterLock(profileIn(service), 'terminal sync')
    expect(await refused(api.app.unlock({}))).toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('terminal sync') as string,
    })
    terminal.release()
    expect(await api.app.unlock({})).toMatchObject({ locked: null })
  })

  it('restores credentials in memory, which were sealed', async () => {
    const secrets = memoryStore('No keychain in this test.')
    const { api } = await newService({ secrets })
    const credential = 'sk-admin-0123456789abcdef'
    await api.client.add({ name: 'Acme' })
    const { id } = await api.connection.add({ client: 'acme', provider: 'openai', credential })
    await api.app.lock()
    expect(await secrets.get(`connection-${id}`)).toBeNull()
    await api.app.unlock({})
    expect((await api.connection.get({ id })).credential.state).toBe('session')
    expect(await secrets.get(`connection-${id}`)).toContain(credential)
  })
})

describe('the secret of a new key that was not retrieved yet', () => {
  it('is there after unlocking', async () => {
    const it = await world()
    const row = await isRequested(it.service, 'key-rotate', 'prod-web')
    await sent(it.service, row)
    await it.api.app.lock()
    await it.api.app.unlock({})
    expect(await it.api.remediation.takeSecret({ remediationId: row.remediationId })).toMatchObject({
      secret: NEW_SECRET,
    })
  })
})

describe('automatic locking', () => {
  it('happens after the set time without use, and at sleep', async () => {
    const { service, api } = await seeded()
    const { lock } = service.context
    expect((await api.settings.get()).lockAfterMinutes).toBe(15)
    lock.idle(15 * 60 - 1)
    expect(lock.isOn()).toBe(false)
    lock.idle(15 * 60)
    expect(lock.isOn()).toBe(true)
    await api.app.unlock({})
    await api.settings.set({ lockAfterMinutes: 5 })
    lock.idle(300)
    expect(lock.isOn()).toBe(true)
    await api.app.unlock({})
    lock.away()
    expect(lock.isOn()).toBe(true)
    await api.app.unlock({})
  })

  it('never happens where the setting is never; a person can still lock', async () => {
    const { service, api } = await seeded()
    const { lock } = service.context
    await api.settings.set({ lockAfterMinutes: null })
    lock.idle(1_000_000)
    lock.away()
    expect(lock.isOn()).toBe(false)
    await api.app.lock()
    expect(lock.isOn()).toBe(true)
  })

  it('leaves a register whose key is missing unchanged: the recovery code opens it', async () => {
    const { service: first, api } = await seeded()
    const { code } = await api.app.recoveryCode({ confirm: 'SHOW' })
    const profile = profileIn(first)
    await first.close()
    rmSync(join(profile, 'register.key'))
    const service = await newService({ profile })
    service.context.lock.away()
    expect(await service.api.app.lock()).toMatchObject({ locked: 'noKey' })
    expect(await refused(service.api.app.unlock({}))).toMatchObject({ code: 'KEYCHAIN' })
    expect(await service.api.app.info()).toMatchObject({ locked: 'noKey' })
    expect(await service.api.app.unlock({ code })).toMatchObject({ locked: null, place: null })
  })
})
