import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { findSandboxProblem } from '../../build/steps/sandbox.mjs'
import { write } from './start-tree.ts'

let root: string
let binary: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'castellan sandbox-'))
  binary = join(root, 'dist/electron')
  write(root, 'dist/electron', '', 0o755)
  write(root, 'dist/chrome-sandbox', '', 0o755)
  write(root, 'profiles/firefox', 'profile firefox /usr/bin/firefox { userns, }')
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true, force: true })
})

/** A system whose kernel has these settings, and whose `unshare` ends with this code; null: it has none. */
function problem(settings: Readonly<Record<string, string>>, unshare: number | null): string | null {
  for (const [path, value] of Object.entries(settings)) write(root, `kernel/${path}`, `${value}\n`)
  if (unshare !== null) write(root, 'bin/unshare', `#!/bin/sh\nexit ${unshare}\n`, 0o755)
  vi.stubEnv('PATH', join(root, 'bin'))
  const found = findSandboxProblem(binary, { settings: join(root, 'kernel'), profiles: join(root, 'profiles') })
  return found?.reason ?? null
}

const WHY = "this system keeps ordinary users from starting Electron's sandbox"
const APPARMOR = { 'kernel/apparmor_restrict_unprivileged_userns': '1' }

describe.runIf(process.platform === 'linux')("Electron's sandbox for an ordinary user", () => {
  it.each([
    [APPARMOR, 0, 'kernel.apparmor_restrict_unprivileged_userns = 1'],
    [{ 'kernel/unprivileged_userns_clone': '0' }, 0, 'kernel.unprivileged_userns_clone = 0'],
    [{ 'user/max_user_namespaces': '0' }, 0, 'user.max_user_namespaces = 0'],
    [{ 'user/max_user_namespaces': '9' }, 1, 'unshare -Ur true fails'],
  ])('cannot start with %o where unshare ends with %s', (settings, unshare, cause) => {
    expect(problem(settings, unshare)).toBe(`${WHY} (${cause})`)
  })

  it.each([
    ['where nothing is restricted', { 'kernel/unprivileged_userns_clone': '1', 'user/max_user_namespaces': '9' }, 0],
    ['where the kernel has no such settings and no unshare is installed', {}, null],
  ])('can start %s', (_, settings, unshare) => {
    expect(problem(settings, unshare)).toBeNull()
  })

  it('can start where AppArmor has a profile for this binary', () => {
    write(root, 'profiles/castellan', `profile castellan "${binary}" { userns, }`)
    expect(problem(APPARMOR, 0)).toBeNull()
  })

  it('is left to Electron itself where its helper is missing, which no command would repair', () => {
    rmSync(join(root, 'dist/chrome-sandbox'))
    expect(problem(APPARMOR, 1)).toBeNull()
  })

  it('names a command that a shell can run as it is, also for a folder with a space and a quote', () => {
    rmSync(join(root, 'dist'), { recursive: true })
    binary = join(root, "it's/electron")
    write(root, "it's/electron", '', 0o755)
    write(root, "it's/chrome-sandbox", '', 0o755)
    const quoted = `'${root}/it'\\''s/chrome-sandbox'`
    problem(APPARMOR, 0)
    const found = findSandboxProblem(binary, { settings: join(root, 'kernel'), profiles: join(root, 'profiles') })
    expect(found?.todo).toBe(`for the Electron window run: sudo chown root:root ${quoted} && sudo chmod 4755 ${quoted}`)
  })

  it.runIf(process.getuid?.() === 0).each([
    ['owned by root with mode 4755', 0, 0o4755, null],
    ['owned by root without the mode', 0, 0o755, `${WHY} (unshare -Ur true fails)`],
    ['of another user with the mode', 65_534, 0o4755, `${WHY} (unshare -Ur true fails)`],
  ])('with a helper %s', (_, uid, mode, expected) => {
    chownSync(join(root, 'dist/chrome-sandbox'), uid, uid)
    chmodSync(join(root, 'dist/chrome-sandbox'), mode)
    expect(problem({}, 1)).toBe(expected)
  })
})
