/** Words with a capital first letter, to begin a sentence or a cell: `member of Shop` → `Member of Shop`. */
export function capitalize(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
