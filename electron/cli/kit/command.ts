import { Command as PlainCommand } from 'commander'

import type { Api, Contract } from '../../../shared/contract/contract.ts'

/** An operation of the contract, such as `keys.list`. */
export type OperationName = { [Area in keyof Contract]: `${Area}.${keyof Contract[Area] & string}` }[keyof Contract]

type Call = OperationName | `${OperationName} --${string}`

/** Everything about a command but its arguments and options. */
export interface CommandFacts {
  /** The operations that it calls, some with the option with which it calls them. */
  readonly calls?: Call | readonly Call[]
  /** Command lines for its help, without `castellan` and its own words; its own words alone unless given. */
  readonly example?: string | readonly string[]
  /** True if it concerns the register as a whole, so that it takes no --client. */
  readonly isWhole?: true
  /** True if it prints a secret, or answers on standard output, so that it takes no --quiet. */
  readonly printsOnce?: true
  /** True if it may create a register. All others fail without one, so that a mistyped --profile is an error and never an empty answer. */
  readonly createsRegister?: true
}

/** Throws if the subject of a question does not exist. */
type Find = (api: Api, args: readonly unknown[]) => Promise<unknown>

/** A command of the program. */
export class Command extends PlainCommand {
  declare readonly commands: readonly Command[]
  /** Null for a group, which only has other commands below it. */
  facts: CommandFacts | null = null
  question: { readonly consequences: string; readonly find: Find | undefined } | null = null

  override createCommand(name?: string): Command {
    return new Command(name)
  }

  about(facts: CommandFacts): this {
    this.facts = facts
    return this
  }

  /** Names the consequences of a command that removes something: it asks at a keyboard, and needs --yes elsewhere. */
  asks(consequences: string, find?: Find): this {
    this.question = { consequences, find }
    return this
  }

  /** Adds the JSON keys to its help. */
  prints(fields: readonly { readonly key: string }[]): this {
    return this.addHelpText('after', `\nJSON keys: ${fields.map((field) => field.key).join(', ')}\n`)
  }
}

/** The examples of a command, each beginning with its path; none for a group. */
export function listExamples({ facts }: Command, path: string): readonly string[] {
  if (facts === null) return []
  const { example = '' } = facts
  return [example].flat().map((rest) => `${path} ${rest}`.trimEnd())
}
