import { findSecrets, type Secret } from './find-secrets.ts'
import { mayHoldSecret } from './signs.ts'
import { TOKEN_SHAPES } from './token-shapes.ts'

/**
 * A text as it may leave the register: of a secret (a key pasted into a name) only the public prefix and the last four characters remain, as
 * consoles show keys. Other text stays as it is. `shown`: new secrets that a person asked to see.
 */
export function withoutSecrets(text: string, shown: readonly string[] = []): string {
  if (!mayHoldSecret(text)) return text
  // Taken out first: the search joins lines, so that the words after a shown secret would count as a part of it.
  const [first, ...others] = shown.filter((each) => each !== '')
  if (first !== undefined) {
    return text
      .split(first)
      .map((part) => withoutSecrets(part, others))
      .join(first)
  }
  let cut = ''
  let from = 0
  for (const secret of findSecrets(text)) {
    cut += text.slice(from, secret.start) + cutForm(secret)
    from = secret.end
  }
  return from === 0 ? text : cut + text.slice(from)
}

/** The shortest secret that may show four characters. */
const LONG = 16

function cutForm({ what, prefix, body }: Secret): string {
  if (body.startsWith('-----BEGIN')) return `(${what} was left out)`
  return `${prefix}…${prefix !== '' && body.length >= LONG ? body.slice(-4) : ''}`
}

/** Prefixes that no word begins with; `sk-` and `key_` begin so many keys that they are among them where a word boundary is before. */
const ROOTS = [...TOKEN_SHAPES.filter(({ mark }) => mark !== 'common').flatMap(({ prefixes }) => prefixes), 'sk-']
  .filter((prefix, _, all) => !all.some((other) => other !== prefix && prefix.startsWith(other)))
  .map((prefix) => prefix.replaceAll('.', String.raw`\.`))

/** The beginning of a token, whole or already shortened by its issuer. */
const BEGUN = new RegExp(
  String.raw`\b(${ROOTS.join('|')}|key_(?=[0-9a-f]{16}))[\w*.…\-]{3,}|\b(eyJ)[\w\-]{8,}[\w.\-]*`,
  'gu',
)

/** A text of a provider without secrets, and without what is left of a token that was shortened by the provider or by a limit on the text. */
export function withoutTokens(text: string): string {
  return withoutSecrets(text).replaceAll(BEGUN, (_, token?: string, signed?: string) => `${token ?? signed ?? ''}…`)
}
