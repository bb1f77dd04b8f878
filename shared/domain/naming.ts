/**
 * Key names by a convention such as `{environment}-{team}-{purpose}` (the default). A pattern is literal text with the
 * placeholders `{environment}`, `{team}` and `{purpose}`, each at most once.
 */
export interface KeyNameParts {
  readonly environment: string | null
  readonly team: string | null
  readonly purpose: string | null
}

export const DEFAULT_KEY_NAME_PATTERN = '{environment}-{team}-{purpose}'

const PLACEHOLDERS = ['environment', 'team', 'purpose'] as const

type Placeholder = (typeof PLACEHOLDERS)[number]

export type PatternCheck = { readonly ok: true } | { readonly ok: false; readonly reason: string }

const PART = /\{([^{}]*)\}/gu

/** Checks whether a pattern can be used, and if not, returns what is wrong with it. */
export function checkKeyNamePattern(pattern: string): PatternCheck {
  const seen = new Set<string>()
  for (const [whole, word] of pattern.matchAll(PART)) {
    if (!(PLACEHOLDERS as readonly string[]).includes(word ?? '')) {
      return { ok: false, reason: `${whole} is not a part of a key name. Use {environment}, {team} and {purpose}.` }
    }
    if (seen.has(word ?? '')) return { ok: false, reason: `${whole} occurs twice. Each part may occur once.` }
    seen.add(word ?? '')
  }
  if (seen.size === 0) {
    return { ok: false, reason: 'The pattern contains no part. Use {environment}, {team} or {purpose}.' }
  }
  if (/[{}]/u.test(pattern.replaceAll(PART, ''))) return { ok: false, reason: 'A brace has no counterpart.' }
  if (/\}\{/u.test(pattern))
    return { ok: false, reason: 'Two parts have no separator between them. Add one, such as -.' }
  return { ok: true }
}

/** Spellings of environments, mapped to the one word that policy and lists use. A Map, since names are hostile text. */
const ENVIRONMENTS: ReadonlyMap<string, string> = new Map([
  ['prod', 'production'],
  ['prd', 'production'],
  ['live', 'production'],
  ['stage', 'staging'],
  ['stg', 'staging'],
  ['dev', 'development'],
  ['testing', 'test'],
  ['qa', 'test'],
])

/**
 * The common word for an environment as written in a name: `prod` → `production`; an unknown word stays, in lower case.
 */
export function environmentWord(text: string): string {
  const word = text.trim().toLowerCase()
  return ENVIRONMENTS.get(word) ?? word
}

export function isProduction(environment: string | null): boolean {
  return environment !== null && environmentWord(environment) === 'production'
}

/** Every spelling of production, in lower case. */
export const PRODUCTION_WORDS: readonly string[] = [
  'production',
  ...[...ENVIRONMENTS].flatMap(([word, common]) => (common === 'production' ? [word] : [])),
]

const KNOWN: ReadonlySet<string> = new Set(['production', 'staging', 'development', 'test'])

/** True if a word is one of the environments that all lists know, in any spelling. */
export function isEnvironment(word: string): boolean {
  return KNOWN.has(environmentWord(word))
}

/** Longer names are read up to this length: text from a provider may be of any length. */
const READ = 200

/**
 * The environment that a name contains, if one of its words is one, with or without a number behind it.
 *
 * @example environmentInName('Triage-Prod') // 'production'
 * @example environmentInName('prod2_worker') // 'production'
 */
export function environmentInName(name: string): string | null {
  for (const word of name.slice(0, READ).split(/[^\p{L}\p{N}]+/u)) {
    const environment = environmentWord(word.replace(/\p{N}+$/u, ''))
    if (KNOWN.has(environment)) return environment
  }
  return null
}

