import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { openService, type Service } from '../../../../electron/service/process/open.ts'
import type { InstallAnswer } from '../../../../shared/contract/control.ts'
import { startFeed, type Feed, type FeedFault } from '../../../updates/feed.ts'
import { newReleaseKeys, publishRelease, type Release } from '../../../updates/release.ts'
import { emptyProfile, recordingHost } from '../services.ts'

const keys = newReleaseKeys()

/** One feed and one service for all tests of this file: each test has a folder of its own on the feed. */
let root: string
let feed: Feed
let service: Service

beforeAll(async () => {
  vi.stubEnv('CASTELLAN_RELEASE_KEY', keys.publicPath)
  root = mkdtempSync(join(tmpdir(), 'castellan-feed-'))
  feed = await startFeed(root)
  const secrets = memoryStore('No keychain in this test.')
  service = await openService({ profile: await emptyProfile(), mode: 'write', host: recordingHost(), secrets })
})

afterAll(async () => {
  await service.close()
  await feed.close()
  vi.unstubAllEnvs()
})

interface Opened {
  readonly api: Service['api']
  readonly url: string
  readonly release: Release
  /** What was asked of this test's folder. */
  readonly requests: () => Promise<readonly string[]>
  readonly spoil: (fault: FeedFault | null) => Promise<void>
  /** What was downloaded. */
  readonly files: () => readonly string[]
  readonly download: () => Promise<readonly number[]>
}

function publish(parts: Parameters<typeof publishRelease>[1] = {}, by = keys): Release {
  return publishRelease(by, { under: root, ...parts })
}

/** Names the folder of a release as the feed. */
async function openOn(release = publish()): Promise<Opened> {
  const { api } = service
  const name = basename(release.folder)
  const url = `${feed.url}/${name}`
  await feed.spoil(null)
  await api.updates.setFeed({ feed: `${url}/` })
  await api.updates.discard()
  const folder = join(service.context.session().profile, 'updates/download')
  return {
    api,
    url,
    release,
    requests: async () =>
      (await feed.requests()).filter((each) => each.startsWith(`${name}/`)).map((each) => each.slice(name.length + 1)),
    spoil: (fault) => feed.spoil(fault && { ...fault, name: `${name}/${fault.name}` }),
    files: () => readdirSync(folder),
    download: async () => {
      const seen: number[] = []
      for await (const { bytes } of await api.updates.download()) seen.push(bytes)
      return seen
    },
  }
}

const DESCRIPTION = ['castellan-update.json', 'castellan-update.json.sig']

