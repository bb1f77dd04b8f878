import { z } from 'zod'

import { type Filters, type FilterShape, ofOne } from '../../../shared/nouns/filter.ts'
import { type Field, getColumnId } from '../../../shared/nouns/noun.ts'
import { anyOf, type OneOrMany, type Sql, when } from './scope.ts'
import type { Value } from './handles.ts'

/** A name of the contract as a column of a view: `createdAt` is `created_at`. */
function toSnake(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
}

/**
 * The columns of a row: those of a view under the names of its schema, and the given expressions. A nested object is given with its
 * columns as `readRows` names them; optional fields are left to the caller.
 */
export function selectColumns<Shape extends z.ZodRawShape>(
  { shape }: z.ZodObject<Shape>,
  view: string,
  own: { readonly [Key in keyof Shape]?: string },
): string {
  return Object.entries<unknown>(shape)
    .filter(([, field]) => !(field instanceof z.ZodOptional))
    .map(([key]) => {
      const expression = own[key] ?? `${view}.${toSnake(key)}`
      return expression.includes(` AS "${key}.`) ? expression : `${expression} AS "${key}"`
    })
    .join(', ')
}

/** The columns of a view under the names of a shape. */
export function listColumns(view: string, shape: Readonly<Record<string, unknown>>): string {
  return Object.keys(shape)
    .map((name) => `${view}.${toSnake(name)} AS ${name}`)
    .join(', ')
}

/** The values of a filter, where it is given. */
type FilterValues<F extends Filters> = z.input<z.ZodObject<FilterShape<F>>>

/** Conditions of filters, by their names. */
export type FilterConditions<F extends Filters> = {
  readonly [Key in keyof FilterValues<F>]?: (value: NonNullable<FilterValues<F>[Key]>) => Sql
}

/**
 * The conditions of a query by the filters of a noun: those that are given; the others compare the column of a view that has their
 * name. A text that is searched is without spaces around it, and an empty one filters nothing.
 */
export function filterRows<F extends Filters>(
  filters: F,
  view: string,
  query: FilterValues<F>,
  own: FilterConditions<F>,
): readonly (Sql | null)[] {
  const asked = query as Readonly<Record<string, Value | readonly Value[] | undefined>>
  const given = own as Readonly<Record<string, (value: unknown) => Sql>>
  return Object.entries(filters).map(([name, { value: schema }]) => {
    const value = name === 'search' ? asked[name]?.toString().trim() || undefined : asked[name]
    const column = `${view}.${toSnake(name)}${schema === ofOne.value ? '_id' : ''}`
    const condition = given[name] ?? ((values) => anyOf(column, name, values as OneOrMany<Value>))
    return when(value, condition)
  })
}

/** Values in a direction, missing ones last in both. */
export function orderNullsLast(expression: string, direction: string): string {
  return `${expression} IS NULL, ${expression} ${direction}`
}

export interface Sort<By extends string = string> {
  readonly by: By
  readonly direction: 'asc' | 'desc'
}

/** The order of a list: the given one, else by the column of a view that has the field of that id. */
export function orderRows<By extends string>(
  noun: { readonly fields: Readonly<Record<string, Field>>; readonly sorts: readonly By[] },
  view: string,
  own: { readonly [Key in By]?: (direction: string) => string },
  { by, direction }: Sort<NoInfer<By>>,
): string {
  const given = own[by]
  if (given !== undefined) return given(direction)
  const [key = by] = Object.entries(noun.fields).find(([name, field]) => getColumnId(name, field) === by) ?? []
  return orderNullsLast(`${view}.${toSnake(key)}`, direction)
}
