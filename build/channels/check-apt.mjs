import { createHash } from 'node:crypto'
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { makeAptRepository } from './apt.mjs'
import { findFile } from './release.mjs'

/** Owns nothing: apt is tried as an ordinary user, in folders of its own. */
const NOBODY = 65_534

/**
 * Makes a repository with a new key and uses it as a person does: `apt-get update` from its address with that key alone, and
 * `apt-get download`. Then with another key and with changed lists, which apt has to refuse. Nothing of the system is touched.
 * Throws with what apt wrote when one of these ends otherwise.
 * @param {import('./release.mjs').Release} release
 * @param {string} from the folder of its packages
 */
export function checkApt(release, from) {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-apt-'))
  const isRoot = process.getuid() === 0
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const env = { PATH: process.env['PATH'], HOME: folder, GNUPGHOME: join(folder, 'gpg'), LC_ALL: 'C' }
  try {
    mkdirSync(env.GNUPGHOME, { mode: 0o700 })
    const [own, other] = [makeKey('castellan', env), makeKey('other', env)]
    const repository = join(folder, 'repository')
    mkdirSync(repository)
    makeAptRepository(release, { from, folder: repository, url: `file:${repository}`, key: own, env })
    const changed = join(folder, 'changed')
    cpSync(repository, changed, { recursive: true })
    appendFileSync(join(changed, 'dists/stable/main/binary-amd64/Packages'), '\n')
    rmSync(join(changed, 'dists/stable/main/binary-amd64/Packages.gz'))
    const keys = { own: exportKey(own, env, folder), other: exportKey(other, env, folder) }
    if (isRoot) chownSync(folder, NOBODY, NOBODY)
    execFileSync('chmod', ['-R', 'go+rX', repository, changed, keys.own, keys.other])
    execFileSync('chmod', ['755', folder])
    const apt = (name, at, key) => {
      const options = layOut(join(folder, name), at, key)
      if (isRoot) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, join(folder, name)])
      return (...args) =>
        spawnSync('apt-get', [...options, ...args], { ...user, env, cwd: join(folder, name), encoding: 'utf8' })
    }
    const good = apt('good', repository, keys.own)
    expectEnd(good('update'), 0, 'apt-get update')
    expectEnd(good('download', release.name), 0, 'apt-get download')
    const { name, sha256 } = findFile(release, 'deb-x64')
    const got = createHash('sha256')
      .update(readFileSync(join(folder, 'good', name)))
      .digest('hex')
    if (got !== sha256) throw new Error(`apt-get download wrote another ${name} than the release has.`)
    expectEnd(
      apt('other-key', repository, keys.other)('update'),
      100,
      'apt-get update with another key',
      /NO_PUBKEY|not signed|Missing key/u,
    )
    expectEnd(
      apt('changed-lists', changed, keys.own)('update'),
      100,
      'apt-get update of changed lists',
      /unexpected size|Hash Sum mismatch/u,
    )
  } finally {
    spawnSync('gpgconf', ['--kill', 'all'], { env })
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The fingerprint of a new key without a password. */
function makeKey(name, env) {
  const made = execFileSync(
    'gpg',
    [
      '--batch',
      '--status-fd',
      '1',
      '--passphrase',
      '',
      '--quick-generate-key',
      `${name}@castellan.invalid`,
      'ed25519',
      'sign',
      '1d',
    ],
    { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  )
  return /KEY_CREATED P (?<key>[0-9A-F]{40})/u.exec(made).groups.key
}

function exportKey(key, env, folder) {
  const path = join(folder, `${key}.asc`)
  writeFileSync(path, execFileSync('gpg', ['--batch', '--armor', '--export', key], { env }))
  return path
}

/** Folders of apt below `root`, with the repository as its only source; returns the options that make apt use them alone. */
function layOut(root, repository, key) {
  for (const part of ['etc/sources.list.d', 'state/lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(root, part), { recursive: true })
  }
  writeFileSync(join(root, 'state/status'), '')
  writeFileSync(
    join(root, 'etc/sources.list.d/castellan.sources'),
    `Types: deb\nURIs: file:${repository}\nSuites: stable\nComponents: main\nSigned-By: ${key}\n`,
  )
  const settings = {
    'Dir::Etc': join(root, 'etc'),
    'Dir::State': join(root, 'state'),
    'Dir::State::status': join(root, 'state/status'),
    'Dir::Cache': join(root, 'cache'),
    'APT::Architecture': 'amd64',
    'APT::Architectures::': 'amd64',
    'APT::Update::Error-Mode': 'any',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
}

function expectEnd({ status, stdout, stderr }, code, what, words = /(?:)/u) {
  if (status === code && words.test(stderr)) return
  throw new Error(`${what} ended with ${status}, expected ${code}:\n${stdout}${stderr}`)
}
