import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { findCommit } from '../../build/commit.mjs'

function git(root: string, ...words: string[]): string {
  const person = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
  const env = { ...process.env, GIT_COMMITTER_DATE: '2026-12-02T23:30:00-05:00' }
  return execFileSync('git', ['-C', root, ...person, ...words], { encoding: 'utf8', env }).trim()
}

it('a build names the commit that its sources are, and none once they differ from it', () => {
  const root = mkdtempSync(join(tmpdir(), 'castellan-commit-'))
  expect(findCommit(root)).toBeNull()
  git(root, 'init', '--quiet')
  mkdirSync(join(root, 'shared'))
  writeFileSync(join(root, 'shared/one.ts'), 'export {}\n')
  git(root, 'add', '.')
  git(root, 'commit', '--quiet', '-m', 'Begin')
  const built = { commit: git(root, 'rev-parse', 'HEAD'), date: '2026-12-03' }
  expect(findCommit(root)).toEqual(built)
  writeFileSync(join(root, 'notes.md'), 'This is not part of the product.\n')
  expect(findCommit(root)).toEqual(built)
  writeFileSync(join(root, 'shared/two.ts'), 'export {}\n')
  expect(findCommit(root)).toBeNull()
})
