import { z } from 'zod'

import { localNumber, localPath } from './kind.ts'
import { type Kind, OPERATIONS } from './operations.ts'

/** The body of an operation without the fields that only one register or one machine can use, at any depth. */
export function removeLocalFields(
  kind: Kind,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return removeFrom(OPERATIONS[kind].body, body)
}

function removeFrom(
  { shape }: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, member]) => {
      const schema = shape[field]
      if (member === undefined || (schema !== undefined && isLocal(schema))) return []
      return [[field, schema === undefined ? member : removeWithin(schema, member)]]
    }),
  )
}

function removeWithin(schema: z.core.$ZodType, value: unknown): unknown {
  const within = unwrap(schema)
  return within instanceof z.ZodObject && typeof value === 'object' && value !== null
    ? removeFrom(within, value as Readonly<Record<string, unknown>>)
    : value
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrap(schema.unwrap()) : schema
}

/** A schema of which each field may be left out has them in another optional one. */
function isLocal(schema: z.core.$ZodType): boolean {
  if (schema === localNumber || schema === localPath) return true
  return schema instanceof z.ZodOptional && isLocal(schema.unwrap())
}
