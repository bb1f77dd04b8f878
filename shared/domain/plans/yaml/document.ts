import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  Lexer,
  type LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
  type ErrorCode,
} from 'yaml'

import { FILE_LIMITS, limitText, MOST_PROBLEMS } from '../../file-limits.ts'

/** A reason why a text cannot be read as YAML, and where. */
export interface YamlProblem {
  readonly says: string
  readonly hint: string
  readonly offset: number
}

export interface YamlRead {
  /** Null if there are problems. */
  readonly contents: Node | null
  /** The first `MOST_PROBLEMS`. */
  readonly problems: readonly YamlProblem[]
  /** Problems beyond those. */
  readonly unlisted: number
}

const CORRECT = 'Correct the text at this place.'
const SHORTEN = 'Keep only what belongs to the plan.'
const TOO_DEEP: YamlProblem = {
  says: 'Invalid YAML: it is nested too deep.',
  hint: CORRECT,
  offset: 0,
}

/**
 * Reads YAML (1.2, core schema) within `FILE_LIMITS`. Aliases, tags and repeated fields are refused: every value is
 * written out. Empty text has no contents.
 */
export function readYaml(text: string, lineCounter: LineCounter): YamlRead {
  const excess = parseExcess(text)
  if (excess !== null) return refused([{ says: excess, hint: SHORTEN, offset: 0 }])
  const document = readDocument(text, lineCounter)
  if (document === null) return refused([TOO_DEEP])
  const problems = [...syntaxProblems(document), ...meaningProblems(document)]
  return problems.length === 0 ? { contents: document.contents, problems, unlisted: 0 } : refused(problems)
}

function refused(problems: readonly YamlProblem[]): YamlRead {
  const listed = problems.slice(0, MOST_PROBLEMS)
  return { contents: null, problems: listed, unlisted: problems.length - listed.length }
}

/** The limit that a text exceeds. Its words are counted before it is parsed. */
function parseExcess(text: string): string | null {
  const { yamlCharacters, yamlWords } = FILE_LIMITS
  if (text.length > yamlCharacters) {
    return `The file has ${limitText(text.length)} characters; at most ${limitText(yamlCharacters)} are read.`
  }
  let words = 0
  for (const _ of new Lexer().lex(text)) {
    words += 1
    if (words > yamlWords) return `The file has more than ${limitText(yamlWords)} words and signs; no more are read.`
  }
  return null
}

/** Null for a text that is nested too deep for the parser, which calls itself for each level. */
function readDocument(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    // The parser's own search for repeated fields compares each with every other.
    const options = {
      lineCounter,
      prettyErrors: false,
      merge: false,
      resolveKnownTags: false,
      uniqueKeys: false,
    } as const
    const document = parseDocument(text, options)
    return document.errors.some(({ message }) => /call stack|stack overflow/iu.test(message)) ? null : document
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function syntaxProblems({ errors, warnings }: Document.Parsed): YamlProblem[] {
  return [...errors, ...warnings].map(({ code, pos }) => ({
    says: `Invalid YAML: ${syntaxWords(code)}.`,
    hint: CORRECT,
    offset: pos[0],
  }))
}

/** The path of a node names each list, group and pair around it. */
const MOST_PATH = FILE_LIMITS.yamlDepth * 2

function meaningProblems(document: Document.Parsed): YamlProblem[] {
  const problems: YamlProblem[] = []
  visit(document, (_key, node, path) => {
    if (path.length > MOST_PATH) problems.push(TOO_DEEP)
    else if (isAlias(node)) {
      problems.push({
        says: 'An alias (*) is not allowed here.',
        hint: 'Write the value out.',
        offset: node.range?.[0] ?? 0,
      })
    } else if (isMap(node)) problems.push(...repeatedFields(node))
    return path.length > MOST_PATH ? visit.BREAK : undefined
  })
  return problems
}

function repeatedFields({ items }: YAMLMap): YamlProblem[] {
  const seen = new Set<unknown>()
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return []
    const isRepeated = seen.has(key.value)
    seen.add(key.value)
    if (!isRepeated) return []
    const says = `Invalid YAML: ${syntaxWords('DUPLICATE_KEY')}.`
    return [{ says, hint: CORRECT, offset: key.range?.[0] ?? 0 }]
  })
}

/** The description of a syntax error, by the parser's code. */
function syntaxWords(code: ErrorCode): string {
  return WORDS[code] ?? 'the text cannot be read here'
}

const WORDS: Partial<Readonly<Record<ErrorCode, string>>> = {
  BAD_INDENT: 'the line is indented wrongly',
  TAB_AS_INDENT: 'the line is indented with a tab; use spaces',
  DUPLICATE_KEY: 'this field occurs twice; the names of fields are unique',
  MISSING_CHAR: 'a bracket, quote, colon or comma is missing',
  UNEXPECTED_TOKEN: 'this text does not belong here',
  MULTIPLE_DOCS: 'a second document begins here; a file contains one plan',
  TAG_RESOLVE_FAILED: 'a tag (!) is here; write the value without it',
  BAD_DQ_ESCAPE: 'an escape in quotes is not known',
  BAD_SCALAR_START: 'a text that begins like this has to be in quotes',
  KEY_OVER_1024_CHARS: 'the name of the field is too long',
  MULTILINE_IMPLICIT_KEY: 'the name of a field has to be on one line',
  RESOURCE_EXHAUSTION: 'it is nested too deep',
}
