/** Words separated by white space, for lists that would take a line a word. */
export function wordList(text: string): readonly string[] {
  return text.trim().split(/\s+/u)
}
