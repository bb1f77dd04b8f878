import { open } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'

import { z } from 'zod'

import { FILE_LIMITS, limitText, MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'
import { plainProblem, problemText, syntaxText, type Problem } from './problem.ts'
import { referenceProblems } from './references.ts'
import { fileSchema, usageFileSchema, type FileContent, type FileUsage } from './schema.ts'
import { FileRefused } from '../kit/errors.ts'
import type { Access } from '../kit/calls.ts'

const { providerBytes, providerValues, providerDepth } = FILE_LIMITS

/** The whole content of a connection's file, checked to the last row. Throws `FileRefused` for anything else. */
export async function openFile({ path }: Access, signal: AbortSignal): Promise<FileContent> {
  const text = await toText(path, signal)
  return checked(basename(path ?? ''), text, fileSchema, referenceProblems)
}

/** The usage in a file or in its second file; null when there is none. */
export async function openFileUsage(access: Access, signal: AbortSignal): Promise<readonly FileUsage[] | null> {
  const { usage, usageFile } = await openFile(access, signal)
  if (usageFile === undefined) return usage ?? null
  const path = join(dirname(access.path ?? ''), usageFile)
  return checked(usageFile, await toText(path, signal), usageFileSchema, () => []).usage
}

async function toText(path: string | null | undefined, signal: AbortSignal): Promise<string> {
  if (!path || !isAbsolute(path)) throw new FileRefused('The connection names no file. Set its path, from the root on.')
  const name = basename(path)
  let bytes: Uint8Array
  try {
    const file = await open(path, 'r')
    try {
      const facts = await file.stat()
      if (!facts.isFile()) throw new FileRefused(`${name} is not a file.`)
      if (facts.size > providerBytes)
        throw new FileRefused(
          `${name} is larger than ${limitText(providerBytes)}. Write usage into a second file, or fewer days.`,
        )
      bytes = await file.readFile({ signal })
    } finally {
      await file.close()
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof FileRefused) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new FileRefused(`${name} could not be read (${code}). Check the path of the connection.`, { cause: error })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new FileRefused(`${name} is not UTF-8 text; nothing changed.`, { cause: error })
  }
}

function checked<T extends z.ZodType>(
  name: string,
  text: string,
  schema: T,
  further: (content: z.output<T>) => readonly Problem[],
): z.output<T> {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    // The error itself quotes the text, which may hold a secret.
    throw new FileRefused(syntaxText(name, text))
  }
  const excess = parseExcess(raw)
  if (excess !== null) throw new FileRefused(`${name} ${excess}; nothing changed. Write fewer rows, or fewer days.`)
  const secrets = secretProblems(raw)
  if (secrets.length > 0) throw new FileRefused(problemText(name, text, secrets))
  const rows = rowProblems(schema, raw)
  if (rows.length > 0) throw new FileRefused(problemText(name, text, rows))
  const parsed = schema.safeParse(raw)
  if (!parsed.success) throw new FileRefused(problemText(name, text, toProblems(parsed.error, [])))
  const problems = further(parsed.data)
  if (problems.length > 0) throw new FileRefused(problemText(name, text, problems))
  return parsed.data
}

/** The limit that a file exceeds; null for one that is read. */
function parseExcess(raw: unknown): string | null {
  let values = 0
  const waiting: { readonly value: object; readonly depth: number }[] = []
  const look = (value: unknown, depth: number): void => {
    values += 1
    if (typeof value === 'object' && value !== null) waiting.push({ value, depth })
  }
  look(raw, 1)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.depth > providerDepth) return `has more than ${providerDepth} lists and objects inside one another`
    for (const value of Object.values(next.value)) look(value, next.depth + 1)
    if (values > providerValues) return `has more than ${limitText(providerValues)} values`
  }
  return null
}

/**
 * Problems of the rows of each list, row by row: the check of a whole list collects all problems of millions of rows before it
 * gives the first. Ends after `MOST_PROBLEMS`.
 */
function rowProblems(schema: z.ZodType, raw: unknown): Problem[] {
  const problems: Problem[] = []
  if (!(schema instanceof z.ZodObject) || typeof raw !== 'object' || raw === null) return problems
  for (const [list, values] of Object.entries(raw)) {
    const field: unknown = Object.hasOwn(schema.shape, list) ? schema.shape[list] : undefined
    const array = field instanceof z.ZodOptional ? field.unwrap() : field
    if (!(array instanceof z.ZodArray) || !Array.isArray(values)) continue
    const row = array.element as z.ZodType
    for (const [at, value] of values.entries()) {
      const parsed = row.safeParse(value)
      if (!parsed.success) problems.push(...toProblems(parsed.error, [list, at]))
      if (problems.length >= MOST_PROBLEMS) return problems
    }
  }
  return problems
}

function toProblems({ issues }: z.ZodError, within: Problem['path']): Problem[] {
  return issues.map(({ path, message }) => ({
    path: [...within, ...path.map((step) => (typeof step === 'symbol' ? '' : step))],
    says: plainProblem(message),
  }))
}

const SECRET = 'this looks like a whole secret. Leave it out, here and where the file is made'

/** Places that contain what looks like a secret; the secret itself is never reported. */
function secretProblems(raw: unknown): Problem[] {
  const problems: Problem[] = []
  const waiting: { readonly value: unknown; readonly path: readonly (string | number)[] }[] = [{ value: raw, path: [] }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next
    if (typeof value === 'string') {
      if (looksSecret(value)) problems.push({ path, says: SECRET })
    } else if (Array.isArray(value)) {
      for (let n = value.length - 1; n >= 0; n--) waiting.push({ value: value[n] as unknown, path: [...path, n] })
    } else if (typeof value === 'object' && value !== null) {
      for (const [field, inside] of Object.entries(value).toReversed()) {
        if (looksSecret(field)) problems.push({ path, says: SECRET })
        waiting.push({ value: inside, path: [...path, field] })
      }
    }
  }
  return problems
}
