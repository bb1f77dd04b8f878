import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'

import { newReleaseKeys, publishRelease } from '../../../updates/release.ts'
import { type Feed, startFeed } from '../../../updates/feed.ts'
import { newCastellan } from '../castellan.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

it('a downloaded package is verified without a register, and a changed one or an older version is refused with exit code 4', async () => {
  const keys = newReleaseKeys()
  vi.stubEnv('CASTELLAN_RELEASE_KEY', keys.publicPath)
  const { run } = newCastellan()
  const { path, file } = publishRelease(keys)
  const good = await run('update', 'verify', path)
  expect(good).toMatchObject({ code: 0, err: '' })
  expect(good.out).toMatch(/^✓ verified: Castellan-0\.2\.0.*AppImage is an AppImage of 0\.2\.0 of 2026-12-01/u)
  expect((await run('update', 'verify', path, '--json')).json()).toMatchObject({
    ok: true,
    version: '0.2.0',
    file: { name: file },
  })

  writeFileSync(path, Buffer.alloc(300_000))
  const changed = await run('update', 'verify', path)
  expect(changed.code).toBe(4)
  expect(changed.out).toMatch(/^✗ refused: .* was changed: .*\nDo not install it\. /u)
  expect((await run('update', 'verify', path, '--json')).json()).toMatchObject({
    ok: false,
    says: expect.stringContaining('changed') as string,
  })

  const older = publishRelease(keys, { version: '0.0.9' })
  expect(await run('update', 'verify', older.path)).toMatchObject({ code: 4 })
  expect(await run('update', 'verify', older.path, '--older')).toMatchObject({ code: 0 })

  vi.stubEnv('CASTELLAN_RELEASE_KEY', '')
  const keyless = await run('update', 'verify', path)
  expect(keyless).toMatchObject({ code: 1, out: '' })
  expect(keyless.err).toContain('has no release key')
})

it('a feed is named, shown and removed, and a check without one is refused', async () => {
  const { run } = newCastellan()
  await run('client', 'add', 'Acme Corp')
  expect((await run('update', 'feed', 'https://downloads.example/castellan/')).out).toContain(
    'Feed: https://downloads.example/castellan\nThis build has no release key',
  )
  expect((await run('update', 'feed', '--json')).json()).toMatchObject({
    feed: 'https://downloads.example/castellan',
    found: null,
  })
  expect(await run('update', 'feed', 'x', '--none')).toMatchObject({ code: 2 })
  expect((await run('update', 'feed', '--none')).out).toContain('Feed: none')
  const checked = await run('update', 'check')
  expect(checked.code).toBe(1)
  expect(checked.err).toContain('has no release key')
})

describe('a check of the feed', () => {
  async function serve(folder: string): Promise<Feed> {
    const feed = await startFeed(folder)
    onTestFinished(() => feed.close())
    return feed
  }

  it('needs no register and no profile where the command names the feed, and leaves none behind', async () => {
    const keys = newReleaseKeys()
    vi.stubEnv('CASTELLAN_RELEASE_KEY', keys.publicPath)
    const { run, profile } = newCastellan()
    const { folder } = publishRelease(keys)
    const { url } = await serve(folder)
    const checked = await run('update', 'check', '--feed', url)
    expect(checked).toMatchObject({ code: 0, err: '' })
    expect(checked.out).toContain(`Feed: ${url}\nThe feed has 0.2.0 of 2026-12-01`)
    expect((await run('update', 'check', '--feed', url, '--json')).json()).toMatchObject({
      feed: url,
      found: '0.2.0',
      compared: 'newer',
    })
    expect(existsSync(profile)).toBe(false)
    expect(await run('update', 'check', '--feed', 'ftp://downloads.example')).toMatchObject({ code: 2, out: '' })
  })

  it('asks the feed of the profile where its register cannot be opened, and refuses an earlier release than that feed had', async () => {
    const keys = newReleaseKeys()
    vi.stubEnv('CASTELLAN_RELEASE_KEY', keys.publicPath)
    const { run, profile } = newCastellan()
    const { folder } = publishRelease(keys)
    const { url } = await serve(folder)
    mkdirSync(profile, { recursive: true })
    writeFileSync(join(profile, 'register.db'), 'This is not a register of this version.')
    writeFileSync(join(profile, 'preferences.json'), JSON.stringify({ updateFeed: url }))
    expect((await run('update', 'check')).out).toContain('The feed has 0.2.0')
    expect(readFileSync(join(profile, 'register.db'), 'utf8')).toBe('This is not a register of this version.')

    const earlier = publishRelease(keys, { version: '0.1.5' })
    for (const name of ['castellan-update.json', 'castellan-update.json.sig']) {
      writeFileSync(join(folder, name), readFileSync(join(earlier.folder, name)))
    }
    const refused = await run('update', 'check')
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('it had 0.2.0 of 2026-12-01 before')
  })

  it('without a feed names what is missing and both commands that name one', async () => {
    const keys = newReleaseKeys()
    vi.stubEnv('CASTELLAN_RELEASE_KEY', keys.publicPath)
    const { run, profile } = newCastellan()
    const checked = await run('update', 'check')
    expect(checked).toMatchObject({ code: 1, out: '' })
    expect(checked.err).toContain('No feed is named')
    expect(checked.err).toContain('castellan update check --feed ADDRESS')
    expect(checked.err).toContain('castellan update feed ADDRESS')
    expect(existsSync(profile)).toBe(false)
  })
})
