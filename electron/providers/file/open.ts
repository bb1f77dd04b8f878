import { open } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'

import type { z } from 'zod'

import { looksSecret } from '../../../shared/domain/import/secret-look.ts'
import { FileRefused, type Access } from '../provider.ts'
import { plainProblem, problemText, syntaxText, type Problem } from './problem.ts'
import { referenceProblems } from './references.ts'
import { fileSchema, usageFileSchema, type FileContent, type FileUsage } from './schema.ts'

const LARGEST = 64 * 1024 * 1024

/** The whole content of a connection's file, checked to the last row. Throws `FileRefused` for anything else. */
export async function openFile({ path }: Access, signal: AbortSignal): Promise<FileContent> {
  const text = await textOf(path, signal)
  return checked(basename(path ?? ''), text, fileSchema, referenceProblems)
}

/** The usage that a file tells, in itself or in its second file; null when it tells none. */
export async function openFileUsage(access: Access, signal: AbortSignal): Promise<readonly FileUsage[] | null> {
  const { usage, usageFile } = await openFile(access, signal)
  if (usageFile === undefined) return usage ?? null
  const path = join(dirname(access.path ?? ''), usageFile)
  return checked(usageFile, await textOf(path, signal), usageFileSchema, () => []).usage
}

async function textOf(path: string | null | undefined, signal: AbortSignal): Promise<string> {
  if (!path || !isAbsolute(path)) throw new FileRefused('The connection names no file. Set its path, from the root on.')
  const name = basename(path)
  let bytes: Uint8Array
  try {
    const file = await open(path, 'r')
    try {
      const facts = await file.stat()
      if (!facts.isFile()) throw new FileRefused(`${name} is not a file.`)
      if (facts.size > LARGEST)
        throw new FileRefused(
          `${name} is larger than ${LARGEST / 1024 / 1024} MB. Write usage into a second file, or fewer days.`,
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
  const secrets = secretProblems(raw)
  if (secrets.length > 0) throw new FileRefused(problemText(name, text, secrets))
  const parsed = schema.safeParse(raw)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      path: path.map((step) => (typeof step === 'symbol' ? '' : step)),
      says: plainProblem(message),
    }))
    throw new FileRefused(problemText(name, text, problems))
  }
  const problems = further(parsed.data)
  if (problems.length > 0) throw new FileRefused(problemText(name, text, problems))
  return parsed.data
}

const SECRET = 'this looks like a whole secret. Leave it out, here and where the file is made'

/** Places that hold what looks like a secret; the secret itself is never told. */
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
