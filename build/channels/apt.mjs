import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const SUITE = 'stable'
const ARCHS = { 'deb-x64': 'amd64', 'deb-arm64': 'arm64' }

/**
 * A repository of apt with the Debian packages of a release, in `folder`: its lists by `apt-ftparchive`, signed by `gpg` with the
 * key that is named, and the file that `/etc/apt/sources.list.d` gets. Without a key it is not signed, and apt refuses it.
 * @param {import('./release.mjs').Release} release
 * @param {{ from: string, folder: string, url: string, key?: string, env?: NodeJS.ProcessEnv }} options `from`: the folder of the
 *   packages; `url`: where the repository will be; `key`: the fingerprint of a secret key of gpg
 */
export function makeAptRepository(release, { from, folder, url, key, env = process.env }) {
  const run = (program, ...args) => execFileSync(program, args, { cwd: folder, env, encoding: 'utf8' })
  const pool = join(folder, 'pool/main')
  mkdirSync(pool, { recursive: true })
  const files = release.files.filter(({ kind }) => Object.hasOwn(ARCHS, kind))
  for (const { name } of files) copyFileSync(join(from, name), join(pool, basename(name)))
  const archs = files.map(({ kind }) => ARCHS[kind])
  for (const arch of archs) {
    const list = run('apt-ftparchive', '--arch', arch, 'packages', 'pool/main')
    const lists = join(folder, 'dists', SUITE, 'main', `binary-${arch}`)
    mkdirSync(lists, { recursive: true })
    writeFileSync(join(lists, 'Packages'), list)
    writeFileSync(join(lists, 'Packages.gz'), gzipSync(list, { level: 9 }))
  }
  const facts = {
    Origin: release.productName,
    Suite: SUITE,
    Codename: SUITE,
    Components: 'main',
    Architectures: archs.join(' '),
  }
  const options = Object.entries(facts).flatMap(([name, value]) => ['-o', `APT::FTPArchive::Release::${name}=${value}`])
  const suite = join('dists', SUITE)
  writeFileSync(join(folder, suite, 'Release'), run('apt-ftparchive', ...options, 'release', suite))
  const ring = `${release.name}-archive-keyring.asc`
  if (key !== undefined) {
    run('gpg', '--batch', '--yes', '--local-user', key, '--clearsign', '-o', `${suite}/InRelease`, `${suite}/Release`)
    writeFileSync(join(folder, ring), run('gpg', '--batch', '--armor', '--export', key))
  }
  writeFileSync(
    join(folder, `${release.name}.sources`),
    `Types: deb\nURIs: ${url}\nSuites: ${SUITE}\nComponents: main\nSigned-By: /etc/apt/keyrings/${ring}\n`,
  )
}
