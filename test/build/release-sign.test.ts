import { spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { readReleaseKey } from '../../build/release/release-key.mjs'
import { signRelease } from '../../build/release/sign-release.mjs'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')

function newFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-dist-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const release = { version: '0.2.0', day: '2026-12-01', privateKey }

describe('npm run release:sign', () => {
  it('describes every package of the folder and no other file, signed so that openssl can verify it', async () => {
    const folder = newFolder({
      'Castellan-0.2.0-linux-x86_64.AppImage': 'a',
      'Castellan-0.2.0-linux-arm64.AppImage': 'b',
      'Castellan-0.2.0-win-x64.exe': 'c',
      'latest-linux.yml': 'd',
      'Castellan-0.2.0-win-x64.zip': 'e',
    })
    await signRelease({ ...release, folder })
    const text = readFileSync(join(folder, 'castellan-update.json'))
    const signature = Buffer.from(readFileSync(join(folder, 'castellan-update.json.sig'), 'utf8'), 'base64')
    expect(verify(null, text, publicKey, signature)).toBe(true)
    const hash = (of: string): string => createHash('sha512').update(of).digest('hex')
    expect(JSON.parse(text.toString())).toEqual({
      format: 'castellan-update-1',
      version: '0.2.0',
      day: '2026-12-01',
      files: [
        { name: 'Castellan-0.2.0-linux-arm64.AppImage', kind: 'appimage', arch: 'arm64', bytes: 1, sha512: hash('b') },
        { name: 'Castellan-0.2.0-linux-x86_64.AppImage', kind: 'appimage', arch: 'x64', bytes: 1, sha512: hash('a') },
        { name: 'Castellan-0.2.0-win-x64.exe', kind: 'nsis', arch: 'x64', bytes: 1, sha512: hash('c') },
        { name: 'Castellan-0.2.0-win-x64.zip', kind: 'winzip', arch: 'x64', bytes: 1, sha512: hash('e') },
      ],
    })
  })

  it('refuses a folder without packages, a package of another version, and another kind of key', async () => {
    await expect(signRelease({ ...release, folder: newFolder({}) })).rejects.toThrow('has no package')
    const other = newFolder({ 'Castellan-0.1.0-linux-x86_64.AppImage': 'a' })
    await expect(signRelease({ ...release, folder: other })).rejects.toThrow('differs from the version 0.2.0')
    const unnamed = newFolder({ 'Castellan-0.2.0.AppImage': 'a' })
    await expect(signRelease({ ...release, folder: unnamed })).rejects.toThrow('does not name its processor')
    const rsa = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    await expect(signRelease({ ...release, folder: other, privateKey: rsa })).rejects.toThrow('not an Ed25519 key')
  })

  it.skipIf(spawnSync('dpkg-deb', ['--version']).status !== 0)(
    'refuses a Debian package whose version inside is not the one in its name',
    async () => {
      const folder = newFolder({})
      const tree = join(newFolder({}), 'tree')
      mkdirSync(join(tree, 'DEBIAN'), { recursive: true, mode: 0o755 })
      const control =
        'Package: castellan\nVersion: 0.1.9\nArchitecture: amd64\nMaintainer: A <a@b.invalid>\nDescription: x\n'
      writeFileSync(join(tree, 'DEBIAN/control'), control)
      const built = join(folder, 'castellan_0.2.0_amd64.deb')
      expect(spawnSync('dpkg-deb', ['--build', '-Znone', tree, built]).status).toBe(0)
      await expect(signRelease({ ...release, folder })).rejects.toThrow('is of the version 0.1.9 inside, not of 0.2.0')
    },
  )
})

describe('the release key of a build', () => {
  it('is read from the file that CASTELLAN_RELEASE_KEY names, and is nothing but a public Ed25519 key', () => {
    expect(readReleaseKey({})).toBeNull()
    const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
    const folder = newFolder({
      'a.pub': pem,
      'b.key': privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      'c.pub': 'x',
    })
    expect(readReleaseKey({ CASTELLAN_RELEASE_KEY: join(folder, 'a.pub') })).toBe(pem)
    for (const name of ['b.key', 'c.pub']) {
      expect(() => readReleaseKey({ CASTELLAN_RELEASE_KEY: join(folder, name) })).toThrow('is not the public half')
    }
  })
})
