import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { takeWriterLock } from '../../../../electron/service/profile/writer-lock.ts'
import { newCastellan, type Castellan } from '../castellan.ts'

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'castellan-backup-'))

async function withClients(...names: readonly string[]): Promise<Castellan> {
  const castellan = newCastellan()
  for (const name of names) await castellan.run('client', 'add', name)
  return castellan
}

const slugs = async ({ run }: Castellan): Promise<unknown> =>
  (await run('client', 'list', '--json')).json().map((row) => row['slug'])

describe('castellan backup', () => {
  it('copies the register while a window is open, lists the copies, and overwrites no file', async () => {
    const castellan = await withClients('One', 'Two')
    const lock = takeWriterLock(castellan.profile, 'window')
    try {
      const path = join(newFolder(), 'castellan.db')
      const made = await castellan.run('backup', '--out', path)
      expect(made).toMatchObject({ code: 0, err: '' })
      expect(made.out).toMatch(/castellan\.db \(\d+ bytes, 2 rows of the audit log\), and read it again\.\n$/u)
      expect(await castellan.run('backup', '--out', path)).toMatchObject({
        code: 1,
        err: expect.stringContaining('exists already') as string,
      })
      expect((await castellan.run('backup', '--daily', '--json')).json<object>()).toMatchObject({ journalRows: 2 })
      expect((await castellan.run('backup', '--daily')).out).toBe('There is already a backup of today.\n')
      expect((await castellan.run('backup', 'list', '--json')).json()).toMatchObject([{ kind: 'daily' }])
    } finally {
      lock.release()
    }
  })
})

describe('castellan restore', () => {
  it('shows what it would do, does it with --yes, and keeps the previous register', async () => {
    const castellan = await withClients('One')
    await castellan.run('backup')
    await castellan.run('client', 'add', 'Two')
    const asked = await castellan.run('restore')
    expect(asked).toMatchObject({ code: 0, err: '' })
    expect(asked.out).toContain('1 later decision of the present register is not in it.')
    expect(asked.out).toContain('To restore it, add --yes.')
    expect(await slugs(castellan)).toEqual(['one', 'two'])
    const done = await castellan.run('restore', '--yes', '--json')
    expect(done.json<object>()).toMatchObject({ journalRows: 1, lostRows: 1, replaced: expect.any(String) as string })
    expect(await slugs(castellan)).toEqual(['one'])
    expect(await castellan.run('integrity')).toMatchObject({ code: 0, err: '' })
  })

  it.each([
    ['is missing', (path: string) => rmSync(path)],
    ['is empty', (path: string) => truncateSync(path, 0)],
    ['is damaged', (path: string) => writeFileSync(path, Buffer.alloc(50_000, 3))],
  ])('opens a profile whose register %s, with one command', async (_, damage) => {
    const castellan = await withClients('One')
    await castellan.run('backup')
    damage(join(castellan.profile, 'register.db'))
    const failed = await castellan.run('client', 'list')
    expect(failed.code).toBe(1)
    expect(failed.err).toContain('castellan restore')
    expect(await castellan.run('restore', '--yes')).toMatchObject({ code: 0, err: '' })
    expect(await slugs(castellan)).toEqual(['one'])
  })

  it('warns of a manually replaced register at every command, until that is accepted', async () => {
    const castellan = await withClients('One')
    const path = join(newFolder(), 'castellan.db')
    await castellan.run('backup', '--out', path)
    await castellan.run('client', 'add', 'Two')
    const { copyFileSync } = await import('node:fs')
    for (const end of ['-wal', '-shm']) rmSync(join(castellan.profile, `register.db${end}`), { force: true })
    copyFileSync(path, join(castellan.profile, 'register.db'))
    for (const argv of [['today'], ['key', 'list', '--json'], ['client', 'list']]) {
      const ran = await castellan.run(...argv)
      expect(ran.code).toBe(0)
      expect(ran.err).toMatch(/^Warning: The register is older than it was at .* row 2 of its audit log/u)
    }
    expect(await castellan.run('integrity')).toMatchObject({ code: 1 })
    expect(await castellan.run('client', 'add', 'Three')).toMatchObject({
      code: 1,
      err: expect.stringContaining('castellan restore --accept') as string,
    })
    expect((await castellan.run('restore', '--accept')).out).toContain('is used as it is')
    expect(await castellan.run('client', 'add', 'Three')).toMatchObject({ code: 0, err: '' })
    expect(await castellan.run('integrity')).toMatchObject({ code: 0, err: '' })
  })

  it('names a missing file, and a profile without any backup', async () => {
    const castellan = await withClients('One')
    expect(await castellan.run('restore')).toMatchObject({
      code: 1,
      err: expect.stringContaining('castellan restore FILE') as string,
    })
    expect(await castellan.run('restore', '/nowhere.db')).toMatchObject({ code: 1 })
  })
})

describe('castellan salvage', () => {
  it('reads a damaged register into a new profile, and reports the incomplete tables', async () => {
    const castellan = await withClients('One', 'Two')
    const into = join(newFolder(), 'salvaged')
    const done = await castellan.run('salvage', '--into', into)
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(done.out).toContain('Every table was read to its end.')
    expect(await castellan.run('salvage')).toMatchObject({ code: 2 })
    expect(await castellan.run('salvage', '--into', into)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is not empty') as string,
    })
    expect(existsSync(join(into, 'register.db'))).toBe(true)
    expect(readdirSync(into)).toContain('register.key')
    const { run } = castellan
    expect((await run('client', 'list', '--json', '--profile', into)).json()).toHaveLength(2)
  })
})
