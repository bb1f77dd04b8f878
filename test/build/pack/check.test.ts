import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { findByTool, findWrongRun } from '../../../build/pack/check/linux.mjs'
import { isPackage } from '../../../build/pack/check/open.mjs'
import { toTable } from '../../../build/pack/check/table.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-check-'))
  chmodSync(folder, 0o755)
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function writeProgram(text: string): string {
  const path = join(folder, 'castellan')
  writeFileSync(path, `#!/bin/sh\n${text}`)
  chmodSync(path, 0o755)
  return path
}

it('the table has a line for each package, a column for each check, and the reason of each failure', () => {
  const table = toTable([
    { subject: 'linux-x64 a.deb', check: 'binaries', problems: [] },
    { subject: 'linux-x64 a.deb', check: 'icons', problems: ['16x16 is missing', '24x24 is missing'] },
    { subject: 'win32-x64 b.zip', check: 'binaries', problems: [] },
    { subject: 'win32-x64 b.zip', check: 'icons', problems: null },
  ])
  expect(table).toBe(
    [
      '                 binaries  icons',
      'linux-x64 a.deb  ok        FAILED',
      'win32-x64 b.zip  ok        -',
      '',
      'FAILED  linux-x64 a.deb, icons: 16x16 is missing',
      'FAILED  linux-x64 a.deb, icons: 24x24 is missing',
    ].join('\n'),
  )
})

it('packages are known by their names, and what describes them is none', () => {
  expect(['a.deb', 'a.AppImage', 'a.tar.gz', 'a.zip', 'a Setup.exe'].filter((name) => !isPackage(name))).toEqual([])
  expect(['latest.yml', 'a.exe.blockmap', 'builder-debug.yml'].filter((name) => isPackage(name))).toEqual([])
})

describe.skipIf(process.platform !== 'linux')('the run of a terminal program', () => {
  it('has an empty home, no Node on the path, and is right with a register', () => {
    const program = writeProgram(
      'command -v node && exit 9\n[ "$HOME" ] && [ ! -e "$HOME/x" ] && : >"$HOME/x-$1" || exit 8\necho "| Person | Role |"\n',
    )
    expect(findWrongRun(program, join(folder, 'run'))).toEqual([])
  })

  it('is wrong with its reason where a verb fails or prints no register', () => {
    expect(findWrongRun(writeProgram('echo "no library" >&2; exit 3\n'), join(folder, 'one'))).toEqual([
      'castellan sample ended with 3: no library',
    ])
    expect(findWrongRun(writeProgram('exit 0\n'), join(folder, 'two'))).toEqual([
      'castellan register printed no register',
    ])
  })

  it('of a tool that checks a file finds the lines that count, and never nothing where the tool failed', () => {
    const isError = (line: string) => line.startsWith('E:')
    expect(findByTool('sh', ['-c', 'echo "W: old"; echo "E: wrong"; exit 1'], isError)).toEqual(['E: wrong'])
    expect(findByTool('sh', ['-c', 'echo "W: old"'], isError)).toEqual([])
    expect(findByTool('sh', ['-c', 'echo broken; exit 2'], isError)).toEqual(['sh ended with 2: broken'])
    expect(findByTool('castellan-no-such-tool', [], isError)).toEqual([expect.stringContaining('ENOENT')])
  })
})
