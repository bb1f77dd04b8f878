import { writeFileSync } from 'node:fs'

import { afterEach, expect, it, vi } from 'vitest'

import { newReleaseKeys, publishRelease } from '../../../updates/release.ts'
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
