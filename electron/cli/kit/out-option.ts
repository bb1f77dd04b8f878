import { resolve } from 'node:path'

import { counted } from '../../../shared/domain/counted.ts'
import type { Command } from './command.ts'
import { printLines, printObject } from './listing.ts'
import type { Run } from './run.ts'
import { shown } from './text/shown.ts'

export interface OutOptions {
  readonly out?: string
  readonly force?: true | undefined
}

/** Adds `--force` to a command that writes a file. */
export function withForce(command: Command): Command {
  return command.option('--force', 'replace the file if it is there')
}

/** Adds `--out` and `--force` to a command that prints what it could write. */
export function withOut(command: Command): Command {
  return withForce(
    command.option('--out <file>', 'write a file atomically and record it in the audit log; else print it'),
  )
}

/** The file that a command line names, as operations take it. */
export function getTarget(run: Run, file: string, { force }: Pick<OutOptions, 'force'>) {
  return { path: resolve(run.terminal.cwd, file), force: force ?? false }
}

interface WrittenFile {
  readonly path: string
  readonly bytes: number
  readonly rows: number
  readonly sha256: string
}

export async function printWritten(run: Run, written: WrittenFile): Promise<void> {
  if (run.json) return printObject(run.terminal, written)
  const { path, rows, sha256 } = written
  return printLines(run.terminal, [`Wrote ${counted(rows, 'row')} to ${shown(path)} (SHA-256 ${sha256}).`])
}
