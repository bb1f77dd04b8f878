import { z } from 'zod'

import { flagParam, idParam, manyParam, textParam } from './params.ts'
import { anyOf, day, id } from './values.ts'

/** The option of a filter on a command line: `<state>`, what it does, and the values that it takes where they are known. */
export interface FilterOption {
  readonly placeholder?: string
  readonly help: string
  readonly choices?: readonly string[]
  /** True if it is the number of a row. */
  readonly whole?: true
  /** True if it may be given several times. */
  readonly many?: true
}

/** A filter of a list. Several filters are combined with "and", several values of one with "or". */
export interface Filter<
  Value extends z.ZodType = z.ZodType,
  Param extends z.ZodType | null = z.ZodType | null,
  Name extends string | null = string | null,
> {
  /** As the contract takes it. */
  readonly value: Value
  /** As a search param of the window; null: the window has none. */
  readonly param: Param
  /** The search param, where it is not named as the filter. */
  readonly name: Name
  readonly option?: FilterOption
}
export type Filters = Readonly<Record<string, Filter>>

/** The shape of the filters in the contract. */
export type FilterShape<F extends Filters> = { readonly [K in keyof F]: F[K]['value'] }

/** The shape of the filters in the address of the window. */
export type SearchShape<F extends Filters> = {
  readonly [
    K in keyof F as F[K]['param'] extends null ? never : F[K]['name'] extends string ? F[K]['name'] : K
  ]: Extract<F[K]['param'], z.ZodType>
}

/** Part of a text; `help` names the texts. */
export function search(help?: string) {
  const option = help === undefined ? {} : { option: { placeholder: '<text>', help } }
  return { value: z.string().max(200).optional(), param: textParam, name: 'q' as const, ...option }
}

/** Rows of one thing, by its number. */
export const ofOne = { value: id.optional(), param: idParam, name: null } as const

/** Rows with one of some values. */
export function many<const T extends readonly [string, ...string[]]>(values: T, option?: FilterOption) {
  const value = z.enum(values)
  const choices = values as readonly string[]
  return {
    value: anyOf(value),
    param: manyParam(value),
    name: null,
    ...(option && { option: { ...option, choices, many: true as const } }),
  }
}

/** Rows with one of some texts. */
export function manyTexts(option?: FilterOption) {
  const value = z.string().max(200)
  return {
    value: anyOf(value),
    param: manyParam(value),
    name: null,
    ...(option && { option: { ...option, many: true as const } }),
  }
}

/** Rows with a value. */
export function only<const T extends readonly [string, ...string[]]>(values: T, option?: FilterOption) {
  const value = z.enum(values).optional()
  const choices = values as readonly string[]
  return { value, param: value.catch(undefined), name: null, ...(option && { option: { ...option, choices } }) }
}

/** Rows of which something holds, or does not. */
export function flag(help?: string) {
  return {
    value: z.boolean().optional(),
    param: flagParam,
    name: null,
    ...(help !== undefined && { option: { help } }),
  }
}

/** Rows up to a day, or from one on. */
export const byDay = { value: day.optional(), param: null, name: null } as const

/** A filter that the window has under another name. */
export function named<F extends Filter, const Name extends string>(
  name: Name,
  filter: F,
): Omit<F, 'name'> & { readonly name: Name } {
  return { ...filter, name }
}
