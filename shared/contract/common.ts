import { oc } from '@orpc/contract'
import { z } from 'zod'

import './issue-words.ts'

export { clientRef, connectionRef, day, id, instant, level, madeBy, projectRef, scopeShape } from '../nouns/values.ts'
export type { ClientRef, ConnectionRef } from '../nouns/values.ts'

/** The HTTP status of each code; a typed error is recognized by its code and its status together. */
export const ERROR_STATUS = {
  NOT_FOUND: 404,
  INVALID: 422,
  CONFLICT: 409,
  READ_ONLY: 423,
  KEYCHAIN: 503,
  PROVIDER: 502,
  OFFLINE: 504,
  NOT_ALLOWED: 403,
} as const

/**
 * The base of every operation: the errors that any operation can return. `data.hint` contains what to do about it. An
 * error's message names what is wrong and where; no message holds a secret. `field`: the input field that is wrong.
 */
export const operation = oc.errors({
  NOT_FOUND: {
    status: ERROR_STATUS.NOT_FOUND,
    message: 'Not found.',
    data: z.object({ hint: z.string() }).optional(),
  },
  INVALID: {
    status: ERROR_STATUS.INVALID,
    message: 'The input is not valid.',
    data: z.object({ field: z.string().nullable(), hint: z.string() }).optional(),
  },
  CONFLICT: {
    status: ERROR_STATUS.CONFLICT,
    message: 'It conflicts with the data in the register.',
    data: z.object({ hint: z.string(), field: z.string().nullable().optional() }).optional(),
  },
  READ_ONLY: {
    status: ERROR_STATUS.READ_ONLY,
    message: 'Another process writes to this profile.',
    data: z.object({ holder: z.string(), hint: z.string() }).optional(),
  },
  KEYCHAIN: {
    status: ERROR_STATUS.KEYCHAIN,
    message: 'The keychain did not answer.',
    data: z.object({ hint: z.string() }).optional(),
  },
  PROVIDER: {
    status: ERROR_STATUS.PROVIDER,
    message: 'The provider did not answer as expected.',
    data: z.object({ hint: z.string(), fault: z.string().nullable() }).optional(),
  },
  /** The team's server cannot be used now; what was decided here waits. */
  OFFLINE: {
    status: ERROR_STATUS.OFFLINE,
    message: 'The team’s server does not answer.',
    data: z.object({ hint: z.string() }).optional(),
  },
  /** The operator's role in the team, or the login on its server, does not allow it. */
  NOT_ALLOWED: {
    status: ERROR_STATUS.NOT_ALLOWED,
    message: 'Your role in the team does not allow this.',
    data: z.object({ hint: z.string() }).optional(),
  },
})

/** The texts of the contract that are not looked through for secrets. */
const UNSEARCHED = new WeakSet<object>()

/** True if a text of the contract may hold a secret. Every other one is refused with one, and answered without. */
export function mayBeSecret(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && UNSEARCHED.has(schema)
}

/** A secret as input or output: a credential, a password, a code. */
export function secretText(longest: number, least = 1) {
  const schema = z.string().min(least).max(longest)
  UNSEARCHED.add(schema)
  return schema
}

/** The bytes of a file as text, which hold no words. */
export function fileText(longest: number) {
  return secretText(longest)
}

/** A path on this machine: a file or a folder to read. Code recognizes fields of this kind by this very schema. */
export const filePath = z.string().min(1)

/**
 * The target of a write: in a terminal a path, in a window the handle that a person's answer to the desktop's dialog
 * returned (`desktop.saveTarget`), valid once.
 */
export const writeTarget = z.union([filePath, z.object({ handle: z.string().min(1).max(100) })])
export type WriteTarget = z.infer<typeof writeTarget>

/** A file to write. `force` replaces an existing one; a dialog has asked that already. */
export const fileTargetShape = { path: writeTarget, force: z.boolean().optional() }

/** A written file. `sha256` is in hex. */
export const fileWritten = z.object({
  path: z.string(),
  bytes: z.number().int(),
  rows: z.number().int(),
  sha256: z.string(),
})

/** The largest slice of a list that one call returns. */
export const MAX_SLICE = 500

export const sliceShape = {
  /** Position of the first row; any position costs the same. */
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(0).max(MAX_SLICE).default(100),
}

export const direction = z.enum(['asc', 'desc'])

/** Sort by one of the columns; the first is the list's natural order. */
export function sortBy<const K extends string>(columns: readonly K[]) {
  const by = z.enum(columns)
  return z
    .object({ by: by.default(columns[0] as z.output<typeof by>), direction: direction.default('asc') })
    .prefault({})
}

/** A slice of a list. `total` counts all rows that match; `revision` changes whenever the register does. */
export function readSlice<T extends z.ZodType>(row: T) {
  return z.object({ total: z.number().int(), revision: z.number().int(), rows: z.array(row) })
}

interface ListNoun<Filters extends z.ZodRawShape, Sort extends string> {
  readonly filter: z.ZodObject<Filters>
  readonly sorts: readonly Sort[]
}

/** The input of a list of the rows of a noun: its filters, its order and a slice. */
export function listInput<Filters extends z.ZodRawShape, Sort extends string>({
  filter,
  sorts,
}: ListNoun<Filters, Sort>) {
  return filter.extend({ sort: sortBy(sorts), ...sliceShape })
}

/** The operation that lists the rows of a noun. */
export function defineList<Row extends z.ZodObject, Filters extends z.ZodRawShape, Sort extends string>(
  noun: ListNoun<Filters, Sort> & { readonly row: Row },
) {
  return operation.input(listInput(noun)).output(readSlice(noun.row))
}
