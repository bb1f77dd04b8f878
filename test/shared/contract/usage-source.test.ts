import { isContractProcedure } from '@orpc/contract'
import { expect, it } from 'vitest'
import { z } from 'zod'

import { contract } from '../../../shared/contract/contract.ts'

interface Operation {
  readonly name: string
  readonly input: unknown
  readonly output: unknown
}

/** A JSON schema of an operation's input or output; for an event iterator, nothing. */
function toSchema(schema: unknown, io: 'input' | 'output'): unknown {
  return schema instanceof z.ZodType ? z.toJSONSchema(schema, { io, unrepresentable: 'any' }) : {}
}

const OPERATIONS: readonly Operation[] = Object.entries(contract).flatMap(([area, own]) =>
  Object.entries(own).flatMap(([name, operation]): Operation[] => {
    if (!isContractProcedure(operation)) return []
    const { inputSchema, outputSchema } = operation['~orpc']
    return [
      { name: `${area}.${name}`, input: toSchema(inputSchema, 'input'), output: toSchema(outputSchema, 'output') },
    ]
  }),
)

/** Names of properties that contain a number, anywhere in a schema. */
function numbersIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const own = Object.entries((schema as { readonly properties?: object }).properties ?? {}).flatMap(([name, of]) =>
    (of as { readonly type?: string }).type === 'integer' ? [name] : [],
  )
  return [...own, ...Object.values(schema).flatMap(numbersIn)]
}

function requiresSource(input: unknown): boolean {
  const { required = [] } = input as { readonly required?: readonly string[] }
  return required.includes('source')
}

/** Sums of usage have a cost, as providers bill it or as internal records report it. */
const holdsUsage = ({ output }: Operation): boolean => numbersIn(output).includes('cost')

/** Usage without a number that the contract names: a document, and the months with any usage. */
const OTHERS = ['reports.preview', 'reports.render', 'reports.export', 'usage.months']

/** Compares the two sources, each under its own name. */
const RECONCILIATION = 'reconciliation.get'

it('the contract has no usage query without exactly one source', () => {
  const questions = OPERATIONS.filter(
    (one) => one.name !== RECONCILIATION && (holdsUsage(one) || OTHERS.includes(one.name)),
  )
  expect(questions.map(({ name }) => name).toSorted()).toEqual([
    'reports.export',
    'reports.preview',
    'reports.render',
    'usage.by',
    'usage.compare',
    'usage.inside',
    'usage.matrix',
    'usage.months',
    'usage.series',
  ])
  expect(questions.filter(({ input }) => !requiresSource(input)).map(({ name }) => name)).toEqual([])
})
