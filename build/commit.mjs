import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { SOURCES } from './freshness.mjs'

/**
 * The newest commit, and its date in UTC, where the product's sources match it exactly; null where they were changed since, and
 * without a history. It is the newest one whatever it changed, since a shallow clone has no other. The date is that of the commit,
 * so that the same sources give the same product on any day. Throws where git refuses to read the history.
 * @param {string} root
 * @returns {{ commit: string, date: string } | null}
 */
export function findCommit(root) {
  const head = readHead(root)
  if (head === null || runGit(root, ['status', '--porcelain', '--untracked-files=all', '--', ...SOURCES]) !== '')
    return null
  return { commit: head.commit, date: new Date(head.seconds * 1000).toISOString().slice(0, 10) }
}

/**
 * The newest commit of a working copy and its time in seconds; null without git, without a repository of its own and before the
 * first commit. Throws where git refuses to read it.
 * @param {string} root
 */
export function readHead(root) {
  // A folder above may be a repository of something else.
  if (!existsSync(join(root, '.git'))) return null
  const found = runGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD'], { mayFail: true })
  if (found === null) return null
  const [commit = '', seconds] = runGit(root, ['log', '-1', '--format=%H %ct']).split(' ')
  return { commit, seconds: Number(seconds) }
}

function runGit(root, words, { mayFail = false } = {}) {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', root, ...words], { encoding: 'utf8' })
  if (error?.code === 'ENOENT' && mayFail) return null
  if (status === 0) return stdout.trim()
  if (mayFail && stderr.trim() === '') return null
  throw new Error(
    `git does not read ${root}: ${stderr.trim().replaceAll(/\s*\n\s*/gu, ' ') || error?.message}. ` +
      'What is built would lack its commit and its date. Correct that, or build from sources without a folder .git.',
  )
}
