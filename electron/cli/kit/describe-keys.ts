import type { Command } from './command.ts'

/** Adds the JSON keys to the help of a command. */
export function describeKeys(command: Command, fields: readonly { readonly key: string }[]): void {
  command.addHelpText('after', `\nJSON keys: ${fields.map((field) => field.key).join(', ')}\n`)
}
