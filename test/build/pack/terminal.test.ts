import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, expect, it } from 'vitest'

const script = resolve(import.meta.dirname, '../../../build/pack/terminal/castellan')
const NURSERY = '--max-semi-space-size=8'
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'castellan-terminal-')))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it.skipIf(process.platform === 'win32')('the terminal program runs its own Node, also by a link to a link', () => {
  const terminal = join(folder, 'lib/of acme/terminal')
  mkdirSync(join(terminal, 'bin'), { recursive: true })
  mkdirSync(join(folder, 'bin'))
  copyFileSync(script, join(terminal, 'castellan'))
  // Writes the arguments one a line, and ends with the code of a verb.
  writeFileSync(join(terminal, 'bin/node'), '#!/bin/sh\nprintf "%s\\n" "$@"\nexit 4\n')
  for (const file of ['castellan', 'bin/node']) chmodSync(join(terminal, file), 0o755)
  symlinkSync('../lib/of acme/terminal/castellan', join(folder, 'bin/one'))
  symlinkSync(join(folder, 'bin/one'), join(folder, 'bin/two'))
  for (const program of [join(terminal, 'castellan'), join(folder, 'bin/two')]) {
    const { status, stdout } = spawnSync(program, ['register', '--client', 'a b'], { cwd: '/', encoding: 'utf8' })
    expect([status, stdout.trimEnd().split('\n')]).toEqual([
      4,
      [NURSERY, join(terminal, 'out/node/cli.js'), 'register', '--client', 'a b'],
    ])
  }
})

it('every way to begin the terminal keeps as small a nursery as the shells', () => {
  const [first] = readFileSync(resolve(import.meta.dirname, '../../../build/bin/castellan.mjs'), 'utf8').split('\n')
  expect(first).toBe(`#!/usr/bin/env -S node ${NURSERY}`)
  expect(readFileSync(`${script}.cmd`, 'utf8')).toContain(`node.exe" ${NURSERY} "`)
})
