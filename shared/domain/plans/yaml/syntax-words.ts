import type { ErrorCode } from 'yaml'

/** What is wrong with the YAML at a place, in words for people, by the parser's code. */
export function syntaxWords(code: ErrorCode): string {
  return WORDS[code] ?? 'the text cannot be read here'
}

const WORDS: Partial<Readonly<Record<ErrorCode, string>>> = {
  BAD_INDENT: 'the line is indented wrongly',
  TAB_AS_INDENT: 'the line is indented with a tab; use spaces',
  DUPLICATE_KEY: 'this field is there already; the names of fields are unique',
  MISSING_CHAR: 'a bracket, quote, colon or comma is missing',
  UNEXPECTED_TOKEN: 'this text does not belong here',
  MULTIPLE_DOCS: 'a second document begins here; a file holds one plan',
  TAG_RESOLVE_FAILED: 'a tag (!) is here; write the value without it',
  BAD_DQ_ESCAPE: 'an escape in quotes is not known',
  BAD_SCALAR_START: 'a text that begins like this is written in quotes',
  KEY_OVER_1024_CHARS: 'the name of the field is too long',
  MULTILINE_IMPLICIT_KEY: 'the name of a field is on one line',
  RESOURCE_EXHAUSTION: 'it is nested too deep',
}
