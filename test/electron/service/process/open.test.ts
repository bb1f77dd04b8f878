import { readdirSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { hostService } from '../../../../electron/service/process/hosted.ts'
import { openHosted } from '../../../../electron/service/process/open-hosted.ts'
import { openService } from '../../../../electron/service/process/open.ts'
import { profilePaths, getSampleProfile } from '../../../../electron/service/profile/paths.ts'
import { takeWriterLock } from '../../../../electron/service/profile/writer-lock.ts'
import type { ToService } from '../../../../shared/contract/control.ts'
import { key } from '../../register/registers.ts'
import { followed } from '../fakes.ts'
import { placeSample } from '../../../sample-profile.ts'
import { DAY, keyId, NOON, refused, seeded } from '../seeded.ts'
import { emptyProfile, newProfile, newService, recordingHost } from '../services.ts'

afterEach(() => vi.useRealTimers())

describe('a service that writes', () => {
  it('is the only one of its profile, and names itself to the next', async () => {
    const profile = await emptyProfile()
    const held: string[] = []
    const host = (name: string) => ({ ...recordingHost('chromium'), held: () => void held.push(name) })
    await newService({ profile, host: host('first') })
    await expect(newService({ profile, host: host('second') })).rejects.toMatchObject({
      code: 'READ_ONLY',
      about: 'window',
    })
    // A browser is started on the profile's folder for the first alone.
    expect(held).toEqual(['first'])
  })

  it('lets the next in once it is closed, and may be closed twice', async () => {
    const profile = await emptyProfile()
    const first = await newService({ profile })
    await Promise.all([first.close(), first.close()])
    await expect(newService({ profile })).resolves.toBeDefined()
  })

  it('releases the lock when the register does not open', async () => {
    const profile = await emptyProfile()
    const first = await newService({ profile })
    await first.api.client.add({ name: 'Acme' })
    const { register } = first.context.session()
    register?.transact((writer) => writer.run("UPDATE migration SET hash = 'other'"))
    await first.close()
    await expect(newService({ profile })).rejects.toThrow('history differs')
    takeWriterLock(profile, 'test').release()
  })
})

describe('a service that may create a register', () => {
  it('refuses to where the key of another is left, and reports it to the shell', async () => {
    const profile = newProfile()
    const first = await newService({ profile, host: recordingHost('chromium') })
    await first.api.client.add({ name: 'Acme' })
    await first.close()
    rmSync(profilePaths(profile).register)
    const before = readdirSync(profile)
    const sent: unknown[] = []
    const { promise: answered, resolve } = Promise.withResolvers<void>()
    let receive: (message: ToService) => void = () => undefined
    hostService(
      {
        send: (message) => {
          sent.push(message)
          resolve()
        },
        onMessage: (listener) => {
          receive = (message) => listener(message, [])
        },
        exit: () => undefined,
      },
      openHosted,
    )
    receive({ type: 'open', profile, shell: 'chromium' })
    await answered
    expect(sent).toEqual([
      {
        type: 'failed',
        message: expect.stringMatching(/^The register .+ is missing, but .+ exists: the register was moved/u) as string,
        hint: expect.stringContaining('Restore') as string,
      },
    ])
    expect(readdirSync(profile)).toEqual(before)
  })
})

describe('a service that reads', () => {
  it('works beside one that writes, and sees what it wrote', async () => {
    const profile = newProfile()
    const { api } = await seeded({ profile })
    const reading = await newService({ profile, mode: 'read', now: () => NOON })
    expect((await reading.api.client.list({})).map(({ slug }) => slug)).toEqual(['acme', 'borealis'])
    expect((await reading.api.keys.list({})).total).toBe(3)
    await api.client.archive({ slug: 'borealis' })
    expect((await reading.api.keys.list({})).total).toBe(2)
    const info = await reading.api.app.info()
    expect(info.notices.map(({ kind }) => kind)).toContain('read-only')
  })

  it('refuses a profile without a register, and creates nothing', async () => {
    const profile = newProfile()
    await expect(newService({ profile, mode: 'read' })).rejects.toThrow(`No register at ${profile}`)
    expect(readdirSync(profile)).toEqual([])
  })

  it('refuses everything that would change the register, its secrets or its preferences', async () => {
    const profile = newProfile()
    const { api, connections } = await seeded({ profile })
    const { id: rotationId } = await api.rotation
      .mark({ keyId: await keyId(api, 'prod-web-api') })
      .then(({ rotationId }) => ({ id: rotationId }))
    const before = await api.keys.list({})
    const reading = (await newService({ profile, mode: 'read', now: () => NOON })).api
    const id = connections.acme
    const credential = 'sk-admin-0123456789abcdef'
    const keyOf = await keyId(api, 'dev-web-api')
    const attempts: Readonly<Record<string, () => Promise<unknown>>> = {
      'client.add': () => reading.client.add({ name: 'Other' }),
      'client.update': () => reading.client.update({ slug: 'acme', name: 'Other' }),
      'client.archive': () => reading.client.archive({ slug: 'acme' }),
      'connection.add': () => reading.connection.add({ client: 'acme', provider: 'openai', credential }),
      'connection.update': () => reading.connection.update({ id, label: 'Other' }),
      'connection.setCredential': () => reading.connection.setCredential({ id, credential }),
      'connection.removeCredential': () => reading.connection.removeCredential({ id }),
      'connection.remove': () => reading.connection.remove({ id }),
      'sync.start': () => reading.sync.start({ connections: [id], credential }),
      'people.setReviewed': () => reading.people.setReviewed({ principalId: 1, on: '2026-03-01' }),
      'rotation.mark': () => reading.rotation.mark({ keyId: keyOf }),
      'rotation.undo': () => reading.rotation.undo({ rotationId }),
      'rotation.set': () => reading.rotation.set({ keyId: keyOf, contact: 'Mara' }),
      'rotation.snooze': () => reading.rotation.snooze({ keyId: keyOf, until: '2026-05-01' }),
      'today.dismiss': () => reading.today.dismiss({ entry: 'keys-overdue-other', reason: 'Agreed' }),
      'policy.set': () => reading.policy.set({ values: { adminKeyDays: 1 } }),
      'settings.set': () => reading.settings.set({ operator: 'Other' }),
      'app.openSample': () => reading.app.openSample(),
      'app.recoveryCode': () => reading.app.recoveryCode({ confirm: 'SHOW' }),
      'app.lock': () => reading.app.lock(),
      'app.unlock': () => reading.app.unlock({ code: 'x' }),
    }
    for (const [name, attempt] of Object.entries(attempts)) {
      expect([name, (await refused(attempt())).code]).toEqual([name, 'READ_ONLY'])
    }
    expect(await api.keys.list({})).toEqual(before)
  })
})

describe('the background work of a service', () => {
  it('checks reminders when the window has had time to open, then every hour, and stops when it is closed', async () => {
    const profile = newProfile()
    const first = await seeded({ profile })
    await first.service.close()
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
    const host = recordingHost('chromium')
    const clock = { now: NOON }
    const service = await newService({ profile, host, now: () => clock.now })
    expect(host.notifications).toEqual([])
    vi.advanceTimersByTime(2000)
    expect(host.notifications).toHaveLength(2)
    clock.now += 3 * DAY
    vi.advanceTimersByTime(3_600_000)
    expect(host.notifications).toHaveLength(3)
    await service.close()
    clock.now += 30 * DAY
    vi.advanceTimersByTime(10 * 3_600_000)
    expect(host.notifications).toHaveLength(3)
  })

  it('evaluates what a new day makes stale, one connection at a time', async () => {
    const profile = newProfile()
    const first = await seeded({ profile })
    await first.service.close()
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
    const service = await newService({ profile, host: recordingHost('chromium'), now: () => NOON + DAY })
    const reported: string[] = []
    service.context.events.listen((event) => {
      if (event.type === 'changed') reported.push(...event.areas)
    })
    const isCurrent = async () => (await service.api.findings.freshness({})).isCurrent
    vi.advanceTimersByTime(2000)
    expect(await isCurrent()).toBe(false)
    vi.advanceTimersToNextTimer()
    expect(await isCurrent()).toBe(false)
    vi.advanceTimersByTime(100)
    expect(await isCurrent()).toBe(true)
    expect(reported.filter((area) => area === 'findings')).toEqual(['findings'])
  })

  it('does not touch a profile that was closed before its first check', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
    const service = await newService({ host: recordingHost('electron') })
    await service.close()
    expect(() => vi.advanceTimersByTime(7_200_000)).not.toThrow()
  })

  it('reports the number of due and overdue keys now and whenever it may have changed', async () => {
    const { service, api, read, connections } = await seeded()
    const reported: number[] = []
    const stop = service.onDue((count) => reported.push(count))
    expect(reported).toEqual([2])
    await api.rotation.mark({ keyId: await keyId(api, 'prod-search-index') })
    expect(reported.at(-1)).toBe(1)
    await api.client.archive({ slug: 'acme' })
    expect(reported.at(-1)).toBe(0)
    await api.client.restore({ slug: 'acme' })
    expect(reported.at(-1)).toBe(1)
    await api.policy.set({ values: { leadDays: [1] } })
    expect(reported.at(-1)).toBe(0)
    await api.policy.set({ values: null })
    expect(reported.at(-1)).toBe(1)
    await api.connection.remove({ id: connections.acme })
    expect(reported.at(-1)).toBe(0)
    stop()
    read(connections.borealis, [{ source: 'project-keys', project: 'proj_b', facts: [key('k', { createdAt: 0 })] }])
    const before = reported.length
    await api.client.update({ slug: 'acme', notes: 'x' })
    expect(reported).toHaveLength(before)
  })

  it('reports the preferences of the desktop now and when one of them changes, and keeps them over a visit to the sample', async () => {
    const { service, api } = await seeded()
    const given: unknown[] = []
    const stop = service.onPreferences((preferences) => given.push(preferences))
    await api.settings.set({ operator: 'Mara' })
    await api.settings.set({ colourScheme: 'dark' })
    await api.settings.set({ keepRunning: true })
    await api.settings.set({ startAtLogin: true })
    await placeSample(service)
    await api.app.openSample()
    await api.app.leaveSample()
    stop()
    await api.settings.set({ startAtLogin: false })
    const off = { keepRunning: false, startAtLogin: false }
    const on = { keepRunning: true, startAtLogin: true }
    expect(given).toEqual([
      { colourScheme: 'auto', ...off },
      { colourScheme: 'dark', ...off },
      { colourScheme: 'dark', ...off, keepRunning: true },
      { colourScheme: 'dark', ...on },
      // The sample has a colour scheme of its own.
      { colourScheme: 'auto', ...on },
      { colourScheme: 'dark', ...on },
    ])
  })

  it('checks on request what came up while the machine slept, and nothing while it is locked', async () => {
    const profile = newProfile()
    const first = await seeded({ profile })
    await first.service.close()
    const clock = { now: NOON }
    const host = recordingHost('electron')
    const service = await newService({ profile, host, now: () => clock.now })
    service.checkNow()
    const before = host.notifications.length
    const due: number[] = []
    service.onDue((count) => due.push(count))
    clock.now += 30 * DAY
    await service.api.app.lock()
    service.checkNow()
    expect(host.notifications).toHaveLength(before)
    await service.api.app.unlock({})
    service.checkNow()
    expect(host.notifications.length).toBeGreaterThan(before)
    // Nothing new came up since, and what is due is counted again.
    const counted = due.length
    service.checkNow()
    expect(due.length).toBe(counted + 1)
  })

  it('notifies its windows which areas changed, and where to navigate', async () => {
    const { service, api } = await seeded()
    const stop = new AbortController()
    const seen: unknown[] = []
    const following = (async () => {
      for await (const event of await api.app.events(undefined, { signal: stop.signal })) seen.push(event)
    })().catch(() => undefined)
    await sleep(20)
    await api.settings.set({ operator: 'Mara' })
    service.navigate('/keys?key=1')
    await sleep(20)
    stop.abort()
    await following
    expect(seen).toEqual([
      { type: 'changed', areas: ['settings'] },
      { type: 'navigate', to: '/keys?key=1' },
    ])
  })
})

