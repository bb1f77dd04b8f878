import { Command, listExamples } from './kit/command.ts'
import type { CommandModel, OptionModel } from './kit/command-model.ts'
import { refuses } from './kit/help.ts'
import { defineVerb } from './tree.ts'
import { VERBS } from './verbs.ts'

const GLOBAL: readonly OptionModel[] = [
  flag('--json', 'print JSON: a list is an array of flat objects'),
  flag('--quiet', 'print nothing but errors'),
  { ...flag('--client <slug>', 'only this client'), takesValue: true },
  { ...flag('--profile <dir>', 'the data folder'), takesValue: true },
  flag('--help', 'show help'),
]

function flag(flags: string, description: string): OptionModel {
  return { long: flags.split(' ')[0] ?? '', flags, description, takesValue: false, choices: [] }
}

/** Every command of the program, read from the program itself. */
export async function commandModel(): Promise<CommandModel> {
  const commands = await Promise.all(
    Object.keys(VERBS).map(async (name) => {
      const command = new Command(name)
      await defineVerb(command, () => undefined)
      return getModel(command, name)
    }),
  )
  const options = [...GLOBAL, flag('--version', 'print the version')]
  return { path: '', name: 'castellan', description: '', usage: '', options, commands, examples: [] }
}

function getModel(command: Command, path: string): CommandModel {
  const own = command.options.map((option) => ({
    long: option.long ?? '',
    flags: option.flags,
    description: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  }))
  return {
    path,
    name: command.name(),
    description: command.description(),
    usage: command.registeredArguments
      .map((argument) => {
        const name = `${argument.name()}${argument.variadic ? '...' : ''}`
        return argument.required ? `<${name}>` : `[${name}]`
      })
      .join(' '),
    options: [...own, ...GLOBAL.filter(({ long }) => !refuses(command, long))],
    commands: command.commands.map((sub) => getModel(sub, `${path} ${sub.name()}`)),
    examples: listExamples(command, path),
  }
}
