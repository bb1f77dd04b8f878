import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Git refuses a tree of another user, such as one that a container of root is given. This project's own tree is
 * trusted for one command, since its scripts run from it anyway.
 */
export function listTracked(root, ...patterns) {
  const words = ['-C', root, '-c', `safe.directory=${root}`, 'ls-files', '-z', '--', ...patterns]
  const { status, stdout, stderr } = spawnSync('git', words, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
  if (status !== 0) throw new Error(`git does not list the files of ${root}: ${stderr.trim()}`)
  return stdout.split('\0').filter((path) => path !== '')
}

/**
 * Clones a tree, also one of another user. The copying process of git reads only a file for what it trusts, which is written
 * into `folder`. Returns the reason where it failed, and null when it did not.
 */
export function cloneTree(root, clone, folder) {
  const trusted = [root, join(root, '.git')].map((path) => `\tdirectory = ${JSON.stringify(path)}\n`)
  const config = join(folder, 'gitconfig')
  writeFileSync(config, `[safe]\n${trusted.join('')}`)
  const { status, stderr } = spawnSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone], {
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: config },
  })
  return status === 0 ? null : stderr.trim()
}
