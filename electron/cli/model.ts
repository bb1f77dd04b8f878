import { Option } from 'commander'

import { Command, listExamples } from './kit/command.ts'
import type { CommandModel, OptionModel } from './kit/command-model.ts'
import { refuses } from './kit/help.ts'
import { addGlobalOptions, defineVerb } from './tree.ts'
import { VERBS } from './verbs.ts'

const GLOBAL = [...addGlobalOptions(new Command()).options, new Option('--help', 'show help')].map(toModel)

function toModel({ long, flags, description, required, optional, argChoices }: Option): OptionModel {
  return { long: long ?? '', flags, description, takesValue: required || optional, choices: argChoices ?? [] }
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
  const options = [...GLOBAL, toModel(new Option('--version', 'print the version'))]
  return { path: '', name: 'castellan', description: '', usage: '', options, commands, examples: [] }
}

function getModel(command: Command, path: string): CommandModel {
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
    options: [...command.options.map(toModel), ...GLOBAL.filter(({ long }) => !refuses(command, long))],
    commands: command.commands.map((sub) => getModel(sub, `${path} ${sub.name()}`)),
    examples: listExamples(command, path),
  }
}
