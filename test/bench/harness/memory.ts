import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type CommandOptions, timeCommand } from './command.ts'

export interface Spent {
  readonly ms: number
  /** The most memory that the process had, by the operating system’s account. */
  readonly megabytes: number
}

/** As `timeCommand`, by GNU time (Debian package `time`), which waits for the process and reads its account. */
export async function spend(command: string, args: readonly string[], options: CommandOptions = {}): Promise<Spent> {
  const report = join(tmpdir(), `castellan-bench-${process.pid}-${(counter += 1)}`)
  try {
    const ms = await timeCommand('/usr/bin/time', ['-q', '-f', '%M', '-o', report, command, ...args], options)
    return { ms, megabytes: Number(readFileSync(report, 'utf8').trim()) / 1000 }
  } finally {
    rmSync(report, { force: true })
  }
}

let counter = 0
