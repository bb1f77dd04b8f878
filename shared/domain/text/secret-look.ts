/**
 * Shapes of secrets that people paste into registers by mistake. Redacted values (`sk-proj-…wxyz`, `sk-proj-xxx`) are
 * shorter or broken by dots, stars or an ellipsis, and do not match.
 */
const SECRETS: readonly RegExp[] = [
  /(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{20,}/u,
  /(?<![A-Za-z0-9])AKIA[0-9A-Z]{16}(?![0-9A-Z])/u,
  /(?<![A-Za-z0-9])AIza[0-9A-Za-z_-]{35}/u,
  /(?<![A-Za-z0-9])gh[opusr]_[A-Za-z0-9]{36,}/u,
  /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{30,}/u,
  /(?<![A-Za-z0-9])xox[abeprs]-[A-Za-z0-9-]{20,}/u,
  /(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/u,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/u,
]

/** Invisible characters that would hide a secret from the patterns above. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu

/** Whether a text contains what looks like a complete secret. Such a text must not be stored, shown or logged. */
export function looksSecret(text: string): boolean {
  if (text.length < 20) return false
  const visible = text.replaceAll(INVISIBLE, '')
  return SECRETS.some((shape) => shape.test(visible))
}
