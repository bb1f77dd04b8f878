import { keyNameParts } from '../naming.ts'

/** A naming convention as regular expressions for linters of other tools. */
export interface NameExpression {
  /**
   * For JavaScript, and for engines with its named groups: PCRE, Java, .NET, Go 1.22 and Rust without the look-ahead.
   */
  readonly ecmascript: string
  readonly python: string
}

/**
 * The regular expression that matches exactly the names that follow a pattern (see `parseKeyName`), without white space
 * around them; each part of the name is a group. A part ends at the first occurrence of the text after it, so that
 * nothing is tried twice and no name can keep a linter busy.
 *
 * @example nameExpression('{environment}-{team}-{purpose}').ecmascript
 * // '^(?<environment>\\S(?:(?!-)\\S)*)-(?<team>\\S(?:(?!-)\\S)*)-(?<purpose>[^\\n\\r\\u2028\\u2029]+)$'
 */
export function nameExpression(pattern: string): NameExpression {
  const { before, parts } = keyNameParts(pattern)
  const write = (group: (word: string) => string): string =>
    `^${quoted(before)}${parts
      .map(({ word, after }, index) => {
        const isLast = index === parts.length - 1
        const value = isLast ? (after === '' ? ANY_LINE : String.raw`\S+`) : shortest(quoted(after))
        return `(${group(word)}${value})${quoted(after)}`
      })
      .join('')}$`
  return { ecmascript: write((word) => `?<${word}>`), python: write((word) => `?P<${word}>`) }
}

const ANY_LINE = String.raw`[^\n\r\u2028\u2029]+`

function shortest(after: string): string {
  return String.raw`\S(?:(?!${after})\S)*`
}

function quoted(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
}
