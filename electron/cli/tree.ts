import { capitalize } from '../../shared/domain/capitalize.ts'
import type { Command } from './kit/command.ts'
import type { Act } from './kit/run.ts'
import { VERBS } from './verbs.ts'

/** Adds the options that every command takes. */
export function addGlobalOptions(program: Command): Command {
  return program
    .option('--json', 'print JSON: a list is an array of flat objects')
    .option('--quiet', 'print only errors; the exit code shows the result')
    .option('--client <slug>', 'only this client')
    .option('--profile <dir>', 'the data folder (else CASTELLAN_PROFILE, else the usual place)')
}

/** Defines the verb of a command's name on it, and adds what every command has. */
export async function defineVerb(command: Command, act: Act): Promise<void> {
  const [summary, load] = VERBS[command.name()] ?? []
  ;(await load?.())?.define(command.summary(summary ?? ''), act)
  complete(command)
}

function complete(command: Command): void {
  if (command.question !== null) command.option('--yes', 'do it without being asked')
  if (command.description() === '') command.description(sentence(command.summary()))
  for (const sub of command.commands) complete(sub)
}

/** A summary as a description. */
export function sentence(text: string): string {
  const first = capitalize(text)
  return /[.?!)]$/u.test(first) ? first : `${first}.`
}
