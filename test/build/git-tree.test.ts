import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { cloneTree } from '../../build/steps/git-tree.mjs'
import { listTracked } from '../list-tracked.ts'

const isRoot = process.getuid?.() === 0

/** A tree with one file, and a folder beside it; another user owns the tree where this is root. */
function makeTree(): { readonly tree: string; readonly folder: string } {
  const [tree, folder] = [mkdtempSync(join(tmpdir(), 't-')), mkdtempSync(join(tmpdir(), 'f-'))]
  writeFileSync(join(tree, 'a page.md'), 'text')
  for (const words of [
    ['init', '--quiet'],
    ['add', '.'],
    [...PERSON, 'commit', '--quiet', '-m', 'Begin'],
  ])
    expect(spawnSync('git', ['-C', tree, ...words]).status).toBe(0)
  if (isRoot) spawnSync('chown', ['-R', '65534:65534', tree])
  return { tree, folder }
}

const PERSON = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.invalid']

describe('git in a tree of another user, as a container of root has it', () => {
  it.runIf(isRoot)('is refused without a setting that trusts the tree', () => {
    const { tree } = makeTree()
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' }
    expect(spawnSync('git', ['-C', tree, 'ls-files'], { env }).status).toBe(128)
  })

  it('lists and clones the tree where it is trusted for the command', () => {
    const { tree, folder } = makeTree()
    expect(listTracked(tree, '*.md')).toEqual(['a page.md'])
    expect(cloneTree(tree, join(folder, 'clone'), folder)).toBeNull()
    expect(existsSync(join(folder, 'clone', 'a page.md'))).toBe(true)
  })

  it('names the folder and the reason of git where there is no tree', () => {
    const folder = mkdtempSync(join(tmpdir(), 'f-'))
    expect(() => listTracked(folder)).toThrow(`git does not list the files of ${folder}: fatal:`)
    expect(cloneTree(join(folder, 'none'), join(folder, 'clone'), folder)).toContain('does not exist')
  })
})