describe('an update from a feed', () => {
  it('is found, downloaded and verified, each by one request of a person, and nothing is asked before', async () => {
    const { api, url, requests, release, files, download } = await openOn()
    const { file, bytes } = release
    expect(await api.updates.status()).toMatchObject({ feed: url, update: null })
    await api.app.info()
    expect(await requests()).toEqual([])

    const { update } = await api.updates.check()
    expect(update).toMatchObject({
      version: '0.2.0',
      day: '2026-12-01',
      compared: 'newer',
      path: null,
      partialBytes: 0,
    })
    expect(update?.file).toMatchObject({ name: file, bytes: bytes.length })
    expect(await requests()).toEqual(DESCRIPTION)

    const seen = await download()
    expect(seen.at(-1)).toBe(bytes.length)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(await requests()).toEqual([...DESCRIPTION, file])
    expect(files()).toEqual([file])
    const verified = (await api.updates.status()).update
    expect(verified).toMatchObject({
      installs: false,
      steps: [{}, { command: expect.stringContaining('chmod') as string }],
    })
    expect(readFileSync(verified?.path ?? '')).toEqual(bytes)

    // It is here already, so nothing is asked again; after it was changed on the disk, it is.
    await download()
    expect(await requests()).toHaveLength(3)
    appendFileSync(verified?.path ?? '', 'x')
    await download()
    expect(await requests()).toHaveLength(4)
    expect(readFileSync(verified?.path ?? '')).toEqual(bytes)

    expect((await api.updates.discard()).update).toMatchObject({ path: null })
    expect(() => files()).toThrow('ENOENT')
  })

  it('continues where the connection was cut, and where a person cancelled', async () => {
    const { api, requests, spoil, release, files, download } = await openOn()
    const { file, bytes } = release
    await api.updates.check()
    const here = async (): Promise<number> => (await api.updates.status()).update?.partialBytes ?? 0
    // The feed sends no more than this, and the connection stays open until the reader cancels.
    await spoil({ name: file, cutAfter: 100_000, holds: true })
    for await (const progress of await api.updates.download()) if (progress.bytes > 0) break
    const cancelledAt = await here()
    expect(cancelledAt).toBeGreaterThan(0)
    expect(files()).toEqual([expect.stringMatching(/^[0-9a-f]{32}\.part$/u)])
    expect((await api.updates.status()).update).toMatchObject({ path: null, steps: [] })

    await spoil({ name: file, cutAfter: 100_000 })
    const cut: unknown = await download().catch((error: unknown) => error)
    const cutAt = await here()
    expect(cut).toMatchObject({
      code: 'CONFLICT',
      message: `The download of ${file} was interrupted at ${cutAt} bytes of 300000.`,
      data: { hint: 'Download again: it continues there.' },
    })
    expect(cutAt).toBeGreaterThanOrEqual(cancelledAt)

    await spoil(null)
    await download()
    expect((await requests()).slice(2)).toEqual([file, `${file} bytes=${cancelledAt}-`, `${file} bytes=${cutAt}-`])
    expect(files()).toEqual([file])
    expect(readFileSync((await api.updates.status()).update?.path ?? '')).toEqual(bytes)
  })

  it('begins again where the feed has no ranges, and drops a beginning that the file of the feed does not have', async () => {
    const { api, spoil, release, files, download } = await openOn()
    await api.updates.check()
    await spoil({ name: release.file, cutAfter: 100_000 })
    await expect(download()).rejects.toThrow('interrupted')
    await spoil({ name: release.file, ignoresRange: true })
    expect((await download()).at(-1)).toBe(release.bytes.length)
    expect(files()).toEqual([release.file])

    await api.updates.discard()
    await spoil({ name: release.file, cutAfter: 100_000 })
    await expect(download()).rejects.toThrow('interrupted')
    await spoil(null)
    truncateSync(release.path, 50_000)
    await expect(download()).rejects.toThrow('sends 50000 bytes, not')
    expect(files()).toEqual([])
  })

  it.each<[string, (release: Release) => void, RegExp, readonly string[]]>([
    [
      'a changed package of the same size',
      ({ path, bytes }) => writeFileSync(path, Buffer.from(bytes).fill(0, 9, 10).fill(1, 10, 11)),
      /was changed: its SHA-512 is not the one of its signed description/u,
      [],
    ],
    [
      'a truncated package',
      ({ path }) => truncateSync(path, 1000),
      /sends 1000 bytes, not the 300000 bytes of .* that the signed description has/u,
      [],
    ],
    ['a package with more bytes', ({ path }) => appendFileSync(path, 'x'), /sends 300001 bytes, not/u, []],
  ])('is refused for %s, and no file is left', async (_what, damage, words, left) => {
    const { api, release, files, download } = await openOn()
    await api.updates.check()
    damage(release)
    await expect(download()).rejects.toThrow(words)
    expect(files()).toEqual(left)
    expect((await api.updates.status()).update).toMatchObject({ path: null, installs: false })
    await expect(api.updates.install()).rejects.toThrow('There is no verified update')
  })

  it.each<[string, () => Release, RegExp]>([
    [
      'signed by another key',
      () => publish({}, newReleaseKeys()),
      /not of this program’s release key .*: the description was changed, or another key signed it/u,
    ],
    [
      'whose description was changed',
      () => {
        const release = publish()
        const path = join(release.folder, 'castellan-update.json')
        writeFileSync(path, readFileSync(path, 'utf8').replace('0.2.0', '0.3.0'))
        return release
      },
      /the description was changed/u,
    ],
    [
      'without a readable signature',
      () => {
        const release = publish()
        writeFileSync(join(release.folder, 'castellan-update.json.sig'), 'AAAA')
        return release
      },
      /does not contain a signature of 64 bytes/u,
    ],
    ['older than this version', () => publish({ version: '0.0.9' }), /is older than 0\.1\.0/u],
    [
      'whose package has another version in its name',
      () => publish({ named: '0.1.5' }),
      /Castellan-0\.1\.5.*differs from the version 0\.2\.0/u,
    ],
    ['with a field that is not known', () => publish({ more: { script: 'x' } }), /cannot read it/u],
    [
      'whose description is too large',
      () => publish({ more: { script: 'x'.repeat(70_000) } }),
      /is larger than 65536 bytes/u,
    ],
  ])('%s is refused, with what is wrong and what to do, before anything is downloaded', async (_what, make, words) => {
    const { api, requests, download } = await openOn(make())
    await expect(api.updates.check()).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringMatching(words) as string,
      data: { hint: expect.stringMatching(/\.$/u) as string },
    })
    expect((await api.updates.status()).update).toBeNull()
    await expect(download()).rejects.toThrow('There is no update to download.')
    expect(new Set(await requests()).difference(new Set(DESCRIPTION))).toEqual(new Set())
  })

  it('is not offered where it is the version that runs, where the feed redirects or does not answer, and without a feed', async () => {
    const { api, url, spoil, download } = await openOn(publish({ version: '0.1.0' }))
    expect((await api.updates.check()).update).toMatchObject({ compared: 'same', installs: false })
    await expect(download()).rejects.toThrow('There is no update to download.')
    await spoil({ name: 'castellan-update.json', status: 302 })
    await expect(api.updates.check()).rejects.toMatchObject({
      message: `The feed ${url} answered 302 for castellan-update.json.`,
      data: { hint: 'Redirects are not followed. Name the address that holds the files themselves.' },
    })
    await api.updates.setFeed({ feed: 'http://127.0.0.1:9' })
    await expect(api.updates.check()).rejects.toThrow(/^The feed http:\/\/127\.0\.0\.1:9 does not answer: /u)
    await api.updates.setFeed({ feed: null })
    await expect(api.updates.check()).rejects.toThrow('No feed is named')
    await expect(api.updates.setFeed({ feed: 'http://downloads.example' })).rejects.toMatchObject({ code: 'INVALID' })
  })

  it('is refused where the same feed had a newer one before, also after the feed was named again', async () => {
    const { api, release, url } = await openOn(publish({ version: '0.3.0' }))
    expect((await api.updates.check()).update).toMatchObject({ version: '0.3.0' })
    const older = publish({ version: '0.2.0' })
    cpSync(older.folder, release.folder, { recursive: true })
    await expect(api.updates.check()).rejects.toMatchObject({
      code: 'INVALID',
      message: 'The feed has 0.2.0 of 2026-12-01, and it had 0.3.0 of 2026-12-01 before.',
    })
    expect((await api.updates.status()).update).toBeNull()
    await api.updates.setFeed({ feed: 'https://downloads.example' })
    await api.updates.setFeed({ feed: url })
    await expect(api.updates.check()).rejects.toThrow('it had 0.3.0')
    // Also after another feed was asked.
    const beside = await openOn(publish({ version: '0.3.0' }))
    await api.updates.setFeed({ feed: beside.url })
    expect((await api.updates.check()).update).toMatchObject({ version: '0.3.0' })
    await api.updates.setFeed({ feed: url })
    await expect(api.updates.check()).rejects.toThrow('it had 0.3.0')
    const another = await openOn(publish({ version: '0.2.0' }))
    expect((await another.api.updates.check()).update).toMatchObject({ version: '0.2.0' })
  })

  it('is not offered by a build without a release key', async () => {
    const { api, requests } = await openOn()
    vi.stubEnv('CASTELLAN_RELEASE_KEY', '')
    expect(await api.updates.status()).toMatchObject({ keyFingerprint: null })
    await expect(api.updates.check()).rejects.toThrow('has no release key')
    vi.stubEnv('CASTELLAN_RELEASE_KEY', keys.publicPath)
    expect(await requests()).toEqual([])
  })
})

