import { LineCounter, parseDocument } from 'yaml'

import { looksSecret } from '../../../shared/domain/import/secret-look.ts'
import { plainWords } from '../plain.ts'
import { jsonBreak } from './json-break.ts'

export interface Problem {
  readonly path: readonly (string | number)[]
  readonly says: string
}

/** Longer files are not gone through a second time to find a line. */
const LONGEST_TO_LOCATE = 8 * 1024 * 1024

/** So many problems are told; the rest are counted. */
const TOLD = 5

/** What is wrong with a file: each problem with its place as `keys[3].name` and, where it can be found, its line. */
export function problemText(fileName: string, text: string, problems: readonly Problem[]): string {
  const locate = locator(text)
  const told = problems.slice(0, TOLD).map(({ path, says }) => {
    const line = locate(path)
    return `${placeOf(path)}${line === null ? '' : ` (line ${line})`}: ${says}`
  })
  const more = problems.length > TOLD ? [`and ${problems.length - TOLD} more`] : []
  return `${fileName} cannot be taken in; nothing changed. ${[...told, ...more].join('; ')}.`
}

/** `keys[3].name`. A field of another's making is shown only where it is a word and no secret. */
function placeOf(path: readonly (string | number)[]): string {
  const place = path
    .map((step) =>
      typeof step === 'number' ? `[${step}]` : `.${/^[\w$-]{1,40}$/u.test(step) && !looksSecret(step) ? step : '…'}`,
    )
    .join('')
    .replace(/^\./u, '')
  return place === '' ? 'the file' : place
}

function locator(text: string): (path: readonly (string | number)[]) => number | null {
  if (text.length > LONGEST_TO_LOCATE) return () => null
  const lines = new LineCounter()
  // JSON is YAML; its reader tells where each value stands.
  const document = parseDocument(text, { lineCounter: lines, strict: false, uniqueKeys: false })
  return (path) => {
    // What is missing has no place: that of what it is missing from is told.
    for (let length = path.length; length > 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true)
      const at = offsetOf(node)
      if (at !== null) return lines.linePos(at).line
    }
    return null
  }
}

function offsetOf(node: unknown): number | null {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null
  const first: unknown = Array.isArray(range) ? range[0] : null
  return typeof first === 'number' ? first : null
}

/** Where JSON breaks, without the text around it, which may hold anything. */
export function syntaxText(fileName: string, text: string): string {
  const before = text.slice(0, jsonBreak(text) ?? text.length).split('\n')
  return `${fileName} is not JSON; nothing changed. It breaks at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}.`
}

/** Words of a checker made fit for people. */
export function plainProblem(text: string): string {
  return plainWords(text, '') ?? 'it is not of the right form'
}