/**
 * The environment that a key serves, by its name and then its project's. A known environment in its place in the
 * pattern takes precedence, then one anywhere in the name; a word that only the pattern makes an environment comes
 * last.
 *
 * @example keyEnvironment({ name: 'prod-backend', project: null }, '{environment}-{team}-{purpose}') // 'production'
 */
export function keyEnvironment(
  key: { readonly name: string; readonly project: string | null },
  pattern: string,
): string | null {
  const placed = parseKeyName(key.name, pattern)?.environment ?? null
  if (placed !== null && KNOWN.has(placed)) return placed
  return environmentInName(key.name) ?? environmentInName(key.project ?? '') ?? placed
}

interface Part {
  readonly word: Placeholder
  /** The literal text up to the next part, or to the end of the pattern. */
  readonly after: string
}

/** A parsed pattern: the text before its first part, and each part with the text after it. */
export function keyNameParts(pattern: string): { readonly before: string; readonly parts: readonly Part[] } {
  const found = [...pattern.matchAll(PART)]
  const parts = found.map((match, index) => ({
    word: match[1] as Placeholder,
    after: pattern.slice(match.index + match[0].length, found[index + 1]?.index ?? pattern.length),
  }))
  return { before: pattern.slice(0, found[0]?.index ?? pattern.length), parts }
}

/**
 * Reads a key's name by a pattern; null when it does not follow the pattern. Each part takes the shortest text that is
 * not empty; only one that ends the pattern may contain white space and separators, so that `prod-web-checkout-worker`
 * has the purpose `checkout-worker`. One pass without a regular expression: a name comes from a provider, may be of any
 * length, and must not be able to keep the reader busy.
 *
 * @example parseKeyName('prod-product-backend') // { environment: 'production', team: 'product', purpose: 'backend' }
 */
export function parseKeyName(name: string, pattern: string = DEFAULT_KEY_NAME_PATTERN): KeyNameParts | null {
  const text = name.trim()
  const { before, parts } = keyNameParts(pattern)
  if (parts.length === 0 || !text.startsWith(before)) return null
  const read: Record<Placeholder, string | null> = { environment: null, team: null, purpose: null }
  let at = before.length
  for (const [index, { word, after }] of parts.entries()) {
    const isLast = index === parts.length - 1
    if (isLast && !text.endsWith(after)) return null
    const end = isLast ? text.length - after.length : text.indexOf(after, at + 1)
    if (end <= at) return null
    const value = text.slice(at, end)
    if ((isLast && after === '' ? /[\n\r\u2028\u2029]/u : /\s/u).test(value)) return null
    read[word] = value
    at = end + after.length
  }
  return read.environment === null ? read : { ...read, environment: environmentWord(read.environment) }
}

/**
 * One mark of a re-issue at the end of a name: `-v2`, `-2026-01`, `-2026-01-15`, `-202601`, `-20260115`, `-new`,
 * `-rotated`, `-copy`, `(2)`. A word needs a separator before it: `photocopy` and `renew` are names.
 */
const MARK = /(?:\(\d{1,3}\)|(?<=[\s_.-])(?:v\d{1,3}|\d{4}-\d{2}(?:-\d{2})?|20\d{4}(?:\d{2})?|new|rotated|copy))$/u

/** The length of the longest mark, with the separator before it. */
const LONGEST_MARK = 12

const SEPARATOR = /[\s_.-]/u

/**
 * The part of a key's name that stays through rotation, for recognizing a successor: lower case, without marks of a
 * re-issue. A name never loses its last word.
 *
 * @example lineageName('prod-web-api-v2') // 'prod-web-api'
 */
export function lineageName(name: string): string {
  let stem = name.trim().toLowerCase()
  for (;;) {
    const mark = MARK.exec(stem.slice(-LONGEST_MARK))
    if (mark === null) return stem
    let end = stem.length - mark[0].length
    while (end > 0 && SEPARATOR.test(stem.charAt(end - 1))) end -= 1
    if (end === 0) return stem
    stem = stem.slice(0, end)
  }
}
