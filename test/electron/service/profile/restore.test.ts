import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, watch, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { backUpDaily, KEPT_DAYS, listBackups } from '../../../../electron/service/profile/backups.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { profilePaths } from '../../../../electron/service/profile/paths.ts'
import { restore } from '../../../../electron/service/profile/restore.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { RULES } from '../../../rules/system.ts'
import { DAY, NOON, refused } from '../seeded.ts'
import { emptyProfile, newProfile, newService } from '../services.ts'

afterEach(() => vi.restoreAllMocks())

async function withClients(names: readonly string[], at?: string): Promise<string> {
  const profile = at ?? (await emptyProfile())
  const { api, close } = await opened(profile)
  for (const name of names) await api.client.add({ name })
  await close()
  return profile
}

async function opened(profile: string, mode: 'read' | 'write' = 'write') {
  const service = await newService({ profile, mode })
  return { service, api: service.api, close: () => service.close() }
}

const listSlugs = async (profile: string): Promise<readonly string[]> => {
  const { api, close } = await opened(profile, 'read')
  const slugs = (await api.client.list({})).map(({ slug }) => slug)
  await close()
  return slugs
}

const restoring = (profile: string, file: string) =>
  restore({ profile, file, now: Date.now, secrets: memoryStore('No keychain here.') })

describe('a backup', () => {
  it('is encrypted with the key of the register, also when it is made beside a window, and is listed', async () => {
    const profile = await withClients(['One'])
    const window = await opened(profile)
    await window.api.client.add({ name: 'Two' })
    const reader = await opened(profile, 'read')
    const made = await reader.api.backup.make()
    expect(made).toMatchObject({ journalRows: 2, bytes: readFileSync(made.path).length })
    expect(readFileSync(made.path).includes('client.added')).toBe(false)
    expect(readFileSync(made.path).subarray(0, 6).toString()).not.toBe('SQLite')
    expect(await reader.api.backup.list()).toMatchObject([{ path: made.path, kind: 'made' }])
    expect(readdirSync(profilePaths(profile).backups)).toEqual([made.path.split('/').at(-1)])
  })

  it('of each day is made once, and the newest fourteen are kept beside those that people made', async () => {
    const { service, api } = await opened(await emptyProfile())
    await api.client.add({ name: 'One' })
    await api.backup.make()
    const { profile } = service.context.session()
    for (let day = 0; day < KEPT_DAYS + 3; day += 1) {
      expect(await backUpDaily(makeRegister(service.context), profile, NOON + day * DAY)).not.toBeNull()
      expect(await backUpDaily(makeRegister(service.context), profile, NOON + day * DAY)).toBeNull()
    }
    const names = readdirSync(profilePaths(profile).backups).toSorted()
    expect(names.filter((name) => name.startsWith('daily-'))).toHaveLength(KEPT_DAYS)
    expect(names[0]).toBe('daily-2026-04-04.db')
    expect(names.at(-1)).toMatch(/^register-/u)
  })

  it('that cannot be written completely does not count: nothing of it is left, and no older one is removed', async () => {
    const { service, api } = await opened(await emptyProfile())
    await api.client.add({ name: 'One' })
    const { profile } = service.context.session()
    const { backups } = profilePaths(profile)
    mkdirSync(backups)
    const fifteen = Array.from({ length: KEPT_DAYS + 1 }, (_, n) => `daily-2025-01-${String(n + 10)}.db`)
    for (const name of fifteen) writeFileSync(join(backups, name), 'x')
    rmSync(join(backups, fifteen[0] ?? ''))
    // A folder in the way of the name has the same effect as a full disk.
    mkdirSync(join(backups, 'daily-2026-04-01.db'))
    expect(await backUpDaily(makeRegister(service.context), profile, NOON)).toBeNull()
    expect(readdirSync(backups)).toHaveLength(KEPT_DAYS + 1)
  })
})

describe('a backup of a large register', () => {
  it('is made beside the service, which answers and writes meanwhile, and holds the register as of one moment', async () => {
    const { service, api } = await opened(await emptyProfile())
    await api.client.add({ name: 'One' })
    const register = makeRegister(service.context)
    // Eight megabytes that are copied, checked and brought to the disk.
    register.transact((writer) => {
      for (let n = 0; n < 40; n += 1) {
        writer.run('INSERT INTO meta (key, value) VALUES (?, hex(randomblob(100000)))', [`filling ${n}`])
      }
    })
    const order: string[] = []
    const made = api.backup.make().finally(() => order.push('backup'))
    await api.client.list().then(() => order.push('answer'))
    await api.client.add({ name: 'Two' }).then(() => order.push('write'))
    const { path, journalRows, bytes } = await made
    expect(order).toEqual(['answer', 'write', 'backup'])
    expect(bytes).toBeGreaterThan(8_000_000)
    // Read before or after the second client was added, and complete.
    expect([1, 2]).toContain(journalRows)
    expect(await api.backup.preview({ name: basename(path) })).toMatchObject({ journalRows })
  })

  it('is given up when the service closes, and leaves nothing', async () => {
    const { service, api, close } = await opened(await emptyProfile())
    await api.client.add({ name: 'One' })
    const { profile } = service.context.session()
    const made = backUpDaily(makeRegister(service.context), profile, NOON).catch((error: unknown) => error)
    await close()
    const outcome = await made
    const { backups } = profilePaths(profile)
    expect(readdirSync(backups)).toEqual(outcome instanceof Error ? [] : ['daily-2026-04-01.db'])
  })
})

