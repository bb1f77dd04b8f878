import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

/** What the calls of `try-calls.ts` answer in a process under the rules of a system. */
function tried(system: 'windows' | 'macos'): Readonly<Record<string, string>> {
  const preload = join(import.meta.dirname, `${system}.ts`)
  const script = join(import.meta.dirname, 'try-calls.ts')
  const folder = mkdtempSync(join(tmpdir(), 'r-'))
  const text = execFileSync(process.execPath, ['--import', preload, script, folder], { encoding: 'utf8' })
  return JSON.parse(text) as Readonly<Record<string, string>>
}

describe.each([
  ['windows', tried('windows')],
  ['macos', tried('macos')],
] as const)('the rules of %s', (system, answers) => {
  const isWindows = system === 'windows'

  it.each([
    // nodejs/node#3879; `fs__sync_impl` of libuv calls `FlushFileBuffers`, which needs a handle that may write.
    ['flush what is open to read', 'EPERM', 'ok'],
    ['flush what is open to read, by a callback', 'EPERM', 'ok'],
    ['flush what is open to read, by a handle', 'EPERM', 'ok'],
    ['flush it in a thread', 'EPERM', 'ok'],
    ['flush it in a process', 'EPERM', 'ok'],
    ['flush what is open to write', 'ok', 'ok'],
    ['flush what is open to append', 'ok', 'ok'],
    // SQLite opens with FILE_SHARE_READ and FILE_SHARE_WRITE, not FILE_SHARE_DELETE (`winOpen` in its `os_win.c`).
    ['rename what SQLite has open', 'EBUSY', 'ok'],
    ['rename it, by a promise', 'EBUSY', 'ENOENT'],
    ['remove what SQLite has open', 'EBUSY', 'ok'],
    ['remove it, by a callback', 'EBUSY', 'ENOENT'],
    // `fs__rename` of libuv calls `MoveFileExW` with MOVEFILE_REPLACE_EXISTING.
    ['replace what SQLite has open', 'EPERM', 'ok'],
    ['rename a folder with an open file', 'EPERM', 'ok'],
    // Microsoft, "Naming Files, Paths, and Namespaces": characters, names of devices, and the last character.
    ['make a:b', 'ENOENT', 'ok'],
    ['make a?', 'ENOENT', 'ok'],
    ['make a\\b', 'ENOENT', 'ok'],
    ['make NUL', 'ENOENT', 'ok'],
    ['make con.txt', 'ENOENT', 'ok'],
    ['make Com1.tar.gz', 'ENOENT', 'ok'],
    ['make LPT\u00B2', 'ENOENT', 'ok'],
    ['make dot.', 'ENOENT', 'ok'],
    ['make space ', 'ENOENT', 'ok'],
    ['make a folder inside one that has no name there', 'ENOENT', 'ok'],
    ['make console', 'ok', 'ok'],
    ['make .x', 'ok', 'ok'],
    // The same page: NTFS keeps the case of a name and ignores it, and does not normalize.
    ['find MÜLLER', 'true', 'true'],
    ['make müller, which must not exist', 'EEXIST', 'EEXIST'],
    ['change its case', 'MÜLLER', 'MÜLLER'],
    // Apple, APFS Guide, FAQ: normalization-preserving, but not normalization-sensitive.
    ['find it decomposed', 'false', 'true'],
    // Microsoft, "Maximum Path Length Limitation"; Node's own paths have the prefix `\\?\` and no such limit.
    ['open a database in a path of 260 characters', 'SQLITE_CANTOPEN', 'ok'],
    // Node, `process.kill` and "Signal events": SIGTERM ends a process unconditionally, others are not sent.
    ['ask whether a process is alive', 'ok', 'ok'],
    ['send a signal that is not emulated', 'ENOSYS', 'ok'],
    ['ask a process to end', 'killed by SIGKILL', 'it ended with 7'],
  ])('%s', (call, onWindows, onMac) => {
    expect(answers[call]).toBe(isWindows ? onWindows : onMac)
  })

  it('have no other calls that are tried', () => {
    expect(Object.keys(answers)).toHaveLength(33)
  })
})
