import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A release as its publisher makes it, written here without the product's code. */
export interface Release {
  readonly folder: string
  readonly file: string
  readonly path: string
  readonly bytes: Buffer
}

export interface ReleaseKeys {
  readonly privateKey: KeyObject
  /** The file that `CASTELLAN_RELEASE_KEY` names. */
  readonly publicPath: string
}

export function newReleaseKeys(): ReleaseKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const publicPath = join(mkdtempSync(join(tmpdir(), 'castellan-keys-')), 'release.pub')
  writeFileSync(publicPath, publicKey.export({ format: 'pem', type: 'spki' }))
  return { privateKey, publicPath }
}

interface Parts {
  /** Where its folder is made. */
  readonly under?: string

  readonly version?: string
  /** The version in the name of the package. */
  readonly named?: string
  readonly bytes?: Buffer
  readonly more?: Readonly<Record<string, unknown>>
}

/** The package of a Linux machine with this processor, its description, and the signature of the key. */
export function publishRelease({ privateKey }: ReleaseKeys, parts: Parts = {}): Release {
  const { version = '0.2.0', named = version, bytes = randomBytes(300_000), more = {}, under = tmpdir() } = parts
  const folder = mkdtempSync(join(under, 'castellan-release-'))
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64'
  const file = `Castellan-${named}-linux-${arch}.AppImage`
  const path = join(folder, file)
  writeFileSync(path, bytes)
  const sha512 = createHash('sha512').update(bytes).digest('hex')
  const description = JSON.stringify({
    format: 'castellan-update-1',
    version,
    day: '2026-12-01',
    files: [{ name: file, kind: 'appimage', arch, bytes: bytes.length, sha512 }],
    ...more,
  })
  writeFileSync(join(folder, 'castellan-update.json'), description)
  writeFileSync(
    join(folder, 'castellan-update.json.sig'),
    sign(null, Buffer.from(description), privateKey).toString('base64'),
  )
  return { folder, file, path, bytes }
}
