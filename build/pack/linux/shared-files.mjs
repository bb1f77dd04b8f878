import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { readConfiguration } from '../configuration.mjs'
import { projectNode } from '../../project-node.mjs'
import { findReleaseTime } from '../release-time.mjs'
import { APPLICATION_ID, writeMetainfo } from './metainfo.mjs'

/** Where shells look for completions, below the folder `share`. */
const COMPLETIONS = {
  bash: 'bash-completion/completions/castellan',
  zsh: 'zsh/vendor-completions/_castellan',
  fish: 'fish/vendor_completions.d/castellan.fish',
}

/**
 * Writes into `to`, the folder `usr` of a package for Linux, what systems look for there beside the program: the description for
 * software centres, the manual page and the completions of the terminal program, as the built one prints them.
 */
export function writeSharedFiles(root, to) {
  const print = (...args) =>
    execFileSync(projectNode(root), [join(root, 'out/node/cli.js'), ...args], { encoding: 'utf8' })
  const { version } = readConfiguration(root).manifest
  const { homepage } = readConfiguration(root).builder.extraMetadata
  const date = new Date(findReleaseTime(root) * 1000).toISOString().slice(0, 10)
  write(to, `share/metainfo/${APPLICATION_ID}.metainfo.xml`, writeMetainfo({ version, date, homepage }))
  write(to, 'share/man/man1/castellan.1', print('manual'))
  for (const [shell, file] of Object.entries(COMPLETIONS)) write(to, `share/${file}`, print('completion', shell))
}

function write(to, file, text) {
  mkdirSync(dirname(join(to, file)), { recursive: true })
  writeFileSync(join(to, file), text, { mode: 0o644 })
}