describe('an update file', () => {
  it('is verified without a network, and refused where one of the three files is not what was signed', async () => {
    const { api } = service
    const good = publish()
    const { update } = await api.updates.verify({ path: good.path })
    expect(update).toMatchObject({ source: 'file', version: '0.2.0', compared: 'newer', path: good.path })
    expect(
      await api.updates
        .download()
        .then(async (each) => each.next())
        .catch(String),
    ).toContain('no update to download')

    const refused: readonly (readonly [Release, RegExp])[] = [
      [publish({}, newReleaseKeys()), /another key signed it/u],
      [publish({ version: '0.0.9' }), /is older than 0\.1\.0/u],
      [changed(publish(), ({ path }) => writeFileSync(path, Buffer.alloc(300_000))), /was changed/u],
      [changed(publish(), ({ path }) => truncateSync(path, 10)), /is truncated: it has 10 bytes/u],
    ]
    for (const [release, words] of refused) {
      await expect(api.updates.verify({ path: release.path })).rejects.toThrow(words)
    }
    const other = join(good.folder, 'other.AppImage')
    writeFileSync(other, good.bytes)
    await expect(api.updates.verify({ path: other })).rejects.toThrow(/is not a package of the release/u)
    mkdirSync(join(good.folder, 'alone'))
    const alone = join(good.folder, 'alone', good.file)
    writeFileSync(alone, good.bytes)
    await expect(api.updates.verify({ path: alone })).rejects.toThrow(/castellan-update\.json does not exist/u)
  })

  it('of an older version is the way back that a person asks for', async () => {
    const { api } = service
    const { path } = publish({ version: '0.0.9' })
    expect((await api.updates.verify({ path, older: true })).update).toMatchObject({ compared: 'older', path })
  })
})

