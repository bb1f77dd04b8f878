import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { CHANNELS, findLacking, writeManifests } from '../../../build/channels/channels.mjs'
import { CHECKS } from '../../../build/channels/checks.mjs'
import { KINDS, readRelease, type Release } from '../../../build/channels/release.mjs'
import { WINGET } from '../../../build/channels/schemas.mjs'
import { writeStandIns } from '../../../build/channels/stand-in.mjs'

const root = resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'castellan-manifests-'))
const manifests = join(folder, 'manifests')

let release: Release

beforeAll(() => {
  writeStandIns(readRelease(root, folder), folder, { withDebs: false })
  release = readRelease(root, folder)
  writeManifests(release, manifests)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const read = (file: string): string => readFileSync(join(manifests, file), 'utf8')

/** The SHA-256 of every package in the folder, by its name. */
function hashPackages(): ReadonlyMap<string, string> {
  const names = readdirSync(folder).filter((name) => name !== 'manifests')
  return new Map(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  )
}

describe('the manifests of a release', () => {
  it('are written for every channel, and pass the checks that need no other program', () => {
    expect(readdirSync(manifests).toSorted()).toEqual(CHANNELS.map(({ name }) => name).toSorted())
    const checks = CHECKS.filter(({ channel, program }) => channel !== undefined && program === undefined)
    expect(checks.map(({ channel }) => channel)).toEqual(['winget', 'mcp', 'mcp'])
    for (const { run } of checks) run(manifests, release, folder)
  })

  it('name each package with its own hash and an address that ends with its name', () => {
    const hashes = hashPackages()
    expect(hashes.size).toBe(KINDS.length)
    const written = [
      'winget/manifests/c/Castellan/Castellan/0.1.0/Castellan.Castellan.installer.yaml',
      'homebrew/Casks/castellan.rb',
      'flathub/app.castellan.Castellan.yml',
      'aur/PKGBUILD',
      'mcp/server.json',
    ].map((file) => read(file).replaceAll('#{version}', '0.1.0').toLowerCase())
    for (const [name, hash] of hashes) {
      const manifest = written.find((text) => text.includes(hash))
      expect([name, manifest?.includes(`/${encodeURIComponent(name).toLowerCase()}`)]).toEqual([name, true])
    }
  })

  it.skipIf(process.platform === 'win32')('give the shell of Arch Linux the same facts as .SRCINFO has', () => {
    const print =
      'source ./PKGBUILD; printf "%s\\n" "$pkgname" "$pkgver" "$pkgdesc" "${depends[@]}" "${source_aarch64[@]}"'
    const seen = execFileSync('bash', ['-c', print], { cwd: join(manifests, 'aur'), encoding: 'utf8' })
      .trimEnd()
      .split('\n')
    const facts = read('aur/.SRCINFO')
      .split('\n')
      .filter((line) => /^\t?(?:pkgname|pkgver|pkgdesc|depends|source_aarch64) =/u.test(line))
      .map((line) => line.replace(/^.*? = /u, ''))
    expect(facts.toSorted()).toEqual(seen.toSorted())
  })

  it('ask of Flatpak no folder of the person, and of Homebrew and winget the terminal program on the path', () => {
    const { 'finish-args': rights } = parse(read('flathub/app.castellan.Castellan.yml')) as Record<string, string[]>
    expect(rights?.filter((right) => right.startsWith('--filesystem') || right.includes('=session-bus'))).toEqual([])
    expect(read('homebrew/Casks/castellan.rb')).toContain('Castellan.app/Contents/Resources/terminal/castellan"')
    const place = 'winget/manifests/c/Castellan/Castellan/0.1.0/Castellan.Castellan.installer.yaml'
    expect(parse(read(place))).toMatchObject({ Commands: ['castellan'] })
  })
})

describe('a release', () => {
  it('without a package of a channel has no manifest for it, and what is missing is named', () => {
    const some = { ...release, files: release.files.filter(({ kind }) => kind !== 'dmg-x64') }
    const lacking = CHANNELS.map((channel) => [channel.name, findLacking(channel, some)])
    expect(lacking.filter(([, kinds]) => kinds?.length !== 0)).toEqual([['homebrew', ['dmg-x64']]])
    const place = join(folder, 'some')
    expect(writeManifests(some, place)).not.toContain('homebrew')
    rmSync(place, { recursive: true })
  })

  it('whose facts a channel would refuse is refused before anything is written', () => {
    const place = join(folder, 'tree')
    mkdirSync(place)
    for (const file of ['package.json', 'electron-builder.yml']) {
      writeFileSync(join(place, file), readFileSync(join(root, file)))
    }
    expect(readRelease(place, folder)).toEqual(release)
    const builder = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
    writeFileSync(
      join(place, 'electron-builder.yml'),
      builder.replace(/synopsis: .*/u, `synopsis: ${'long '.repeat(20)}words`),
    )
    expect(() => readRelease(place, folder)).toThrow(/synopsis/u)
    rmSync(place, { recursive: true })
  })
})

it('a manifest for winget with a field that its schema does not have is refused', () => {
  const place = 'winget/manifests/c/Castellan/Castellan/0.1.0/Castellan.Castellan.yaml'
  const manifest = parse(read(place)) as object
  expect(WINGET.version.safeParse(manifest).success).toBe(true)
  expect(WINGET.version.safeParse({ ...manifest, Installer: 'x' }).success).toBe(false)
})
