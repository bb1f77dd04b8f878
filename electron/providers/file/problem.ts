import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'
import { plainWords } from '../kit/plain.ts'
import { jsonBreak } from './json-break.ts'
import { jsonPlaces } from './json-places.ts'

export interface Problem {
  readonly path: readonly (string | number)[]
  readonly says: string
}

/** The number of problems that are reported; the rest are counted. */
const TOLD = 5

/** The faults of a file: each problem with its place as `keys[3].name` and, where it can be found, its line. */
export function problemText(fileName: string, text: string, problems: readonly Problem[]): string {
  const first = problems.slice(0, TOLD)
  const lines = parseLines(
    text,
    jsonPlaces(
      text,
      first.map(({ path }) => path),
    ),
  )
  const reported = first.map(({ path, says }, n) => {
    const line = lines[n] ?? null
    return `${getPlace(path)}${line === null ? '' : ` (line ${line})`}: ${says}`
  })
  const least = problems.length >= MOST_PROBLEMS ? 'at least ' : ''
  const more = problems.length > TOLD ? [`and ${least}${problems.length - TOLD} more`] : []
  return `${fileName} cannot be imported; nothing changed. ${[...reported, ...more].join('; ')}.`
}

/** `keys[3].name`. An unknown field is shown only where it is a word and not a secret. */
function getPlace(path: readonly (string | number)[]): string {
  const place = path
    .map((step) =>
      typeof step === 'number' ? `[${step}]` : `.${/^[\w$-]{1,40}$/u.test(step) && !looksSecret(step) ? step : '…'}`,
    )
    .join('')
    .replace(/^\./u, '')
  return place === '' ? 'the file' : place
}

/** The lines of offsets, from 1. */
function parseLines(text: string, offsets: readonly (number | null)[]): (number | null)[] {
  return offsets.map((offset) => {
    if (offset === null) return null
    let line = 1
    for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
    return line
  })
}

/** Where JSON breaks, without the text around it, which may contain anything. */
export function syntaxText(fileName: string, text: string): string {
  const before = text.slice(0, jsonBreak(text) ?? text.length).split('\n')
  return `${fileName} is not JSON; nothing changed. It breaks at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}.`
}

/** The message of a checker, made readable for people. */
export function plainProblem(text: string): string {
  return plainWords(text, '') ?? 'it is not of the right form'
}
