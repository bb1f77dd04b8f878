import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { UNLOCK_KEYRING } from '../../../build/steps/keychain-session.mjs'

/** How a command ended that ran beside its own Secret Service. */
export interface SessionResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface SessionOptions {
  /** `unlocked` (the default): a login keyring that is open. `none`: the daemon runs but no keyring was ever made. */
  readonly keyring?: 'unlocked' | 'none'
  /**
   * The result of a request to unlock a keyring: no display to ask on (the default), or a dialog that no one answers.
   */
  readonly prompt?: 'refused' | 'hangs'
  /** The whole session is killed after this; 50,000 by default. */
  readonly timeoutMs?: number
}

const TOOLS = ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon', 'bash']

/** Why no Secret Service can be started here, for `test.skipIf`; null when it can. */
export function secretServiceMissing(): string | null {
  if (process.platform !== 'linux') return 'the Secret Service is a Linux service'
  const absent = TOOLS.filter((tool) => spawnSync('which', [tool]).status !== 0)
  return absent.length === 0 ? null : `not installed: ${absent.join(', ')} (apt-get install gnome-keyring dbus)`
}

/**
 * Runs a command in a D-Bus session of its own with a real gnome-keyring: its own home, its own runtime folder, no
 * display and nothing of the caller's environment but PATH, all removed afterwards. `env` is added last, so `HOME`,
 * `DISPLAY` and the like can be set.
 */
export async function withSecretService(
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
  options: SessionOptions = {},
): Promise<SessionResult> {
  const root = mkdtempSync(join(tmpdir(), 'secret-service-'))
  const home = join(root, 'home')
  const runtime = join(root, 'run')
  const data = join(root, 'data')
  for (const folder of [home, runtime, join(data, 'dbus-1', 'services')]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
  const prompter = join(root, 'prompter.sh')
  // Ends when the folder is removed; holds none of the session's pipes open until then.
  const waiting = `exec </dev/null >/dev/null 2>&1; while [ -e ${prompter} ]; do sleep 0.2; done`
  writeFileSync(prompter, `#!/bin/sh\n${options.prompt === 'hangs' ? waiting : 'exit 1'}\n`, { mode: 0o700 })
  writeFileSync(
    join(data, 'dbus-1', 'services', 'org.gnome.keyring.SystemPrompter.service'),
    `[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=${prompter}\n`,
  )
  try {
    return await run(
      'dbus-run-session',
      ['--', 'bash', '-c', START[options.keyring ?? 'unlocked'], 'session', ...command],
      {
        PATH: process.env['PATH'] ?? '/usr/bin:/bin',
        LANG: 'C.UTF-8',
        HOME: home,
        XDG_RUNTIME_DIR: runtime,
        XDG_DATA_HOME: data,
        ...env,
      },
      options.timeoutMs ?? 50_000,
    )
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 3 })
  }
}

const START = {
  unlocked: `${UNLOCK_KEYRING}
    "$@"`,
  none: `"$@"`,
} as const

function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<SessionResult> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that a session that hangs is ended as a whole.
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }, timeoutMs)
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, stdout, stderr })
    })
  })
}

/**
 * The result of a program in a session: its line `RESULT` with JSON. The keyring program prints to the same place,
 * before or after.
 */
export function resultIn<T>(stdout: string): T {
  const line = stdout.split('\n').find((one) => one.startsWith('RESULT ')) ?? ''
  return JSON.parse(line.slice('RESULT '.length)) as T
}
