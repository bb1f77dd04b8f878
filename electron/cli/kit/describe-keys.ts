import type { Command } from 'commander'

/** Says in a verb's help which keys its JSON has. */
export function describeKeys(command: Command, fields: readonly { readonly key: string }[]): void {
  command.addHelpText('after', `\nJSON keys: ${fields.map((field) => field.key).join(', ')}\n`)
}
