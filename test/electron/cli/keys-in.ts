/** The keys that a help page promises for JSON, in their order; a long list goes on over indented lines. */
export function keysIn(help: string): readonly string[] {
  const [, keys = ''] = /JSON keys: ([^\n]+(?:\n {2}[^\n]+)*)/u.exec(help) ?? []
  return keys.replaceAll(/\s+/gu, ' ').split(', ')
}
