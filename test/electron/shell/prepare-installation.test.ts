import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { NsisUpdater } from 'electron-updater'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { prepareInstallation } from '../../../electron/shell/prepare-installation.ts'
import type { InstallQuestion } from '../../../shared/contract/control.ts'
import type { PackageKind } from '../../../shared/domain/update/package-kind.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** A new package, which leaves a mark when it is started, and an AppImage that runs. */
function newPackage(kind: PackageKind, name: string, version = '0.2.0') {
  const root = mkdtempSync(join(tmpdir(), 'castellan-install-'))
  const folder = mkdtempSync(join(root, 'updates-'))
  const [path, running, mark] = [join(root, name), join(root, 'Castellan.AppImage'), join(root, 'started')]
  const text = `#!/bin/sh\necho "$APPIMAGE_SILENT_INSTALL" > "${mark}"\n`
  writeFileSync(path, text)
  writeFileSync(running, '#!/bin/sh\n', { mode: 0o755 })
  vi.stubEnv('APPIMAGE', running)
  const sha512 = createHash('sha512').update(text).digest('hex')
  const file = { name, kind, arch: 'x64' as const, bytes: text.length, sha512 }
  const question: InstallQuestion = { path, folder, from: '0.1.0', version, file }
  return { question, path, running, mark, folder, text }
}

describe('the installation of an AppImage by electron-updater', () => {
  it.each(['0.2.0', '0.0.9'])(
    'replaces it by %s and starts it, only when it is finished, and keeps the one before',
    async (version) => {
      const { question, running, mark, text, path } = newPackage('appimage', `Castellan-${version}.AppImage`, version)
      const prepared = await prepareInstallation(question)
      expect(readFileSync(running, 'utf8')).toBe('#!/bin/sh\n')
      expect(existsSync(mark)).toBe(false)
      expect(readFileSync(prepared.kept ?? '', 'utf8')).toBe('#!/bin/sh\n')

      expect(prepared.finish()).toBe(true)
      expect(readFileSync(running, 'utf8')).toBe(text)
      expect(statSync(running).mode & 0o777).toBe(0o755)
      // The package that was downloaded stays until another takes its place.
      expect(existsSync(path)).toBe(true)
      await expect.poll(() => existsSync(mark) && readFileSync(mark, 'utf8')).toBe('true\n')
    },
  )

  it('is refused for a package that was changed after it was verified, and nothing of it is left', async () => {
    const { question, path, running, mark, folder } = newPackage('appimage', 'Castellan-0.2.0.AppImage')
    writeFileSync(path, '#!/bin/sh\nexit 1\n')
    await expect(prepareInstallation(question)).rejects.toThrow('was changed after it was verified')
    expect(readFileSync(running, 'utf8')).toBe('#!/bin/sh\n')
    expect(existsSync(mark)).toBe(false)
    expect(readdirSync(join(folder, 'install/pending'))).toEqual([])
  })

  it('throws where the place of the AppImage cannot be written, before the library reports that it started', async () => {
    const { question } = newPackage('appimage', 'Castellan-0.2.0.AppImage')
    const prepared = await prepareInstallation(question)
    vi.stubEnv('APPIMAGE', '/nowhere/Castellan.AppImage')
    expect(() => prepared.finish()).toThrow('ENOENT')
  })
})

describe('the installation of a Windows package by electron-updater', () => {
  it('is refused where the check of its code signature fails, and starts nothing before it is finished', async () => {
    const check = vi.spyOn(
      NsisUpdater.prototype as unknown as { verifySignature(path: string): Promise<string | null> },
      'verifySignature',
    )
    const { question, mark } = newPackage('nsis', 'Castellan-0.2.0-win-x64.exe')
    check.mockResolvedValueOnce('signed by another')
    await expect(prepareInstallation(question)).rejects.toThrow('is not signed by the application owner')
    check.mockResolvedValueOnce(null)
    expect(await prepareInstallation(question)).toMatchObject({ kept: null })
    expect(check).toHaveBeenCalledTimes(2)
    expect(existsSync(mark)).toBe(false)
  })
})

it('a Debian package and a disk image are left to the system, and a folder to a person', async () => {
  for (const [kind, name] of [
    ['deb', 'castellan_0.2.0_amd64.deb'],
    ['dmg', 'Castellan-0.2.0-mac-x64.dmg'],
    ['tar', 'Castellan-0.2.0-linux-x64.tar.gz'],
    ['winzip', 'Castellan-0.2.0-win-x64.zip'],
  ] as const) {
    await expect(prepareInstallation(newPackage(kind, name).question)).rejects.toThrow(
      'The system or a person installs',
    )
  }
})
