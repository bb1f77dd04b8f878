import { capitalize } from '../../shared/domain/capitalize.ts'
import type { Command } from './kit/command.ts'
import type { Act } from './kit/run.ts'
import { VERBS } from './verbs.ts'

/** Defines the verb of a command's name on it, and adds what every command has. */
export async function defineVerb(command: Command, act: Act): Promise<void> {
  const [summary, load] = VERBS[command.name()] ?? []
  ;(await load?.())?.define(command.summary(summary ?? ''), act)
  complete(command)
}

function complete(command: Command): void {
  if (command.facts.asks !== undefined) command.option('--yes', 'do it without being asked')
  if (command.description() === '') command.description(sentence(command.summary()))
  for (const sub of command.commands) complete(sub)
}

/** A summary as a description. */
export function sentence(text: string): string {
  const first = capitalize(text)
  return /[.?!)]$/u.test(first) ? first : `${first}.`
}
