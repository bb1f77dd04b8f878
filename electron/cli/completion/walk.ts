import { listAll, type CommandModel } from '../kit/command-model.ts'

/** The tables for every shell: what can follow, by the words of the command before it. */
export interface Tables {
  /** `connection` → its subcommands. */
  readonly commands: readonly (readonly [path: string, commands: readonly CommandModel[]])[]
  /** `connection add` → its options. */
  readonly options: readonly (readonly [path: string, options: CommandModel['options']])[]
  /** `connection add --provider` → its choices; none where any word may follow. */
  readonly values: readonly (readonly [option: string, choices: readonly string[]])[]
}

export function toTables(program: CommandModel): Tables {
  const all = listAll(program)
  return {
    commands: all.filter(({ commands }) => commands.length > 0).map(({ path, commands }) => [path, commands]),
    options: all.map(({ path, options }) => [path, options]),
    values: all.flatMap(({ path, options }) =>
      options
        .filter(({ takesValue }) => takesValue)
        .map(({ long, choices }) => [`${path} ${long}`.trim(), choices] as const),
    ),
  }
}

/** The first sentence of a description, on one line: a menu has no room for more. */
export function shortenDescription(description: string): string {
  const line = description.replaceAll(/\s+/gu, ' ')
  return line.split(/(?<=\.) |: /u)[0] ?? line
}
