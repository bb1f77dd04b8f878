import type { Command } from 'commander'

/** Shows in a command's help what a person types, one line for each example. */
export function withExample(command: Command, ...lines: readonly string[]): Command {
  const examples = lines.map((line) => `castellan ${line}`)
  return command.addHelpText(
    'after',
    `\n${examples.length === 1 ? `Example: ${examples[0]}` : `Examples:\n${examples.map((line) => `  ${line}`).join('\n')}`}`,
  )
}
