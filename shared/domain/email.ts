/**
 * An address for comparing: trimmed, lower case. Null when it is not an address. No guessing about plus tags or dots.
 */
export function emailKey(text: string | null): string | null {
  const plain = (text ?? '').trim().toLowerCase()
  return /^[^\s@]+@[^\s@]+$/u.test(plain) ? plain : null
}

export function emailDomain(text: string | null): string | null {
  const key = emailKey(text)
  return key === null ? null : key.slice(key.lastIndexOf('@') + 1)
}