describe('going to another profile', () => {
  it('stays where it is when the other one is in use', async () => {
    const { service, api } = await seeded()
    const { profile } = service.context.session()
    await seeded({ profile: getSampleProfile(profile) })
    expect(await refused(api.app.openSample())).toMatchObject({ code: 'READ_ONLY' })
    expect(await api.app.info()).toMatchObject({ profile, sample: false, locked: null })
    await api.client.add({ name: 'Still here' })
    expect(makeRegister(service.context).check()).toEqual([])
  })

  it('keeps what only memory held, for the return', async () => {
    // A bus that does not exist: no keychain, whatever the machine has.
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', `unix:path=${newProfile()}/none`)
    const service = await openService({ profile: newProfile(), mode: 'write', host: recordingHost(), now: () => NOON })
    try {
      const { api } = service
      await api.client.add({ name: 'acme' })
      const credential = 'sk-admin-0123456789abcdef'
      const { id } = await api.connection.add({ client: 'acme', provider: 'openai', credential })
      expect(await api.app.info()).toMatchObject({ keychain: { available: false } })
      await placeSample(service)
      await api.app.openSample()
      await api.app.leaveSample()
      expect((await api.connection.get({ id })).credential.state).toBe('session')
    } finally {
      await service.close()
      vi.unstubAllEnvs()
    }
  })

  it('forgets the syncs of the previous one', async () => {
    const { service, api, connections } = await seeded()
    await placeSample(service)
    await api.sync.start({ connections: [connections.acme], credential: 'sk-admin-0123456789abcdef' })
    await api.app.openSample()
    const [now] = await followed(api)
    expect(now).toEqual([])
  })
})