describe('the installation of a verified package', () => {
  it('is handed to the shell once a person asks for it, after another verification, and its end is shown at the next start', async () => {
    const asked: unknown[] = []
    let answer: InstallAnswer = { outcome: 'failed', reason: 'the disk is full.' }
    const host = {
      ...recordingHost('electron'),
      installUpdate: async (question: unknown) => {
        asked.push(question)
        return answer
      },
    }
    const arch = process.arch === 'arm64' ? 'arm64' : 'x64'
    const installation = { platform: process.platform, arch, kind: 'appimage' } as const
    const secrets = memoryStore('No keychain in this test.')
    const own = await openService({ profile: await emptyProfile(), mode: 'write', host, secrets, installation })
    const { updates } = own.api
    try {
      const { path, file, bytes } = publish()
      expect(await updates.verify({ path })).toMatchObject({ installedAs: 'appimage', update: { installs: true } })
      expect(asked).toEqual([])
      await expect(updates.install()).rejects.toThrow('The update was not installed: the disk is full.')
      expect(await updates.status()).toMatchObject({ last: null, update: { installs: true } })

      answer = { outcome: 'installing', kept: null }
      expect(await updates.install()).toEqual({ started: true })
      expect(asked.at(-1)).toMatchObject({ path, from: '0.1.0', version: '0.2.0', file: { name: file } })
      // The version that runs is still the one before.
      expect((await updates.status()).last).toMatchObject({ from: '0.1.0', to: '0.2.0', done: false })

      writeFileSync(path, Buffer.from(bytes).fill(0, 0, 100))
      await expect(updates.install()).rejects.toThrow('was changed')
      expect(asked).toHaveLength(2)
    } finally {
      await own.close()
    }
  })
})

function changed(release: Release, change: (release: Release) => void): Release {
  change(release)
  return release
}
