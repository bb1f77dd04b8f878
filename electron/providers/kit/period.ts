const WORDS: ReadonlyMap<string, string> = new Map([
  ['daily', 'day'],
  ['weekly', 'week'],
  ['monthly', 'month'],
])

/** The period of a limit in our words; a word that is not known stays as the provider sent it. */
export function periodWord(sent: string): string {
  return WORDS.get(sent) ?? sent
}
