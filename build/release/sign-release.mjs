import { spawnSync } from 'node:child_process'
import { createHash, createPublicKey, sign } from 'node:crypto'
import { createReadStream, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import { DESCRIPTION_FILE, readDescription, SIGNATURE_FILE } from '../../electron/service/updates/description.ts'
import { parseReleaseKey } from '../../electron/service/updates/release-key.ts'
import { packageArch, packageKind } from '../../shared/domain/update/package-kind.ts'

/**
 * Describes the packages of a folder in `castellan-update.json`, signs the description with the release key, and reads
 * both as the program will. Throws where the folder has no package, or one of another version.
 * @param {{ folder: string, version: string, day: string, privateKey: import('node:crypto').KeyObject }} release
 * @returns {Promise<{ names: string[], fingerprint: string }>}
 */
export async function signRelease({ folder, version, day, privateKey }) {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('The release key is not an Ed25519 key.')
  const names = readdirSync(folder)
    .filter((name) => packageKind(name) !== null)
    .toSorted()
  if (names.length === 0) throw new Error(`${folder} has no package. Make them first: npm run dist.`)
  const files = []
  for (const name of names) {
    const path = join(folder, name)
    checkDebianVersion(path, version)
    const arch = packageArch(name)
    if (arch === null)
      throw new Error(`${name} does not name its processor (x64 or arm64). Make it again: npm run dist.`)
    files.push({
      name,
      kind: packageKind(name),
      arch,
      bytes: statSync(path).size,
      sha512: await hashFile(path),
    })
  }
  const text = `${JSON.stringify({ format: 'castellan-update-1', version, day, files }, null, 2)}\n`
  const description = Buffer.from(text)
  const signature = Buffer.from(`${sign(null, description, privateKey).toString('base64')}\n`)
  const key = parseReleaseKey(createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }).toString())
  readDescription({ description, signature }, key)
  writeFileSync(join(folder, DESCRIPTION_FILE), description)
  writeFileSync(join(folder, SIGNATURE_FILE), signature)
  return { names, fingerprint: key.fingerprint }
}

async function hashFile(path) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** A Debian package has its version inside as well; it is compared where Debian's tool is installed. */
function checkDebianVersion(path, version) {
  if (packageKind(path) !== 'deb') return
  const { status, stdout } = spawnSync('dpkg-deb', ['--field', path, 'Version'], { encoding: 'utf8' })
  if (status !== 0) return
  const inside = stdout.trim()
  // Debian writes a pre-release with a tilde, which sorts before the release.
  if (inside.replace('~', '-') !== version) {
    throw new Error(
      `${path} is of the version ${inside} inside, not of ${version}. Make the packages again: npm run dist.`,
    )
  }
}
