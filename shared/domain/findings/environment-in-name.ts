import { environmentWord } from '../naming.ts'

const KNOWN: ReadonlySet<string> = new Set(['production', 'staging', 'development', 'test'])

/** Longer names are read as far as this: text from a provider may be of any length. */
const READ = 200

/**
 * The environment that a project's name tells, if one of its words is one.
 *
 * @example environmentInName('Triage-Prod') // 'production'
 */
export function environmentInName(name: string): string | null {
  for (const word of name.slice(0, READ).split(/[^\p{L}\p{N}]+/u)) {
    const environment = environmentWord(word)
    if (KNOWN.has(environment)) return environment
  }
  return null
}
