import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { findCommit } from '../../build/commit.mjs'
import { findReleaseTime } from '../../build/pack/release-time.mjs'

let folder: string
let root: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-commit-'))
  root = join(folder, 'tree')
  mkdirSync(join(root, 'shared'), { recursive: true })
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function git(...words: string[]): string {
  const person = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
  const env = { ...process.env, GIT_COMMITTER_DATE: '2026-12-02T23:30:00-05:00' }
  return execFileSync('git', ['-C', root, ...person, ...words], { encoding: 'utf8', env, stdio: 'pipe' }).trim()
}

function commit(file: string): void {
  writeFileSync(join(root, file), `This is ${file}.\n`)
  git('add', '.')
  git('commit', '--quiet', '-m', `Add ${file}`)
}

describe('a build', () => {
  it('names the commit that its sources are, and none once they differ from it', () => {
    expect(findCommit(root)).toBeNull()
    git('init', '--quiet')
    expect(findCommit(root)).toBeNull()
    commit('shared/one.ts')
    const built = { commit: git('rev-parse', 'HEAD'), date: '2026-12-03' }
    expect(findCommit(root)).toEqual(built)
    writeFileSync(join(root, 'notes.md'), 'This is not part of the product.\n')
    expect(findCommit(root)).toEqual(built)
    writeFileSync(join(root, 'shared/two.ts'), 'export {}\n')
    expect(findCommit(root)).toBeNull()
  })

  it('names the same commit and time in a whole clone and in a shallow one, after a commit without sources', () => {
    git('init', '--quiet')
    commit('shared/one.ts')
    commit('notes.md')
    const clones = [[], ['--depth', '1']].map((words, index) => {
      const clone = join(folder, `clone ${index}`)
      git('clone', '--quiet', ...words, `file://${root}`, clone)
      return { commit: findCommit(clone), time: findReleaseTime(clone, {}) }
    })
    expect(clones[0]).toEqual(clones[1])
    expect(clones[0]?.commit?.commit).toBe(git('rev-parse', 'HEAD'))
  })

  it('has no commit of a repository that only a folder above it is', () => {
    git('init', '--quiet')
    writeFileSync(join(root, '.gitignore'), 'unpacked\n')
    commit('shared/one.ts')
    const unpacked = join(root, 'unpacked')
    mkdirSync(join(unpacked, 'shared'), { recursive: true })
    expect(findCommit(unpacked)).toBeNull()
    expect(findReleaseTime(unpacked, {})).toBe(Date.UTC(2026, 0, 1) / 1000)
  })

  it('is refused where git refuses the folder, such as one of another owner, and names what to do', () => {
    git('init', '--quiet')
    commit('shared/one.ts')
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1')
    const reason = /^git does not read .*: fatal: detected dubious ownership .* safe\.directory/su
    expect(() => findCommit(root)).toThrow(reason)
    expect(() => findReleaseTime(root, {})).toThrow(reason)
  })
})
