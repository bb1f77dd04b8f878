/** The last characters that a provider or Castellan itself shows of a key: `…x9Qa`, `sk-proj-...x9Qa`; empty for none. */
export function keyEnding(hint: string | null): string {
  return /(?:\.{2}|…|\*)([\w-]{3,})$/u.exec(hint ?? '')?.[1] ?? ''
}

/** True if two endings may be of the same key: one is the end of the other. Providers show three to six characters. */
export function isSameEnding(one: string, other: string): boolean {
  return one !== '' && other !== '' && (one.endsWith(other) || other.endsWith(one))
}
