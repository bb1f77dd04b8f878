import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { newHome } from '../stand-in/application.ts'
import { opened, say } from './desktop-parts.ts'

it('the built application closes its register, is replaced by a verified AppImage and starts it', async () => {
  const home = newHome()
  const [running, path, mark] = ['Castellan.AppImage', 'Castellan-0.2.0.AppImage', 'started'].map((name) =>
    join(home, name),
  ) as [string, string, string]
  const folder = join(home, 'updates')
  mkdirSync(folder)
  writeFileSync(running, '#!/bin/sh\n', { mode: 0o755 })
  const text = `#!/bin/sh\nmv "$0.new" "${mark}"\n`
  writeFileSync(path, text)
  writeFileSync(`${running}.new`, 'x')
  const { application } = await opened({ home, env: { APPIMAGE: running } })
  const sha512 = createHash('sha512').update(text).digest('hex')
  const file = { name: 'Castellan-0.2.0.AppImage', kind: 'appimage', arch: 'x64', bytes: text.length, sha512 } as const
  const question = { path, folder, from: '0.1.0', version: '0.2.0', file }
  await say(application, { type: 'ask-install', ask: 1, question })
  expect(await application.ended).toBe(0)
  expect(readFileSync(running, 'utf8')).toBe(text)
  await expect.poll(() => existsSync(mark)).toBe(true)
  expect(readFileSync(join(folder, 'before/Castellan.AppImage'), 'utf8')).toBe('#!/bin/sh\n')
})
