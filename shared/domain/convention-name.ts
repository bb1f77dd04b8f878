import { environmentInName, environmentWord, isEnvironment, lineageName, parseKeyName } from './naming.ts'

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

/** The proposed name; null where a part of it is unknown, with the words for these parts. */
export interface NameProposal {
  readonly name: string | null
  readonly unknown: readonly string[]
}

/**
 * The name that a key should have by a pattern. A proposal never contains a guessed environment or team, repeats no word of one
 * part in another, and follows the pattern itself.
 *
 * @example proposeConventionName('{environment}-{team}-{purpose}', { name: 'alice notebook', project: 'Claims-Prod', … })
 * // { name: 'prod-claims-alice-notebook', unknown: [] }
 */
export function proposeConventionName(pattern: string, key: NamedThing): NameProposal {
  const environment = key.environment ?? environmentInName(key.name) ?? environmentInName(key.project ?? '')
  const short = SHORT.get(environment ?? '') ?? environment ?? ''
  const team = without([short], isEnvironment(key.team ?? '') ? '' : (key.team ?? ''))
  const ofProject = team === '' ? without([short], key.project ?? '') : team
  const values: Readonly<Record<string, string>> = {
    environment: word(short),
    team: word(ofProject),
    purpose: word(without([short, ...splitWords(ofProject)], key.purpose ?? lineageName(key.name))),
  }
  const unknown: string[] = []
  const name = pattern.replaceAll(/\{([^{}]*)\}/gu, (whole, part: string) => {
    const value = Object.hasOwn(values, part) ? values[part] : ''
    if (value !== undefined && value !== '') return value
    unknown.push(part)
    return whole
  })
  return { name: unknown.length === 0 && parseKeyName(name, pattern) !== null ? name : null, unknown }
}

type EvidenceValue = string | number | null | undefined

/** Proposes a name from the evidence of a finding, in which empty fields are unknown. */
export function proposeName(
  evidence: Readonly<Partial<Record<'pattern' | keyof NamedThing, EvidenceValue>>>,
): NameProposal {
  const text = (value: EvidenceValue): string | null => (value ? String(value) : null)
  return proposeConventionName(text(evidence.pattern) ?? '', {
    name: text(evidence.name) ?? '',
    project: text(evidence.project),
    environment: text(evidence.environment),
    team: text(evidence.team),
    purpose: text(evidence.purpose),
  })
}

function splitWords(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')
}

/** A text without the words that other parts of the name contain already; environments are compared by their common word. */
function without(others: readonly string[], text: string): string {
  const taken = new Set(others.map(environmentWord))
  return splitWords(text)
    .filter((part) => !taken.has(environmentWord(part)))
    .join('-')
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
