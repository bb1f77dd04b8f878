import { Option } from 'commander'

import type { Command } from './command.ts'
import { Misuse } from './failure.ts'
import type { Run } from './run.ts'

const FORMATS = ['table', 'json', 'md'] as const
type Format = (typeof FORMATS)[number]

export interface FormatOptions {
  readonly format?: Format
}

/** Adds `--format`, and `--md` as its short form. */
export function withFormat(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'how to print it').choices(FORMATS))
    .addOption(new Option('--md', 'the same as --format md').implies({ format: 'md' }))
}

/** The format that a command line asks for. Throws `Misuse` for `--json` together with another format. */
export function readFormat(run: Run, { format }: FormatOptions): Format {
  if (run.json && format !== undefined && format !== 'json') {
    throw new Misuse(`--json and --format ${format} contradict each other.`, 'Give one of them.')
  }
  return format ?? (run.json ? 'json' : 'table')
}
