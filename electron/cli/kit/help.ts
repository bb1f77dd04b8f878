import type { Command, Help, Option } from 'commander'

import { EXAMPLES } from './examples.ts'

/** The width of help where the screen has no known width. */
export const HELP_WIDTH = 80

/**
 * The layout of help. A subcommand lists its own options and those of the program, but not those of its parent command,
 * which it does not accept.
 */
export function helpLayout(program: Command, columns: number | null): Partial<Help> {
  const own = (option: Option): boolean => option.long !== '--version'
  return {
    showGlobalOptions: true,
    helpWidth: columns ?? HELP_WIDTH,
    visibleGlobalOptions: (command) =>
      command === program
        ? []
        : program.options.filter((option) => own(option) && !refuses(toPath(command), option.long)),
  }
}

function refuses(path: string, long: string | undefined): boolean {
  return (long === '--client' && isWhole(path)) || (long === '--quiet' && printsOnce(path))
}

/** Commands that print a secret, or answer on standard output. */
const ONCE: ReadonlySet<string> = new Set([
  'remediation run',
  'plan apply',
  'recovery show',
  'team init',
  'team invite',
  'mcp',
])

/** True if a command prints something that is shown only once, so that it takes no --quiet. */
export function printsOnce(path: string): boolean {
  return ONCE.has(path)
}

/** Commands about the register as a whole; they reject --client. */
const WHOLE: ReadonlySet<string> = new Set([
  'client add',
  'person import',
  'recovery show',
  'backup',
  'backup list',
  'restore',
  'salvage',
  'settings set',
  'diagnostics',
  'team init',
  'team invite',
  'team join',
  'team status',
  'team member list',
  'team rotate',
  'team mend',
  'team move',
  'team unheld',
  'team hold',
  'team exchange',
  'team verify',
  'runner',
  'runner install',
  'update check',
  'update feed',
  'update verify',
  'evidence csv',
])

/** True if a command, such as `backup list`, is about the register as a whole and takes no client. */
export function isWhole(path: string): boolean {
  return WHOLE.has(path)
}

/** The words of a command, such as `client add`. */
export function toPath(command: Command): string {
  const { parent } = command
  return parent?.parent ? `${toPath(parent)} ${command.name()}` : command.name()
}

/** The end of a command's help: its examples. */
export function exampleText(command: Command): string {
  const lines = (EXAMPLES[toPath(command)] ?? []).map((line) => `castellan ${line}`)
  if (lines.length < 2) return lines.length === 0 ? '' : `\nExample: ${lines[0] ?? ''}`
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

/** Breaks long lines at a space. Continuation lines are indented. */
export function wrapLines(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .join('\n')
}

function wrapLine(line: string, width: number): readonly string[] {
  // Text to copy stays on one line.
  if (/^(?:Example:|  castellan )/u.test(line)) return [line]
  const cut = line.length > width ? line.lastIndexOf(' ', width) : -1
  if (line.slice(0, Math.max(0, cut)).trim() === '') return [line]
  return [line.slice(0, cut), ...wrapLine(`  ${line.slice(cut + 1)}`, width)]
}
