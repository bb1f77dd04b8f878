import type { Command } from 'commander'

import { capitalize } from '../../shared/domain/capitalize.ts'
import { DESTRUCTIVE } from './kit/confirm.ts'
import type { Act } from './kit/run.ts'
import type { VerbEntry } from './verbs.ts'

/** Defines a verb on the command of its name, and adds what every command has. */
export async function defineVerb(verb: VerbEntry, command: Command, act: Act): Promise<void> {
  ;(await verb.load()).define(command, act)
  complete(command, verb.name)
}

function complete(command: Command, path: string): void {
  if (path in DESTRUCTIVE) command.option('--yes', 'do it without being asked')
  if (command.description() === '') command.description(sentence(command.summary()))
  for (const sub of command.commands) complete(sub, `${path} ${sub.name()}`)
}

/** A summary as a description. */
export function sentence(text: string): string {
  const first = capitalize(text)
  return /[.?!)]$/u.test(first) ? first : `${first}.`
}
