import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it, onTestFinished } from 'vitest'

import { openReader } from '../../../electron/register/db/unlocked.ts'
import { memoryStore } from '../../../electron/secrets/secret-store.ts'
import { makeRegister } from '../../../electron/service/core/context.ts'
import { openService } from '../../../electron/service/process/open.ts'
import { asOrdinaryUser } from '../../temporary/ordinary-user.ts'
import { recordingHost } from './services.ts'

const copies = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('castellan-read-'))

/** A profile with one client; `isOpen` leaves it as a writer that never closed it would. */
async function profileWith(isOpen: boolean): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-media-'))
  const secrets = memoryStore('Tests have no keychain.')
  const service = await openService({ profile: join(folder, 'profile'), mode: 'write', host: recordingHost(), secrets })
  await service.api.client.add({ name: 'Acme' })
  cpSync(join(folder, 'profile'), join(folder, 'as-it-was'), { recursive: true })
  await service.close()
  const profile = join(folder, isOpen ? 'as-it-was' : 'profile')
  for (const name of readdirSync(profile))
    if (!existsSync(join(profile, name, '.'))) chmodSync(join(profile, name), 0o400)
  chmodSync(profile, 0o500)
  return profile
}

it.each([false, true])(
  'a profile that cannot be written is read, with what its writer had not merged yet: %s',
  async (isOpen) => {
    await asOrdinaryUser(async () => {
      const profile = await profileWith(isOpen)
      const before = readdirSync(profile)
      const secrets = memoryStore('Tests have no keychain.')
      const service = await openService({ profile, mode: 'read', host: recordingHost(), secrets })
      expect((await service.api.client.list({})).map(({ slug }) => slug)).toEqual(['acme'])
      // A thread beside the service reads the same file as the service.
      const clients = await makeRegister(service.context).runBeside(async (file) => {
        const { reader, close } = openReader(file)
        const found = reader.column<string>('SELECT slug FROM client')
        close()
        return found
      })
      expect(clients).toEqual(['acme'])
      const { notices } = await service.api.app.info()
      // What an open writer shares of the register is enough to read it in place.
      const reported = notices.filter(({ detail }) => detail.includes('reads a copy of the register'))
      expect(reported).toHaveLength(isOpen ? 0 : 1)
      await expect(service.api.client.add({ name: 'Other' })).rejects.toMatchObject({ code: 'READ_ONLY' })
      await service.close()
      expect(copies()).toEqual([])
      expect(readdirSync(profile)).toEqual(before)
      chmodSync(profile, 0o700)
    })
  },
)

it('a profile on a disk that is mounted read-only is read', async ({ skip }) => {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-media-'))
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'castellan-test', disk])
  if (mounted.status !== 0) skip('This user may not mount a file system.')
  onTestFinished(() => void spawnSync('umount', ['-l', disk]))
  const profile = join(disk, 'profile')
  const secrets = memoryStore('Tests have no keychain.')
  const writer = await openService({ profile, mode: 'write', host: recordingHost(), secrets })
  await writer.api.client.add({ name: 'Acme' })
  await writer.close()
  spawnSync('mount', ['-o', 'remount,ro', disk])
  const service = await openService({ profile, mode: 'read', host: recordingHost(), secrets })
  expect((await service.api.client.list({})).map(({ slug }) => slug)).toEqual(['acme'])
  await service.close()
  expect(copies()).toEqual([])
})
