import { wordList } from '../word-list.ts'

/** Letters that do not decompose into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  ß: 'ss',
  þ: 'th',
  ð: 'd',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ı: 'i',
}

/** Longer texts are not names; only their beginning is then compared. */
const MAX_NAME = 200

/**
 * The words of a name for comparing: without accents, case, punctuation and invisible characters. `Doe, Jane` and `JANE
 * DOE` give the same words in another order. An address that is used as a name has none.
 */
export function nameWords(name: string): readonly string[] {
  if (name.includes('@')) return []
  return (
    name
      .slice(0, MAX_NAME)
      // Letters of another style (𝙰) have no lower case of their own; some lower case letters decompose again.
      .normalize('NFKD')
      .toLowerCase()
      .normalize('NFKD')
      .replaceAll(/[øłßþðæœđı]/gu, (letter) => LETTERS[letter] ?? letter)
      .replaceAll(/[\p{M}\p{Default_Ignorable_Code_Point}'’`.]/gu, '')
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '')
  )
}

/**
 * An address without what its owner may add at will: a tag after a plus, and in Gmail the dots, which Google ignores
 * (support.google.com/mail/answer/7436150).
 */
export function addressVariant(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  const [plain = ''] = address.slice(0, at).split('+')
  if (plain === '') return address
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return `${plain}@${domain}`
  return `${plain.replaceAll('.', '') || plain}@gmail.com`
}

/** Parts before the @ that name a task, not a person. */
export const GENERIC_LOCAL_PARTS: ReadonlySet<string> = new Set(
  wordList(`
    admin administrator root info hello contact mail office team support help it billing finance accounts
    accounting invoices legal hr jobs sales marketing press security abuse privacy postmaster webmaster
    hostmaster noreply no-reply ops dev devops engineering api ai openai anthropic bot ci test service user
  `),
)
