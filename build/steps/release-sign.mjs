import { readFileSync } from 'node:fs'
import { createPrivateKey } from 'node:crypto'
import { join, resolve } from 'node:path'

import { parseReleaseKey } from '../../electron/service/updates/release-key.ts'
import { writeChecksums } from '../pack/checksums.mjs'
import { readPem, readReleaseKey } from '../release/release-key.mjs'
import { signRelease } from '../release/sign-release.mjs'
import { say } from '../say.mjs'

/** The private half of the release key in PEM, or the file with it; it is never part of the tree. */
const SIGNING_KEY_VARIABLE = 'CASTELLAN_RELEASE_SIGNING_KEY'

const root = resolve(import.meta.dirname, '../..')

try {
  await main(process.argv.slice(2))
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

/** Writes SHA256SUMS and the signed feed of the packages in a folder; with `--unsigned` only the former. */
async function main(args) {
  const [folder = join(root, 'dist')] = args.filter((arg) => !arg.startsWith('--'))
  say(`SHA256SUMS has ${writeChecksums(resolve(folder)).length} packages`)
  if (args.includes('--unsigned'))
    return say('the feed of updates was not written: what is installed finds no update to this release')
  const path = process.env[SIGNING_KEY_VARIABLE]
  if (path === undefined || path === '') {
    throw new Error(
      `Name the file with the private half of the release key in ${SIGNING_KEY_VARIABLE}; docs/upgrade.md shows how to make one.`,
    )
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const day = new Date().toISOString().slice(0, 10)
  const privateKey = createPrivateKey(readPem(path))
  const { names, fingerprint } = await signRelease({ folder: resolve(folder), version, day, privateKey })
  const built = readReleaseKey()
  if (built !== null && parseReleaseKey(built).fingerprint !== fingerprint) {
    throw new Error(
      'CASTELLAN_RELEASE_KEY is not the public half of the key that signed: the packages would refuse this release.',
    )
  }
  say(`signed ${names.length} packages of ${version}, ${day}: ${names.join(', ')}`)
  say(`release key ${fingerprint}`)
}
