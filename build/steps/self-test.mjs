import { spawn, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { say } from '../say.mjs'
import { ensureBuilt } from './built.mjs'
import { hasDisplay, ownDisplay } from './display.mjs'
import { electronEnvironment, findElectron } from './electron-binary.mjs'
import { findInstallations, findOwnInstallation, readPassed } from './installed.mjs'
import { inKeychainSession } from './keychain-session.mjs'
import { findPacked } from './packed.mjs'
import { findCause, findSandboxProblem } from './sandbox.mjs'

const root = resolve(import.meta.dirname, '../..')

/** The self-test ends by itself after three minutes and its clean-up. */
const LIMIT_MS = 240_000

process.exitCode = await main()

/**
 * Ends with 0 when nothing failed, else or when it could not run with 1. `--packed` runs the application that `npm run dist`
 * packed, `--installed` installs each package in `dist` and starts what was installed, `--keychain` gives it a keychain of its own where the system has the programs for one.
 */
async function main() {
  const asked = process.argv.slice(2)
  if (asked.includes('--installed')) return testInstalled(asked.includes('--keychain'))
  const isPacked = asked.includes('--packed')
  const program = isPacked ? findPacked(root) : findElectron(root)
  if (program === null && isPacked)
    return refuse('dist has no packed application for this system', 'pack it by npm run dist')
  if (program === null) return refuse("Electron's binary is missing", 'fetch it by npm run setup -- --retry-electron')
  const isRoot = process.getuid?.() === 0
  const problem = isRoot ? null : findSandboxProblem(program)
  if (problem !== null) return refuse(problem.reason, problem.todo)
  if (!isPacked && !ensureBuilt(root)) return 1
  const display = hasDisplay() ? { env: {}, end: () => undefined } : await ownDisplay()
  try {
    const env = { ...electronEnvironment(), ...display.env }
    if (!hasDisplay(env)) return refuse('there is no display', 'run it in a desktop session, or install Xvfb')
    const form = asked.includes('--json') ? '--self-test=json' : '--self-test'
    const command = [program, ...(isRoot ? ['--no-sandbox'] : []), ...(isPacked ? [] : [root]), form]
    return await (asked.includes('--keychain') ? runWithKeychain(command, env) : run(command, env))
  } finally {
    display.end()
  }
}

function refuse(reason, todo) {
  say(`the self-test did not run, since ${reason}; ${todo}`)
  return 1
}

/** Installs each package of this system as a person does, starts it, and removes it again; what each kept is in `dist/self-test`. */
async function testInstalled(withKeychain) {
  const own = findOwnInstallation()
  if (own !== null)
    return refuse(`${own} is there, and removing the package of the test would remove it`, 'remove it first')
  const work = join(root, 'dist/self-test')
  rmSync(work, { recursive: true, force: true })
  const display = hasDisplay() ? { env: {}, end: () => undefined } : await ownDisplay()
  try {
    const env = { ...electronEnvironment(), ...display.env }
    if (!hasDisplay(env)) return refuse('there is no display', 'run it in a desktop session, or install Xvfb')
    const results = []
    for (const one of findInstallations(join(root, 'dist'), work)) results.push(await testOne(one, env, withKeychain))
    return results.length > 0 && results.every((isPassed) => isPassed) ? 0 : 1
  } finally {
    display.end()
  }
}

async function testOne({ name, file, keep, install, start, remove }, env, withKeychain) {
  if (file === null) {
    say(`${name}: dist has no such package; make it by npm run dist`)
    return false
  }
  const failed = runAll(install)
  if (failed !== null) {
    say(`${name}: not installed, since ${failed} failed`)
    return false
  }
  try {
    // Chromium has no sandbox for root.
    const isRoot = process.getuid?.() === 0
    const command = isRoot ? [start[0], '--no-sandbox', ...start.slice(1)] : start
    // A program that no package installs refuses to start where this system gives it no sandbox, as it has to.
    const cause = isRoot || remove.length > 0 || process.platform !== 'linux' ? null : findCause(start[0])
    const code = await (withKeychain ? runWithKeychain(command, env) : run(command, env))
    const isPassed = readPassed(keep)
    if (cause !== null) {
      const isRefused = isPassed === null && code !== 0
      say(`${name}: ${isRefused ? 'refused to start, as it has to' : 'started, though it has no sandbox'}: ${cause}`)
      return isRefused
    }
    if (isPassed === null)
      say(`${name}: it ended with ${code} and left no report, so it did not start as far as its window`)
    else say(`${name}: the self-test ${isPassed ? 'passed' : 'failed'}`)
    return isPassed === true && code === 0
  } finally {
    const kept = runAll(remove)
    if (kept !== null) say(`${name}: not removed, since ${kept} failed`)
  }
}

/** Runs commands one after the other; returns the first that failed, and null when none did. */
function runAll(commands) {
  for (const [program, ...args] of commands) {
    const { status } = spawnSync(program, args, { stdio: 'inherit', windowsVerbatimArguments: true })
    if (status !== 0) return program
  }
  return null
}

async function runWithKeychain(command, env) {
  const session = inKeychainSession(command)
  try {
    return await run([session.program, ...session.args], { ...env, ...session.env })
  } finally {
    session.end()
  }
}

/** On Windows the program of a window writes into a pipe, and not on the terminal that it was started in. */
function run([command, ...args], env) {
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
    child.stdout.pipe(process.stdout)
    const timer = setTimeout(() => {
      say(`the self-test was ended, since it printed no report within ${LIMIT_MS / 1000} s`)
      child.kill('SIGKILL')
    }, LIMIT_MS)
    const finish = (code) => {
      clearTimeout(timer)
      settle(code === 0 ? 0 : 1)
    }
    child.on('error', (error) => {
      say(`Electron could not be started (${error.message})`)
      finish(1)
    })
    child.on('close', finish)
  })
}
