import { describe, expect, it } from 'vitest'

import { choosePackage, findInstallation } from '../../../../electron/service/updates/installation.ts'
import { findResources } from '../../../../electron/service/updates/release-key.ts'
import { installSteps } from '../../../../electron/service/updates/steps.ts'
import type { UpdatePackage } from '../../../../shared/contract/updates.ts'

const linux = { platform: 'linux', arch: 'x64', written: 'deb', executable: '/opt/Castellan/castellan', env: {} }
const mounted = { APPIMAGE: '/home/mara/Castellan.AppImage', APPDIR: '/tmp/.mount_Cas1' }

describe('the package that a program runs from', () => {
  it('is the AppImage only where the program is in its mount, since what an AppImage starts inherits its variables', () => {
    expect(findInstallation({ ...linux, env: mounted, executable: '/tmp/.mount_Cas1/castellan' }).kind).toBe('appimage')
    expect(findInstallation({ ...linux, env: mounted }).kind).toBe('deb')
    expect(findInstallation({ ...linux, env: mounted, executable: '/tmp/.mount_Cas12/castellan' }).kind).toBe('deb')
    expect(findInstallation(linux).kind).toBe('deb')
  })

  it.each([
    ['linux', 'tar', 'tar'],
    ['win32', 'nsis', 'nsis'],
    ['win32', 'winzip', 'winzip'],
    ['darwin', 'zip', 'zip'],
    ['linux', 'flatpak', 'other'],
    ['linux', 'aur', 'other'],
    ['linux', '', 'other'],
    ['win32', 'deb', 'other'],
    ['linux', null, null],
  ])('on %s is what packing wrote (%j): %j', (platform, written, kind) => {
    expect(findInstallation({ ...linux, platform, written }).kind).toBe(kind)
  })

  it('is looked for beside the archive or the terminal program, and nowhere in a working copy', () => {
    expect(findResources('/opt/resources/Castellan/resources/app.asar/out/main')).toBe(
      '/opt/resources/Castellan/resources',
    )
    expect(findResources(String.raw`C:\Castellan\resources\terminal\out\node`)).toBe(String.raw`C:\Castellan\resources`)
    const mac = '/Applications/Castellan.app/Contents/Resources'
    expect(findResources(`${mac}/terminal/out/node/cli-chunks`)).toBe(mac)
    expect(findResources('/home/mara/resources/terminal-work/out/node')).toBeNull()
    expect(findResources()).toBeNull()
  })
})

describe('the package of a release for a machine', () => {
  const made = (name: string, kind: UpdatePackage['kind'], arch: UpdatePackage['arch']): UpdatePackage => ({
    name,
    kind,
    arch,
    bytes: 1,
    sha512: '0'.repeat(128),
  })
  const files = [made('a.deb', 'deb', 'arm64'), made('b.deb', 'deb', 'x64'), made('c.exe', 'nsis', 'x64')]

  it('has its kind and processor, or there is none', () => {
    expect(choosePackage(files, { platform: 'linux', arch: 'x64', kind: 'deb' })?.name).toBe('b.deb')
    expect(choosePackage(files, { platform: 'linux', arch: 'x64', kind: 'appimage' })).toBeNull()
    expect(choosePackage(files, { platform: 'linux', arch: 'ia32', kind: 'deb' })).toBeNull()
    expect(choosePackage(files, { platform: 'win32', arch: 'x64', kind: null })?.name).toBe('c.exe')
    expect(choosePackage(files, { platform: 'darwin', arch: 'x64', kind: null })).toBeNull()
    expect(choosePackage(files, { platform: 'linux', arch: 'x64', kind: 'other' })).toBeNull()
  })

  it('is installed by steps whose command names the file, quoted for a shell', () => {
    expect(installSteps('deb', "/tmp/Mara's/a b.deb", false).map(({ command }) => command)).toEqual([
      null,
      String.raw`sudo apt install '/tmp/Mara'\''s/a b.deb'`,
    ])
    expect(installSteps('deb', '/tmp/a.deb', true)[1]?.command).toBe('sudo apt install --allow-downgrades /tmp/a.deb')
  })
})
