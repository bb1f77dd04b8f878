import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

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
