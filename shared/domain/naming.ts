/**
 * Key names by a convention such as `{environment}-{team}-{purpose}` (the seed's default). A pattern is literal text with
 * the placeholders `{environment}`, `{team}` and `{purpose}`, each at most once.
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

/** Says whether a pattern can be used, and if not, what is wrong with it. */
export function checkKeyNamePattern(pattern: string): PatternCheck {
  const seen = new Set<string>()
  for (const [whole, word] of pattern.matchAll(PART)) {
    if (!(PLACEHOLDERS as readonly string[]).includes(word ?? '')) {
      return { ok: false, reason: `${whole} is not a part of a key name. Use {environment}, {team} and {purpose}.` }
    }
    if (seen.has(word ?? '')) return { ok: false, reason: `${whole} stands twice. Each part may stand once.` }
    seen.add(word ?? '')
  }
  if (seen.size === 0) {
    return { ok: false, reason: 'The pattern names no part. Use {environment}, {team} or {purpose}.' }
  }
  if (/[{}]/u.test(pattern.replaceAll(PART, ''))) return { ok: false, reason: 'A brace has no partner.' }
  if (/\}\{/u.test(pattern)) return { ok: false, reason: 'Two parts touch. Put a separator, such as -, between them.' }
  return { ok: true }
}

/** Spellings of environments that people use, to the one word that policy and lists use. */
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  prod: 'production',
  production: 'production',
  prd: 'production',
  live: 'production',
  staging: 'staging',
  stage: 'staging',
  stg: 'staging',
  dev: 'development',
  development: 'development',
  test: 'test',
  testing: 'test',
  qa: 'test',
  ci: 'ci',
  research: 'research',
  sandbox: 'sandbox',
}

/** The common word for an environment as written in a name: `prod` → `production`; an unknown word stays, in lower case. */
export function environmentWord(text: string): string {
  const word = text.trim().toLowerCase()
  return ENVIRONMENTS[word] ?? word
}

export function isProduction(environment: string | null): boolean {
  return environment !== null && environmentWord(environment) === 'production'
}

function expression(pattern: string): { readonly regex: RegExp; readonly order: readonly Placeholder[] } {
  const order: Placeholder[] = []
  let source = ''
  let last = 0
  for (const match of pattern.matchAll(PART)) {
    const word = match[1] as Placeholder
    const isFinal = match.index + match[0].length === pattern.length
    // Only the final part may hold separators, so that `prod-web-checkout-worker` has the purpose `checkout-worker`.
    source += RegExp.escape(pattern.slice(last, match.index)) + (isFinal ? '(.+)' : '([^\\s]+?)')
    order.push(word)
    last = match.index + match[0].length
  }
  source += RegExp.escape(pattern.slice(last))
  return { regex: new RegExp(`^${source}$`, 'u'), order }
}

/**
 * Reads a key's name by a pattern; null when it does not follow the pattern.
 *
 * @example parseKeyName('prod-product-backend') // { environment: 'production', team: 'product', purpose: 'backend' }
 */
export function parseKeyName(name: string, pattern: string = DEFAULT_KEY_NAME_PATTERN): KeyNameParts | null {
  const { regex, order } = expression(pattern)
  const match = regex.exec(name.trim())
  if (!match) return null
  const parts: Record<Placeholder, string | null> = { environment: null, team: null, purpose: null }
  order.forEach((word, index) => {
    parts[word] = match[index + 1] ?? null
  })
  if (parts.environment !== null) parts.environment = environmentWord(parts.environment)
  return parts
}

/** Trailing marks of a re-issue: `-v2`, `-2026-01`, `-2026-01-15`, `-202601`, ` (2)`, `-new`, `-rotated`. */
const REISSUE = /(?:[\s_.-]*(?:v\d{1,3}|\d{4}-\d{2}(?:-\d{2})?|20\d{4}(?:\d{2})?|\(\d{1,3}\)|new|rotated|copy))+$/iu

/**
 * What stays of a key's name through rotation, for recognising a successor: lower case, without marks of a re-issue.
 * A name made only of such marks stays whole.
 *
 * @example lineageName('prod-web-api-v2') // 'prod-web-api'
 */
export function lineageName(name: string): string {
  const plain = name.trim().toLowerCase()
  const stem = plain.replace(REISSUE, '')
  return stem === '' ? plain : stem
}
