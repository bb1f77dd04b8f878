import { environmentInName, environmentWord, lineageName } from './naming.ts'

export interface NamedThing {
  readonly name: string
  readonly project: string | null
  readonly environment: string | null
  readonly team: string | null
  readonly purpose: string | null
}

/** Names by a convention use the short words. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['production', 'prod'],
  ['development', 'dev'],
])

/** A longer part of a name is cut: people read and type a proposed name. */
const LONGEST_PART = 40

/**
 * The name that a key should have by a pattern. Unknown parts stay as placeholders to fill in, so that a proposal never
 * contains a guessed environment or team.
 *
 * @example conventionName('{environment}-{team}-{purpose}', { name: 'alice notebook', project: 'Analytics', … })
 * // '{environment}-analytics-alice-notebook'
 */
export function conventionName(pattern: string, key: NamedThing): string {
  const environment = key.environment ?? environmentInName(key.name) ?? environmentInName(key.project ?? '')
  const values: Readonly<Record<string, string>> = {
    environment: word(SHORT.get(environment ?? '') ?? environment),
    team: word(key.team ?? without(environment, key.project ?? '')),
    purpose: word(key.purpose ?? without(environment, lineageName(key.name))),
  }
  return pattern.replaceAll(/\{([^{}]*)\}/gu, (whole, part: string) => {
    const value = Object.hasOwn(values, part) ? values[part] : ''
    return value === undefined || value === '' ? whole : value
  })
}

type Shown = string | number | null | undefined

/** The same from the evidence of a finding, in which empty fields are unknown. */
export function proposeName(evidence: Readonly<Partial<Record<'pattern' | keyof NamedThing, Shown>>>): string {
  const text = (value: Shown): string | null => (value ? String(value) : null)
  return conventionName(text(evidence.pattern) ?? '', {
    name: text(evidence.name) ?? '',
    project: text(evidence.project),
    environment: text(evidence.environment),
    team: text(evidence.team),
    purpose: text(evidence.purpose),
  })
}

/**
 * A text without the words for an environment that the name already contains in its place, unless nothing else remains.
 */
function without(environment: string | null, text: string): string {
  if (environment === null) return text
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')
  const rest = words.filter((part) => environmentWord(part) !== environmentWord(environment))
  return rest.length === 0 ? text : rest.join('-')
}

function word(text: string | null): string {
  return (text ?? '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, LONGEST_PART)
    .replace(/-+$/u, '')
}
