import type { Command as PlainCommand, Help } from 'commander'

import { type Command, listExamples } from './command.ts'

/** The width of help where the screen has no known width. */
export const HELP_WIDTH = 80

/**
 * The layout of help. A subcommand lists its own options and those of the program, but not those of its parent command,
 * which it does not accept.
 */
export function helpLayout(program: Command, columns: number | null): Partial<Help> {
  return {
    showGlobalOptions: true,
    helpWidth: columns ?? HELP_WIDTH,
    visibleGlobalOptions: (command) =>
      command === program
        ? []
        : program.options.filter(({ long }) => long !== '--version' && !refuses(command as Command, long)),
  }
}

/** True if a command does not take an option of the program. */
export function refuses({ facts }: Command, long: string | undefined): boolean {
  return (long === '--client' && facts?.isWhole === true) || (long === '--quiet' && facts?.printsOnce === true)
}

/** The words of a command, such as `client add`. */
export function toPath(command: PlainCommand): string {
  const { parent } = command
  return parent?.parent ? `${toPath(parent)} ${command.name()}` : command.name()
}

/** The end of a command's help: its examples. */
export function exampleText(command: Command): string {
  const lines = listExamples(command, toPath(command)).map((line) => `castellan ${line}`)
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
