import { z } from 'zod'

import type { Api } from '../../../shared/contract/contract.ts'
import { readable } from './fence.ts'

/** Rows of one answer. */
export const DEFAULT_ROWS = 50
export const MOST_ROWS = 200

export interface Answer {
  readonly data: unknown
  /** The number of its rows, for the journal. */
  readonly rows: number
}

/** A question that an assistant may ask. `client` is the scope: it never comes from the assistant unchecked. */
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly input: Input
  readonly answer: (api: Api, input: z.output<Input>, client: string | undefined) => Promise<Answer>
}

export const rows = z.number().int().min(1).max(MOST_ROWS).default(DEFAULT_ROWS).describe('How many rows at most')
export const offset = z.number().int().min(0).default(0).describe('Position of the first row')

export function tool<Input extends z.ZodObject>(one: Tool<Input>): Tool {
  // The server has checked the arguments against the shape of the tool.
  return one
}

/** A slice of a list, with how many rows there are in all. */
export function slice(list: readonly unknown[], total: number, from: number): Answer {
  return {
    rows: list.length,
    data: { total, offset: from, more: Math.max(0, total - from - list.length), rows: readable(list) },
  }
}

export function getScope(client: string | undefined): { readonly client?: string } {
  return client === undefined ? {} : { client }
}
