import { spawnSync } from 'node:child_process'

/**
 * The files of a tree that git tracks, by patterns. Git refuses a tree of another user, such as one that a container of root is
 * given. This project's own tree is trusted for one command, since its scripts run from it anyway.
 */
export function listTracked(root: string, ...patterns: readonly string[]): readonly string[] {
  const words = ['-C', root, '-c', `safe.directory=${root}`, 'ls-files', '-z', '--', ...patterns]
  const { status, stdout, stderr } = spawnSync('git', words, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
  if (status !== 0) throw new Error(`git does not list the files of ${root}: ${stderr.trim()}`)
  return stdout.split('\0').filter((path) => path !== '')
}