describe('restoring a backup', () => {
  it('replaces the register, keeps the earlier one, and records in the journal what it did', async () => {
    const profile = await withClients(['One'])
    const { api, close } = await opened(profile)
    const { path } = await api.backup.make()
    await api.client.add({ name: 'Two' })
    await close()
    expect(await restoring(profile, path)).toMatchObject({
      path,
      journalRows: 1,
      lostRows: 1,
      replaced: expect.stringContaining('replaced-') as string,
    })
    expect(await listSlugs(profile)).toEqual(['one'])
    const again = await opened(profile)
    expect((await again.api.app.integrity()).problems).toEqual([])
    const actions = makeRegister(again.service.context).reader.column('SELECT action FROM journal ORDER BY seq')
    expect(actions).toEqual(['client.added', 'register.restored'])
    expect((await again.api.app.info()).notices.map(({ kind }) => kind)).not.toContain('register-lost-rows')
    // And back again.
    const [replaced] = listBackups(profile).filter(({ kind }) => kind === 'replaced')
    expect(await again.api.backup.preview({ name: replaced?.name ?? '' })).toMatchObject({ journalRows: 2 })
    expect(await again.api.backup.restore({ name: replaced?.name ?? '' })).toMatchObject({
      journalRows: 2,
      lostRows: 0,
    })
    expect((await again.api.client.list({})).map(({ slug }) => slug)).toEqual(['one', 'two'])
  })

  it.each([
    ['is missing', (register: string) => rmSync(register)],
    ['is empty', (register: string) => truncateSync(register, 0)],
    ['was cut short', (register: string) => truncateSync(register, 8192)],
    ['is damaged', (register: string) => writeFileSync(register, Buffer.alloc(60_000, 7))],
    ['was cut in a page', (register: string) => truncateSync(register, readFileSync(register).length - 1000)],
  ])('opens a profile whose register %s', async (_, damage) => {
    const profile = await withClients(['One', 'Two'])
    const { api, close } = await opened(profile)
    const { path } = await api.backup.make()
    await close()
    damage(profilePaths(profile).register)
    await restoring(profile, path)
    expect(await listSlugs(profile)).toEqual(['one', 'two'])
    expect(readdirSync(profile).filter((name) => name.startsWith('restoring-'))).toEqual([])
  })

  it.runIf(process.platform === 'linux')('has a register in the profile at every moment', async () => {
    const profile = await withClients(['One'])
    const { api, close } = await opened(profile)
    const made = await api.backup.make()
    await close()
    const seen: string[] = []
    const watcher = watch(profile, (event, name) => seen.push(`${event} ${String(name)}`))
    await restoring(profile, made?.path ?? '')
    writeFileSync(join(profile, 'after'), '')
    await expect.poll(() => seen.includes('rename after')).toBe(true)
    watcher.close()
    // A removed file and an added one are an event each: the other register took the name in one step.
    expect(seen.filter((event) => event === 'rename register.db')).toHaveLength(1)
  })

  it('leaves the register unchanged for a backup that is damaged, cut, of another register, or missing', async () => {
    const profile = await withClients(['One'])
    const { api, close } = await opened(profile)
    const { path } = await api.backup.make()
    await api.client.add({ name: 'Two' })
    await close()
    const strange = await withClients(['Strange'], join(newProfile(), 'with-a-key-of-its-own'))
    const before = readFileSync(profilePaths(profile).register)
    const bad = join(newProfile(), 'bad.db')
    const flipped = Buffer.from(readFileSync(path)).fill(9, 50_000, 50_100)
    for (const spoil of [
      () => undefined,
      () => copyFileSync(join(strange, 'register.db'), bad),
      () => writeFileSync(bad, readFileSync(path).subarray(0, 20_000)),
      () => writeFileSync(bad, flipped),
      () => writeFileSync(bad, ''),
    ]) {
      spoil()
      await expect(restoring(profile, bad)).rejects.toMatchObject({ name: 'RegisterRefused' })
    }
    expect(readFileSync(profilePaths(profile).register).equals(before)).toBe(true)
    expect(await listSlugs(profile)).toEqual(['one', 'two'])
    expect(readdirSync(profile).filter((name) => name.startsWith('restoring-'))).toEqual([])
  })

  it('replaces a register that another Castellan reads, or is refused where the system holds such files', async () => {
    const profile = await withClients(['One'])
    const { api, close } = await opened(profile)
    const { path } = await api.backup.make()
    await api.client.add({ name: 'Two' })
    await close()
    const reader = await opened(profile, 'read')
    const outcome = await restoring(profile, path).catch((error: unknown) => error)
    await reader.close()
    const isHeld = process.env[RULES] === 'windows' || process.platform === 'win32'
    const refused: unknown = expect.stringMatching(/register\.db cannot be replaced \(E[A-Z]+\)/u)
    expect(outcome).toMatchObject(isHeld ? { name: 'RegisterRefused', message: refused } : { journalRows: 1 })
    expect(await listSlugs(profile)).toEqual(isHeld ? ['one', 'two'] : ['one'])
    const { register, backups } = profilePaths(profile)
    expect(readdirSync(backups).filter((name) => /^replaced-.*\.db$/u.test(name))).toHaveLength(isHeld ? 0 : 1)
    expect(readdirSync(dirname(register)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('is refused beside a window, and for a name that is not of a backup', async () => {
    const profile = await withClients(['One'])
    const window = await opened(profile)
    const { path } = await window.api.backup.make()
    await expect(restoring(profile, path)).rejects.toMatchObject({ name: 'WriterLockHeld' })
    for (const name of ['../register.db', '/etc/passwd', 'nothing.db', '.']) {
      expect((await refused(window.api.backup.restore({ name }))).code).toMatch(/^(?:INVALID|NOT_FOUND)$/u)
    }
    expect((await window.api.client.list({})).map(({ slug }) => slug)).toEqual(['one'])
  })
})
