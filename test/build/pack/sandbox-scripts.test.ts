import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { readConfiguration } from '../../../build/pack/configuration.mjs'

const root = resolve(import.meta.dirname, '../../..')
const APPARMOR = 'kernel/apparmor_restrict_unprivileged_userns'
const CLONE = 'kernel/unprivileged_userns_clone'
const MOST = 'user/max_user_namespaces'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-scripts-'))
  for (const name of ['sh', 'cat', 'dirname', 'readlink', 'grep', 'stat', 'chmod', 'cp']) link(name)
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function link(name: string): void {
  const to = join(folder, 'bin', name)
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(['/usr/bin', '/bin'].map((each) => join(each, name)).find(existsSync) ?? name, to)
}

function write(path: string, text: string, mode = 0o644): string {
  const to = join(folder, path)
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, text)
  chmodSync(to, mode)
  return to
}

/** A script of a package, with the places of the system that it reads below the folder of the test. */
function writeScript(from: string, to: string): string {
  const text = readFileSync(join(root, from), 'utf8')
  const places = /(?<![\w$/])\/(?=proc\/|etc\/apparmor|usr\/lib\/castellan|sys\/kernel)/gu
  return write(to, text.replaceAll(places, `${folder}/`), 0o755)
}

function run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(script, args, { encoding: 'utf8', env: { PATH: join(folder, 'bin'), ...env } })
}

/** The settings of the kernel, and the codes with which `unshare` ends; null: it is not installed. */
function setSystem(settings: Readonly<Record<string, string>>, unshare: number | null): void {
  for (const [path, value] of Object.entries(settings)) write(`proc/sys/${path}`, `${value}\n`)
  if (unshare !== null) write('bin/unshare', `#!/bin/sh\nexit ${unshare}\n`, 0o755)
}

describe.runIf(process.platform === 'linux')('the start of an AppImage or a tar.gz', () => {
  function start(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}, user = '1000') {
    write('bin/id', `#!/bin/sh\necho ${user}\n`, 0o755)
    write('application/castellan-desktop', '#!/bin/sh\necho "started $*"\n', 0o755)
    write('application/chrome-sandbox', '')
    return run(writeScript('build/pack/linux/AppRun', 'application/AppRun'), args, env)
  }

  it.each([
    [{ [APPARMOR]: '1' }, 0, 'kernel.apparmor_restrict_unprivileged_userns = 1'],
    [{ [CLONE]: '0' }, 0, 'kernel.unprivileged_userns_clone = 0'],
    [{ [MOST]: '0' }, 0, 'user.max_user_namespaces = 0'],
    [{ [MOST]: '9' }, 1, 'unshare -Ur true fails'],
  ])('is refused with the reason and what to do with %o where unshare ends with %s', (settings, unshare, reason) => {
    setSystem(settings, unshare)
    const inFolder = start()
    expect([inFolder.status, inFolder.stdout]).toEqual([1, ''])
    expect(inFolder.stderr).toContain(`starting the sandbox of the window (${reason})`)
    expect(inFolder.stderr).toContain(`sudo chmod 4755 '${join(folder, 'application/chrome-sandbox')}'`)
    const image = { APPIMAGE: '/home/mara/Castellan.AppImage', APPDIR: join(folder, 'application') }
    const inImage = start([], image)
    expect(inImage.status).toBe(1)
    // The variable is of another AppImage, which started this one.
    const beside = start([], { ...image, APPDIR: '/tmp/.mount_Other' })
    expect(beside.stderr).toBe(inFolder.stderr)
    expect(inImage.stderr).toContain('Install the Debian package')
    expect(inImage.stderr).toContain('\n/home/mara/Castellan.AppImage --no-sandbox')
  })

  it.each([
    ['where nothing is restricted', { [CLONE]: '1', [MOST]: '9', [APPARMOR]: '0' }, 0],
    ['where the kernel has no such settings and no unshare is installed', {}, null],
  ])('adds no switch %s', (_, settings, unshare) => {
    setSystem(settings, unshare)
    expect(start(['--profile', '/x']).stdout).toBe('started --profile /x\n')
  })

  it('goes without a sandbox only with the switch of a person, and leaves root to Electron', () => {
    setSystem({ [APPARMOR]: '1' }, 1)
    expect(start(['--no-sandbox']).stdout).toBe('started --no-sandbox\n')
    expect(start([], {}, '0').stdout).toBe('started \n')
  })

  it('goes on where AppArmor has a profile for the program', () => {
    setSystem({ [APPARMOR]: '1' }, 0)
    write('etc/apparmor.d/castellan', `profile castellan ${join(folder, 'application/castellan-desktop')} { userns, }`)
    expect(start().stdout).toBe('started \n')
  })

  it('is packed in place of the one that leaves the sandbox out', () => {
    const { builder } = readConfiguration(root)
    expect(builder.linux.extraFiles).toContainEqual({ from: 'build/pack/linux/AppRun', to: 'AppRun' })
    expect(readFileSync(join(root, 'build/pack/linux/AppRun'), 'utf8').match(/exec .*/gu)).toEqual([
      'exec "$program" "$@"',
    ])
  })
})

describe.runIf(process.platform === 'linux')('the script after the installation of the Debian package', () => {
  /** Whether the helper of the sandbox may start as root afterwards. */
  function install(parser: number | null): boolean {
    const helper = write('usr/lib/castellan/chrome-sandbox', '', 0o755)
    write('usr/lib/castellan/resources/apparmor-profile', 'profile castellan-desktop {}')
    write('proc/self/ns/user', '')
    mkdirSync(join(folder, 'etc/apparmor.d'), { recursive: true })
    if (parser !== null) write('bin/apparmor_parser', `#!/bin/sh\nexit ${parser}\n`, 0o755)
    const { status, stderr } = run(writeScript('build/pack/deb/after-install.tpl', 'postinst'), ['configure'])
    expect([status, stderr]).toEqual([0, ''])
    return (statSync(helper).mode & 0o4000) !== 0
  }

  it.each([
    ['gives the helper its right where the kernel has no user namespaces for users', { [CLONE]: '0' }, 0, 0, true],
    ['gives the helper its right where the kernel allows none', { [MOST]: '0' }, 0, 0, true],
    ['gives the helper its right where not even root can create one', {}, 1, 0, true],
    ['gives the helper its right where AppArmor restricts and takes no profile', { [APPARMOR]: '1' }, 0, null, true],
    ['leaves the helper as it is where AppArmor has the profile', { [APPARMOR]: '1' }, 0, 0, false],
    ['leaves the helper as it is where nothing is restricted', { [CLONE]: '1', [MOST]: '9' }, 0, 1, false],
  ])('%s', (_, settings, unshare, parser, expected) => {
    setSystem(settings, unshare)
    expect(install(parser)).toBe(expected)
    expect(existsSync(join(folder, 'etc/apparmor.d/castellan-desktop'))).toBe(parser === 0)
  })
})
