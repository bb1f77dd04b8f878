import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { newProfile, newService } from '../electron/service/services.ts'

const sqlite3 = spawnSync('sqlite3', ['-version']).status === 0

describe('the register file', () => {
  it.skipIf(!sqlite3)('cannot be read by sqlite3, neither while it is open nor afterwards', async () => {
    const profile = newProfile()
    const service = await newService({ profile })
    await service.api.client.add({ name: 'Unmistakable Client Name' })
    const read = () =>
      spawnSync('sqlite3', [join(profile, 'register.db'), 'SELECT name FROM client'], { encoding: 'utf8' })
    const whileOpen = read()
    await service.close()
    for (const attempt of [whileOpen, read()]) {
      expect(attempt.status).not.toBe(0)
      expect(attempt.stderr).toContain('file is not a database')
      expect(attempt.stdout).toBe('')
    }
  })

  it('shows nothing of what it holds in any file of the profile, its log of changes included', async () => {
    const profile = newProfile()
    mkdirSync(profile, { recursive: true })
    const service = await newService({ profile })
    await service.api.client.add({ name: 'Unmistakable Client Name', notes: 'Unmistakable notes' })
    const files = readdirSync(profile, { recursive: true, encoding: 'utf8' })
    expect(files).toContain('register.db-wal')
    for (const file of files) {
      // The process of this test holds the lock; to open its file would drop it.
      if (file === 'writer.lock') continue
      const bytes = readFileSync(join(profile, file))
      for (const text of ['Unmistakable', 'CREATE TABLE', 'SQLite format 3'])
        expect(bytes.includes(text), `${text} in ${file}`).toBe(false)
    }
    expect((await service.api.app.integrity()).ok).toBe(true)
  })
})
