/** More claims than any token has; the rest would only slow the lists that show them. */
const MOST = 50
const LONGEST = 2000

const toText = (value: string): string => value.slice(0, LONGEST).toWellFormed()

/**
 * The claims that a federation rule requires, by name, with their values as text, those of other types as JSON: a rule
 * without them would seem to accept more than it does. A claim without a value requires nothing.
 */
export function textClaims(claims: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const pairs = Object.entries(claims)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [toText(name), toText(typeof value === 'string' ? value : JSON.stringify(value))] as const)
  return Object.fromEntries(pairs.slice(0, MOST))
}
