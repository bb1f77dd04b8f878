import { findSecrets, type Secret } from '../../../shared/domain/secrets/find-secrets.ts'
import { mayHoldSecret } from '../../../shared/domain/secrets/signs.ts'
import { invalid } from './refusal.ts'
import { unsearchedTexts } from './unsearched.ts'

/** Throws `Refusal` INVALID for a text of an input that contains a secret, other than those whose schema may hold one. */
export function checkTexts(schema: unknown, input: unknown): void {
  const unsearched = unsearchedTexts(schema)
  for (const [path, text] of listTexts(input, '')) {
    const secret = unsearched.has(path) || !mayHoldSecret(text) ? undefined : findSecrets(text)[0]
    if (secret !== undefined) throw refused(path, secret)
  }
}

function refused(path: string, { what, isProved }: Secret): Error {
  return invalid(
    path === '' ? null : path,
    `The input${path === '' ? '' : ` “${path}”`} contains ${isProved ? '' : 'what looks like '}${what}.`,
    'Write it without the secret. If it is real, replace it where it was made, since it may have been seen.',
  )
}

/** Deeper than every schema of the contract: what is below is refused by the schema. */
const DEEPEST = 20

/** The texts of a value with the names of the fields that lead to them; those of a list have the name of the list. */
function* listTexts(value: unknown, path: string, depth = 0): Generator<readonly [path: string, text: string]> {
  if (depth > DEEPEST) return
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) for (const each of value) yield* listTexts(each, path, depth + 1)
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const [name, inner] of Object.entries(value)) {
      // Names of a record are texts too.
      yield [path, name]
      yield* listTexts(inner, path === '' ? name : `${path}.${name}`, depth + 1)
    }
  }
}
