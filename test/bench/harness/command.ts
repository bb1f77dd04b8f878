import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

export interface CommandOptions {
  /** Where the standard output goes; nowhere unless given. */
  readonly output?: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  readonly timeoutMs?: number
}

/** A command that did not end well. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/**
 * Milliseconds from before a process is made until it has ended. Its output goes to a file, as a script's would, so
 * that it never waits for this process to read it. Throws `CommandFailed` for an exit code other than 0 and when time
 * is up.
 */
export async function timeCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<number> {
  const output = openSync(options.output ?? '/dev/null', 'w')
  try {
    const before = performance.now()
    const child = spawn(command, args, {
      stdio: [options.input === undefined ? 'ignore' : 'pipe', output, 'pipe'],
      env: { ...process.env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: 'SIGKILL' as const }),
    })
    child.stdin?.end(options.input)
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000)
    })
    return await new Promise<number>((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code, signal) => {
        const ms = performance.now() - before
        if (code === 0) resolve(ms)
        else reject(new CommandFailed(`${command} ${args.join(' ')} ended with ${signal ?? code}: ${said.trim()}`))
      })
    })
  } finally {
    closeSync(output)
  }
}

/** The path of a program on the search path, leaving out some folders; null when it is not installed. */
export async function findProgram(name: string, without: readonly string[] = []): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder === '' || without.includes(folder)) continue
    const path = join(folder, name)
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return path
  }
  return null
}
