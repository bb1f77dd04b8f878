import { z } from 'zod'

import { localNumber, localPath } from './kind.ts'
import { type Kind, OPERATIONS } from './operations.ts'

/** The body of an operation without the fields that only one register or one machine can use. */
export function removeLocalFields(
  kind: Kind,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { shape } = OPERATIONS[kind].body
  const local = new Set(Object.entries(shape).flatMap(([field, schema]) => (isLocal(schema) ? [field] : [])))
  return Object.fromEntries(Object.entries(body).filter(([field, value]) => !local.has(field) && value !== undefined))
}

/** A schema of which each field may be left out has them in another optional one. */
function isLocal(schema: z.core.$ZodType): boolean {
  if (schema === localNumber || schema === localPath) return true
  return schema instanceof z.ZodOptional && isLocal(schema.unwrap())
}
