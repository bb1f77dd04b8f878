import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { projectNode } from '../../project-node.mjs'
import { findReleaseTime } from '../release-time.mjs'

/** The user and group that own nothing (`nobody`). */
const NOBODY = 65_534

/** Two machines that have as little in common as one can pretend. Root builds the second as another user, who owns its tree. */
const MACHINES = [
  {
    place: 'a',
    clone: [],
    umask: '022',
    date: '2026-11-27 12:00:00',
    env: { TZ: 'UTC', LC_ALL: 'C', LANG: 'C' },
  },
  {
    place: 'b/a folder with a much longer name',
    clone: ['--depth', '1'],
    uid: process.getuid?.() === 0 ? NOBODY : undefined,
    umask: '077',
    date: '2027-03-01 23:30:00',
    env: { TZ: 'Asia/Kolkata', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  },
]

/** faketime changes what a program reads from the clock, and leaves the times of files as they are set and stored. */
const CLOCK_ONLY = { NO_FAKE_STAT: '1', FAKE_UTIME: '0' }

/** The files that have to be the same, below the folder of the packages. */
const FILES = [/^linux-unpacked\/resources\/app\.asar$/u, /\.deb$/u, /\.AppImage$/u]

/**
 * Builds and packs the same sources for Linux twice: from a whole clone and a shallow one, in two folders, at two dates, in two
 * locales and time zones, with two umasks, and as root from trees of two owners.
 * Returns, for the archive, the Debian package and the AppImage, the two SHA-256.
 * @param {string} root
 * @param {string} folder an empty one
 * @returns {{ file: string, hashes: string[] }[]}
 */
export function packTwice(root, folder) {
  const made = MACHINES.map((machine) => packOn(machine, root, folder))
  return FILES.map((pattern) => {
    const hashes = made.map((output) => {
      const names = ['linux-unpacked/resources/app.asar', ...readdirSync(output)]
      const name = names.find((each) => pattern.test(each))
      return name === undefined
        ? 'missing'
        : createHash('sha256')
            .update(readFileSync(join(output, name)))
            .digest('hex')
    })
    return {
      file: pattern.source.replaceAll(/[\\^$]/gu, '').replace(/^.*\//u, ''),
      hashes,
    }
  })
}

function packOn({ place, clone, uid, umask, date, env }, root, folder) {
  const tree = join(folder, place, 'castellan')
  const output = join(folder, place, 'packages')
  const home = join(folder, place, 'home')
  for (const each of [output, home]) mkdirSync(each, { recursive: true })
  copySources(root, tree, clone)
  const time = findReleaseTime(tree, {})
  if (uid !== undefined) execFileSync('chown', ['-R', `${uid}:${uid}`, join(folder, place)])
  linkPackages(root, tree, uid)
  const node = projectNode(tree)
  const steps = [
    [join(tree, 'build/bundle.mjs')],
    [
      '--disable-warning=ExperimentalWarning',
      join(tree, 'build/pack/check/pack-stub.mjs'),
      output,
      'linux',
      'x64',
      'deb',
      'AppImage',
    ],
  ]
  for (const step of steps) {
    const words = ['-c', `umask ${umask}; exec faketime -f "@${date}" "$0" "$@"`, node, ...step]
    const { status, stdout, stderr } = spawnSync('sh', words, {
      cwd: tree,
      uid,
      gid: uid,
      encoding: 'utf8',
      maxBuffer: 64 * 2 ** 20,
      env: {
        ...process.env,
        ...env,
        ...CLOCK_ONLY,
        HOME: home,
        SOURCE_DATE_EPOCH: String(time),
        PATH: `${dirname(node)}:${process.env['PATH']}`,
      },
    })
    if (status !== 0) throw new Error(`The build in ${tree} failed: ${stdout.slice(-2000)}${stderr.slice(-2000)}`)
  }
  return join(output, 'dist')
}

/** A clone, and in it the files that git has or would take as they are now. */
function copySources(root, tree, clone) {
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ...clone, `file://${root}`, tree])
  const words = ['-C', root, 'ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const files = execFileSync('git', words, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 }).split('\0')
  for (const file of files.filter((each) => each !== '' && existsSync(join(root, each)))) {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    cpSync(join(root, file), join(tree, file))
  }
  mkdirSync(join(tree, '.cache'), { recursive: true })
}

/** The installed packages by links to the same files, where both folders are on one disk. Their owner stays as it is. */
function linkPackages(root, tree, uid) {
  const linked = spawnSync('cp', ['-al', join(root, 'node_modules'), join(tree, 'node_modules')])
  if (linked.status !== 0) execFileSync('cp', ['-a', join(root, 'node_modules'), join(tree, 'node_modules')])
  if (uid !== undefined) chownSync(join(tree, 'node_modules'), uid, uid)
}
