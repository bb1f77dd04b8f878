import { execFileSync } from 'node:child_process'

import { SOURCES } from './freshness.mjs'

/**
 * The commit that the product's sources match exactly, and its date in UTC; null where the sources were changed since,
 * and without git. The date is that of the commit, so that the same sources give the same product on any day.
 * @param {string} root
 * @returns {{ commit: string, date: string } | null}
 */
export function findCommit(root) {
  const git = (...words) =>
    execFileSync('git', ['-C', root, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    if (git('status', '--porcelain', '--untracked-files=all', '--', ...SOURCES) !== '') return null
    const [commit = '', seconds] = git('log', '-1', '--format=%H %ct', '--', ...SOURCES).split(' ')
    return commit === '' ? null : { commit, date: new Date(Number(seconds) * 1000).toISOString().slice(0, 10) }
  } catch {
    return null
  }
}
