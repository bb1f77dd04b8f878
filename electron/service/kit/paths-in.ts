import { z } from 'zod'

import { filePath } from '../../../shared/contract/common.ts'
import { absolutePath } from './paths.ts'

/** Throws `Refusal` INVALID for a path in an input that no file system accepts, whichever operation it is for. */
export function checkPaths(schema: unknown, input: unknown): void {
  if (typeof input !== 'object' || input === null) return
  for (const [field, value] of Object.entries(input)) {
    if (typeof value === 'string' && pathFields(schema).includes(field)) absolutePath(value, field)
  }
}

/** The fields of an input that hold a path, by the schema that it was checked against. */
export function pathFields(schema: unknown): readonly string[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape).flatMap(([field, each]) => (holdsPath(each) ? [field] : []))
}

function holdsPath(schema: unknown): boolean {
  if (schema === filePath) return true
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return holdsPath(schema.unwrap())
  return schema instanceof z.ZodUnion && schema.options.some(holdsPath)
}
