import { looksSecret } from './secret-look.ts'

/**
 * A last guard for text that leaves the register: if a text contains a complete secret (a key pasted into a name
 * field), only the secret's prefix and its last four characters remain, as consoles show keys. Other text stays as it
 * is.
 */
export function withoutSecrets(text: string): string {
  if (!looksSecret(text)) return text
  const plain = text.replaceAll(INVISIBLE, '')
  const cut = plain.replaceAll(TOKENS, (found) => `${PREFIX.exec(found)?.[0] ?? ''}…${found.slice(-4)}`)
  // Text that still looks like a secret has a form that cannot be cut without guessing.
  return looksSecret(cut) ? '(a secret was left out)' : cut
}

const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

const TOKENS = /(?:sk-|AKIA|AIza|gh[opusr]_|github_pat_|xox[abeprs]-|eyJ)[A-Za-z0-9_.-]{12,}/gu

const PREFIX = /^(?:sk-(?:(?:proj|admin|svcacct|ant-[a-z]+\d*)-)?|AKIA|AIza|gh[opusr]_|github_pat_|xox[abeprs]-|eyJ)/u
