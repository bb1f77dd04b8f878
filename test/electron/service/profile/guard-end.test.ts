import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { profilePaths } from '../../../../electron/service/profile/paths.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { memoryStore, type SecretStore } from '../../../../electron/secrets/secret-store.ts'
import { encryptedFile } from '../../register/registers.ts'
import { refused } from '../seeded.ts'
import { emptyProfile, newProfile, newService } from '../services.ts'

/** Keeps what the keychain of an operating system would. */
const newKeychain = (): SecretStore => ({ ...memoryStore('A keychain of this test.'), kind: 'keychain' })

const FILES = ['register.db', 'register.db-wal', 'register.db-shm', 'register.end'] as const

/** The files of a register as they are now; returns how to restore them, all of them or those named. */
function remembered(profile: string): (names?: readonly string[]) => void {
  const were = new Map(
    FILES.map((name) => [name, existsSync(join(profile, name)) ? readFileSync(join(profile, name)) : null]),
  )
  return (names = ['register.db', 'register.db-wal', 'register.db-shm']) => {
    for (const [name, bytes] of were) {
      if (!names.includes(name)) continue
      if (bytes === null) rmSync(join(profile, name), { force: true })
      else writeFileSync(join(profile, name), bytes)
    }
  }
}

async function added(profile: string, names: readonly string[], secrets?: SecretStore): Promise<void> {
  const service = await newService({ profile, ...(secrets ? { secrets } : {}) })
  for (const name of names) await service.api.client.add({ name })
  await service.close()
}

async function listProblems(service: Service): Promise<readonly string[]> {
  const { problems } = await service.api.app.integrity()
  return problems
}

describe('a register whose last rows are missing', () => {
  it('is noticed when it is opened after an older copy was restored, names the rows, and is not written', async () => {
    const profile = await emptyProfile()
    await added(profile, ['One'])
    const putBack = remembered(profile)
    await added(profile, ['Two', 'Three'])
    putBack()
    for (const mode of ['read', 'write'] as const) {
      const service = await newService({ profile, mode })
      const notices = (await service.api.app.info()).notices.filter(({ kind }) => kind === 'register-lost-rows')
      expect(notices).toHaveLength(1)
      expect(notices[0]?.detail).toMatch(/older than it was at .* UTC: rows 2 to 3 of its audit log are missing/u)
      expect(notices[0]?.detail).toContain('castellan restore')
      expect(await listProblems(service)).toEqual([expect.stringContaining('rows 2 to 3')])
      const verdict = await service.api.evidence.verifyRegister()
      expect(verdict.ok).toBe(false)
      expect(verdict.problems[0]).toMatchObject({ file: 'journal', row: 2 })
      // A service that opened it to read is refused as such.
      expect((await refused(service.api.client.add({ name: 'Four' }))).code).toBe(
        mode === 'write' ? 'CONFLICT' : 'READ_ONLY',
      )
      await service.close()
    }
  })

  it('is noticed when its write-ahead log is lost before it was merged into the file', async () => {
    const profile = await emptyProfile()
    await added(profile, ['One'])
    const writer = await newService({ profile })
    await writer.api.client.add({ name: 'Two' })
    // As after a power cut on a disk that lost the log: the file is as the last checkpoint left it.
    const copy = newProfile()
    for (const name of ['register.db', 'register.end', 'register.key']) {
      copyFileSync(join(profile, name), join(copy, name))
    }
    await writer.close()
    const service = await newService({ profile: copy })
    expect(await listProblems(service)).toEqual([
      expect.stringContaining('row 2 of its audit log is missing (1 decision or more)'),
    ])
  })

  it('is noticed by the keychain when the whole profile was restored from a copy', async () => {
    const profile = newProfile()
    const secrets = newKeychain()
    await added(profile, ['One'], secrets)
    const putBack = remembered(profile)
    await added(profile, ['Two'], secrets)
    putBack(FILES)
    const service = await newService({ profile, secrets })
    expect(await listProblems(service)).toEqual([
      expect.stringContaining('row 2 of its audit log is missing (1 decision or more)'),
    ])
  })

  it('is distinguished from one with another history of the same length', async () => {
    const profile = await emptyProfile()
    await added(profile, ['One'])
    const putBack = remembered(profile)
    await added(profile, ['Two'])
    const end = readFileSync(join(profile, 'register.end'))
    putBack(FILES)
    await added(profile, ['Another'])
    writeFileSync(join(profile, 'register.end'), end)
    const service = await newService({ profile })
    expect(await listProblems(service)).toEqual([
      expect.stringMatching(/not the one that was written here: row 2 of its audit log/u),
    ])
  })

  it('is written again once that is accepted, and the journal records what was accepted', async () => {
    const profile = newProfile()
    const secrets = newKeychain()
    await added(profile, ['One'], secrets)
    const putBack = remembered(profile)
    await added(profile, ['Two', 'Three'], secrets)
    putBack()
    const service = await newService({ profile, secrets })
    await service.context.session().end.accept('Mara')
    await service.close()
    const again = await newService({ profile, secrets })
    expect(await listProblems(again)).toEqual([])
    expect((await again.api.app.info()).notices.map(({ kind }) => kind)).not.toContain('register-lost-rows')
    await again.api.client.add({ name: 'Four' })
    const rows = again.context.session().register?.reader.all('SELECT action, operator, body FROM journal ORDER BY seq')
    expect(rows?.slice(1, 3)).toEqual([
      { action: 'register.accepted', operator: 'Mara', body: expect.stringMatching(/"from":2.*"to":3/u) as string },
      expect.objectContaining({ action: 'client.added' }),
    ])
  })
})

describe('the note of where the journal ended', () => {
  it('that is missing, or was not written with this key, is reported once and written again', async () => {
    for (const damage of [
      (path: string) => rmSync(path),
      (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/u, '1')),
      (path: string) => writeFileSync(path, 'x'),
    ]) {
      const profile = await emptyProfile()
      await added(profile, ['One', 'Two'])
      damage(profilePaths(profile).journalEnd)
      const reading = await newService({ profile, mode: 'read' })
      expect((await reading.api.app.info()).notices.map(({ kind }) => kind)).toContain('journal-end-missing')
      await reading.close()
      await added(profile, [])
      const service = await newService({ profile })
      expect((await service.api.app.info()).notices.map(({ kind }) => kind)).not.toContain('journal-end-missing')
      const actions = service.context.session().register?.reader.column('SELECT action FROM journal ORDER BY seq')
      expect(actions).toEqual(['client.added', 'client.added', 'register.end-missing'])
      await service.close()
    }
  })

  it('causes no warning when it is behind, as after an interruption between the commit and the note', async () => {
    const profile = await emptyProfile()
    await added(profile, ['One'])
    const end = readFileSync(profilePaths(profile).journalEnd)
    await added(profile, ['Two'])
    writeFileSync(profilePaths(profile).journalEnd, end)
    const service = await newService({ profile })
    expect(await listProblems(service)).toEqual([])
  })

  it('begins with the first opening to write of a register from before there was one', async () => {
    const profile = await emptyProfile()
    await added(profile, ['One'])
    const { journalEnd, register } = profilePaths(profile)
    rmSync(journalEnd)
    const key = (await newService({ profile, mode: 'read' })).context.session().key ?? new Uint8Array()
    const db = encryptedFile(register, key)
    db.exec("DELETE FROM meta WHERE key = 'journal_end_noted_at'")
    db.close()
    await added(profile, [])
    expect(readFileSync(journalEnd, 'utf8')).toMatch(/^1 [0-9a-f]{64} \d+\n[0-9a-f]{64}\n$/u)
  })
})
