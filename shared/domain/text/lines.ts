/** The first so many lines of a text, each with its line feed; the whole text where it has no more. */
export function takeLines(text: string, count: number): string {
  let end = 0
  for (let line = 0; line < count; line += 1) {
    const at = text.indexOf('\n', end)
    if (at === -1) return text
    end = at + 1
  }
  return text.slice(0, end)
}
