import { visibleText } from './visible-text.ts'
import { withoutSecrets } from './without-secrets.ts'

/** Provider text in the form that every document may contain: visible, well-formed and without secrets. */
export function said(text: string): string {
  return UNUSUAL.test(text) || (text.length >= SECRET_LENGTH && SECRET_HEAD.test(text))
    ? // Invisible characters are written by their names, and a name in a secret would hide it.
      withoutSecrets(visibleText(withoutSecrets(text)))
    : text
}

/** The shortest text that can hold a whole secret. */
const SECRET_LENGTH = 20

/** The beginnings of known secrets, after whatever a text contains before them. */
const SECRET_HEAD = /sk-|AKIA|AIza|gh[opusr]_|github_pat_|xox|eyJ|PRIVATE KEY/

/** Control characters, surrogates, and invisible characters that could hide a secret. */
const UNUSUAL =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00AD\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uD800-\uDFFF\uFDD0-\uFDEF\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF]|\u034F|\u17B4|\u17B5|[\u180B-\u180F]|[\uFE00-\uFE0F]|[\u115F\u1160\u3164\uFFA0\uFFF0-\uFFF8]/

/** The same for a text that may be missing. */
export function saidOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : said(text)
}
