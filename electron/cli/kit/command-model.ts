/** An option as completions and the manual page describe it. */
export interface OptionModel {
  /** With its dashes: `--client`. */
  readonly long: string
  /** As help writes it: `--client <slug>`. */
  readonly flags: string
  readonly description: string
  readonly takesValue: boolean
  readonly choices: readonly string[]
}

export interface CommandModel {
  /** Its words: `connection add`; empty for the program. */
  readonly path: string
  /** Its last word. */
  readonly name: string
  readonly description: string
  /** As help writes them: `<id>`, `[file]`. */
  readonly usage: string
  readonly options: readonly OptionModel[]
  readonly commands: readonly CommandModel[]
  readonly examples: readonly string[]
}

/** A command and all its subcommands, the command first. */
export function listAll(model: CommandModel): readonly CommandModel[] {
  return [model, ...model.commands.flatMap(listAll)]
}
