import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { projectNode } from '../../build/project-node.mjs'
import { makeTree, write, writeElectron } from './start-tree.ts'

const NOBODY = { uid: 65_534, gid: 65_534 }

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'castellan-self-test-step-'))
  makeTree(root)
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Runs the step of `npm run self-test` in a tree whose Electron runs the script; null: there is none. */
function run(script: string | null, { args = [], env = {}, asNobody = false }: RunOptions = {}) {
  const electron = script === null ? {} : { ELECTRON_OVERRIDE_DIST_PATH: writeElectron(root, script) }
  const { status, stdout, stderr } = spawnSync(
    projectNode(resolve(import.meta.dirname, '../..')),
    [join(root, 'build/steps/self-test.mjs'), ...args],
    {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: root, DISPLAY: ':0', ...electron, ...env },
      ...(asNobody && process.getuid?.() === 0 ? NOBODY : {}),
    },
  )
  return { status, stdout, stderr }
}

interface RunOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly asNobody?: boolean
}

describe.runIf(process.platform === 'linux')('npm run self-test', () => {
  it('reports in one line that there is no binary and what to do, and runs nothing', () => {
    const { status, stdout, stderr } = run(null)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toBe(
      "castellan: the self-test did not run, since Electron's binary is missing; fetch it by npm run setup -- --retry-electron\n",
    )
  })

  it.runIf(process.getuid?.() === 0)('runs Electron on the application, as root without its sandbox', () => {
    const script = `echo "$@" > '${root}/arguments'; env > '${root}/environment'; echo report`
    const { status, stdout, stderr } = run(script, { env: { ELECTRON_RUN_AS_NODE: '1' } })
    expect([status, stdout, stderr]).toEqual([0, 'report\n', ''])
    expect(readFileSync(join(root, 'arguments'), 'utf8')).toBe(`--no-sandbox ${root} --self-test\n`)
    expect(readFileSync(join(root, 'environment'), 'utf8')).not.toContain('ELECTRON_RUN_AS_NODE')
  })

  it.runIf(process.getuid?.() === 0)('passes on that JSON is wanted, and a failure', () => {
    const { status } = run(`echo "$@" > '${root}/arguments'; exit 1`, { args: ['--json'] })
    expect([status, readFileSync(join(root, 'arguments'), 'utf8')]).toEqual([
      1,
      `--no-sandbox ${root} --self-test=json\n`,
    ])
  })

  it.runIf(process.getuid?.() === 0)('fails when Electron ends by a signal', () => {
    expect(run('kill -SEGV $$').status).toBe(1)
  })

  it('reports that nothing is packed for this system, and what to do', () => {
    const { status, stderr } = run('echo report', { args: ['--packed'] })
    expect([status, stderr]).toEqual([
      1,
      'castellan: the self-test did not run, since dist has no packed application for this system; pack it by npm run dist\n',
    ])
  })

  it.runIf(process.getuid?.() === 0)('runs the packed application of this system, with a keychain of its own', () => {
    const packed = process.arch === 'x64' ? 'dist/linux-unpacked' : `dist/linux-${process.arch}-unpacked`
    const script = `#!/bin/sh\necho "$@" > '${root}/arguments'; echo "$DBUS_SESSION_BUS_ADDRESS"\n`
    write(root, `${packed}/castellan-desktop`, script, 0o755)
    const { status, stdout } = run(null, { args: ['--packed', '--keychain'] })
    expect(status).toBe(0)
    expect(stdout).toMatch(/^unix:/u)
    expect(readFileSync(join(root, 'arguments'), 'utf8')).toBe('--no-sandbox --self-test\n')
  })

  it('reports why the sandbox cannot start, and runs nothing', () => {
    write(root, 'bin/unshare', '#!/bin/sh\nexit 1\n', 0o755)
    const env = { PATH: `${join(root, 'bin')}:${process.env['PATH']}` }
    const { status, stdout, stderr } = run('echo report', { asNobody: true, env })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      /^castellan: the self-test did not run, since this system keeps .*; for the Electron window run: sudo/u,
    )
  })
})
