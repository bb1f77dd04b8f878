import { z } from 'zod'

import { mayBeSecret } from '../../../shared/contract/common.ts'

const KNOWN = new WeakMap<object, ReadonlySet<string>>()

/** The names of the fields that lead to the texts of a schema that may hold a secret: `administrator.password`. */
export function unsearchedTexts(schema: unknown): ReadonlySet<string> {
  if (!(schema instanceof z.ZodType)) return new Set()
  const known = KNOWN.get(schema) ?? new Set(listUnsearched(schema, '', []))
  KNOWN.set(schema, known)
  return known
}

function* listUnsearched(schema: unknown, path: string, above: readonly unknown[]): Generator<string> {
  if (mayBeSecret(schema)) yield path
  // A tree that contains itself.
  if (above.includes(schema)) return
  const inside = [...above, schema]
  if (schema instanceof z.ZodObject) {
    for (const [name, inner] of Object.entries(schema.shape)) {
      yield* listUnsearched(inner, path === '' ? name : `${path}.${name}`, inside)
    }
  } else if (schema instanceof z.ZodArray) yield* listUnsearched(schema.element, path, inside)
  else if (schema instanceof z.ZodUnion) for (const each of schema.options) yield* listUnsearched(each, path, inside)
  else if (schema instanceof z.ZodLazy) yield* listUnsearched(schema.unwrap(), path, inside)
  else if (schema instanceof z.ZodPipe) yield* listUnsearched(schema.in, path, inside)
  else if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    yield* listUnsearched(schema.unwrap(), path, inside)
  }
}
