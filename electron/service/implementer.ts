import { mapEventIterator } from '@orpc/client'
import { implement, type ImplementerInternalWithMiddlewares, ORPCError, ValidationError } from '@orpc/server'

import { ERROR_STATUS } from '../../shared/contract/common.ts'
import { issueText } from '../../shared/contract/issue-words.ts'
import { type Contract, contract } from '../../shared/contract/contract.ts'
import { KeychainError } from '../secrets/secret-store.ts'
import { type Context, readerOf } from './context.ts'
import { checkPaths } from './paths-in.ts'
import { checkReach } from './reach.ts'
import { Refusal } from './refusal.ts'

/**
 * Implements the contract. What goes in is validated always; what comes out is typed here and validated in the tests,
 * since checking 50,000 rows again would cost every list its speed.
 */
const implementer = implement(contract, {
  // Between the two below: a refused input becomes a sentence, and reach is judged by what was checked.
  initialInputValidationIndex: -1,
  initialOutputValidationIndex: process.env['CASTELLAN_CHECK_OUTPUT'] === '1' ? 0 : Number.NaN,
})
  .$context<Context>()
  .use(async ({ next }) => {
    try {
      const result = await next()
      if (!isStream(result.output)) return result
      // An error after the first message becomes a typed error too.
      const maps = { value: async (value: unknown) => value, error: async (error: unknown) => typedError(error) }
      return { ...result, output: mapEventIterator(result.output, maps) }
    } catch (error) {
      throw typedError(error)
    }
  })
  .use(({ context, path, procedure, next }, input) => {
    checkPaths(procedure['~orpc'].inputSchema, input)
    const { client } = context
    if (client !== null && context.session().register !== null) {
      checkReach(readerOf(context), client, {
        operation: path.join('.'),
        schema: procedure['~orpc'].inputSchema,
        input,
      })
    }
    return next()
  })

/** The same under a type of its own: written out, the type of the whole contract is too long to declare. */
export const os: ImplementerInternalWithMiddlewares<Contract, Context, Context> = implementer

function isStream(output: unknown): output is AsyncIterator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}

function typedError(error: unknown): unknown {
  if (error instanceof KeychainError) {
    return new ORPCError('KEYCHAIN', {
      status: ERROR_STATUS.KEYCHAIN,
      message: error.message,
      data: { hint: error.hint },
    })
  }
  if (error instanceof ORPCError && error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
    const { issues } = error.cause
    return new ORPCError('BAD_REQUEST', { message: issueText(issues), data: { issues }, cause: error.cause })
  }
  if (!(error instanceof Refusal)) return error
  const data =
    error.code === 'INVALID'
      ? { field: error.about, hint: error.hint }
      : error.code === 'READ_ONLY'
        ? { holder: error.about ?? 'another process', hint: error.hint }
        : { hint: error.hint }
  return new ORPCError(error.code, { status: ERROR_STATUS[error.code], message: error.message, data })
}
