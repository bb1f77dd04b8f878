import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { RELEASE_KEY_VARIABLE } from '../../../electron/service/updates/release-key.ts'

/** The user and group that own nothing (`nobody`). */
const NOBODY = 65_534

/** The programs that the script of the terminal program calls; a Node is none of them. */
const PROGRAMS = ['sh', 'dirname', 'readlink']

const LIMIT_MS = 120_000

/**
 * Finds the faults of a terminal program that runs as an ordinary user with an empty home and no Node on the path: it fills a profile
 * with the sample agency and prints its register.
 * @param {string} program path of `castellan`
 * @param {string} folder an own one for this run, which every user may enter
 */
export function findWrongRun(program, folder) {
  const run = prepareRun(program, folder)
  const sample = run(['sample'])
  if (sample.status !== 0) return [`castellan sample ended with ${sample.status}: ${reason(sample)}`]
  const register = run(['register'])
  if (register.status !== 0) return [`castellan register ended with ${register.status}: ${reason(register)}`]
  return /^\| Person \|/mu.test(register.stdout) ? [] : ['castellan register printed no register']
}

/**
 * Finds the faults of a terminal program that was built without a release key and is given one by a working copy's variable: it
 * has to refuse every update.
 * @param {string} program path of `castellan`
 * @param {string} folder an own one for this run, which every user may enter
 */
export function findForeignKey(program, folder) {
  const run = prepareRun(program, folder)
  const key = join(folder, 'key.pem')
  writeFileSync(key, generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }), { mode: 0o644 })
  const { status, stdout, stderr } = run(['update', 'verify', key], { [RELEASE_KEY_VARIABLE]: key })
  const words = `${stdout}${stderr}`
  if (status === 1 && words.includes('has no release key')) return []
  return [
    `castellan update verify did not refuse a key of ${RELEASE_KEY_VARIABLE}, and ended with ${status}: ${words.trim()}`,
  ]
}

function prepareRun(program, folder) {
  const home = join(folder, 'home')
  const path = join(folder, 'bin')
  for (const each of [home, path]) mkdirSync(each, { recursive: true })
  for (const name of PROGRAMS) symlinkSync(join('/usr/bin', name), join(path, name))
  const isRoot = process.getuid() === 0
  if (isRoot) chownSync(home, NOBODY, NOBODY)
  chmodSync(folder, 0o755)
  return (words, env = {}) =>
    spawnSync(program, words, {
      cwd: '/',
      encoding: 'utf8',
      env: { HOME: home, PATH: path, ...env },
      timeout: LIMIT_MS,
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    })
}

/** Runs a program of the system that checks a file; `isError` picks the lines that count. */
export function findByTool(command, args, isError) {
  const found = spawnSync(command, args, { encoding: 'utf8', timeout: 600_000, maxBuffer: 64 * 2 ** 20 })
  const lines = `${found.stdout ?? ''}${found.stderr ?? ''}`.split('\n').filter((line) => line !== '')
  const errors = lines.filter(isError)
  if (errors.length === 0 && found.status !== 0)
    return [`${command} ended with ${found.status ?? found.error?.message}: ${lines.join(' ')}`]
  return errors
}

function reason({ stderr, error }) {
  return (stderr ?? '').trim() || error?.message
}
