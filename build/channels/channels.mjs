import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { writeAur } from './aur.mjs'
import { writeFlathub } from './flathub.mjs'
import { writeHomebrew } from './homebrew.mjs'
import { writeServerJson } from './mcp.mjs'
import { KINDS } from './release.mjs'
import { writeWinget } from './winget.mjs'

const DEBS = ['deb-x64', 'deb-arm64']

/**
 * Where a person gets the product from, beside a download: what its manifest needs of a release, and how it is written. A bundle
 * for one system is enough for the registry of the Model Context Protocol.
 */
export const CHANNELS = [
  { name: 'winget', needs: ['nsis-x64'], write: writeWinget },
  { name: 'homebrew', needs: ['dmg-x64', 'dmg-arm64'], write: writeHomebrew },
  { name: 'flathub', needs: DEBS, write: writeFlathub },
  { name: 'aur', needs: DEBS, write: writeAur },
  { name: 'mcp', needs: KINDS.filter((kind) => kind.startsWith('mcpb-')), isOneEnough: true, write: writeServerJson },
]

/** The kinds of files that a channel lacks in a release. */
export function findLacking({ needs, isOneEnough = false }, { files }) {
  const lacking = needs.filter((kind) => !files.some((file) => file.kind === kind))
  return isOneEnough && lacking.length < needs.length ? [] : lacking
}

/** Writes the manifests of the channels for which a release has every file into `folder`, in place of earlier ones. */
export function writeManifests(release, folder) {
  const channels = CHANNELS.filter((channel) => findLacking(channel, release).length === 0)
  for (const { name, write } of channels) {
    rmSync(join(folder, name), { recursive: true, force: true })
    for (const [file, text] of write(release)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
  }
  return channels.map(({ name }) => name)
}
