import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'

/**
 * The options of a command line that has one verb and nothing but these options, each at most once: those of `flags` alone, those of
 * `named` with a value. Null for any other.
 */
export function parseWords<Name extends string>(
  argv: readonly string[],
  verb: string,
  { flags, named }: { readonly flags: readonly string[]; readonly named: readonly Name[] },
): { readonly flags: ReadonlySet<string>; readonly values: Partial<Record<Name, string>> } | null {
  if (argv.some(looksSecret)) return null
  const words = [...argv]
  const seen = new Set<string>()
  const values: Partial<Record<Name, string>> = {}
  let isVerb = false
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === verb && !isVerb) isVerb = true
    else if (flags.includes(word)) seen.add(word)
    else {
      const name = named.find((each) => word === `--${each}`)
      const value = words.shift()
      if (name === undefined || value === undefined || value === '' || value.startsWith('-') || name in values)
        return null
      values[name] = value
    }
  }
  return isVerb ? { flags: seen, values } : null
}
