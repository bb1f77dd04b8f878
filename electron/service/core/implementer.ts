import { mapEventIterator } from '@orpc/client'
import { implement, type ImplementerInternalWithMiddlewares, ORPCError, os, ValidationError } from '@orpc/server'
import { z } from 'zod'

import { ERROR_STATUS } from '../../../shared/contract/common.ts'
import type { Contract } from '../../../shared/contract/contract.ts'
import { issueText } from '../../../shared/contract/issue-words.ts'
import { RegisterRefused } from '../../register/db/migrate.ts'
import { SumRefused } from '../../register/usage/exact-sums.ts'
import { KeychainError } from '../../secrets/secret-store.ts'
import { checkScope, type Context, getReader } from './context.ts'
import { asCall } from '../log/profile-log.ts'
import { checkPaths } from '../kit/paths-in.ts'
import { checkTexts } from '../kit/texts-in.ts'
import { cutAnswer } from '../kit/texts-out.ts'
import { type OperationCall, checkReach } from './reach.ts'
import { Refusal } from '../kit/refusal.ts'
import { systemRefusal } from '../kit/system-refusal.ts'

/**
 * Input is always validated; output is typed by the contract and validated in the tests, since checking 50,000 rows again would slow
 * down every list.
 */
const CONFIG = {
  // Between the two below: a refused input becomes a sentence, and the scope is checked on validated input.
  initialInputValidationIndex: -1,
  initialOutputValidationIndex: process.env['CASTELLAN_CHECK_OUTPUT'] === '1' ? 0 : Number.NaN,
}

const base = os.$context<Context>()

const answer = base.middleware(({ context, path, next, procedure }, input: unknown) =>
  asCall(async () => {
    const operation = path.join('.')
    try {
      // Before all else, so that no other error repeats a secret.
      checkTexts(procedure['~orpc'].inputSchema, input)
      const result = await context.lock.watch(operation, async () => next())
      const { outputSchema } = procedure['~orpc']
      if (!isStream(result.output)) return { ...result, output: cutAnswer(outputSchema, result.output) }
      // An error after the first message becomes a typed error too.
      const maps = {
        value: (value: unknown) => context.lock.watch(operation, async () => cutAnswer(null, value)),
        error: async (error: unknown) => cutError(typedError(error)),
      }
      return { ...result, output: mapEventIterator(result.output, maps) }
    } catch (error) {
      const typed = cutError(isUnchecked(procedure['~orpc'].inputSchema, input) ? NOT_READ : typedError(error))
      logFailure(context, operation, typed)
      throw typed
    }
  }),
)

const checkInput = base.middleware(({ context, path, procedure, next }, input: unknown) => {
  checkPaths(procedure['~orpc'].inputSchema, input)
  checkStays(context, { operation: path.join('.'), schema: procedure['~orpc'].inputSchema, input })
  return next()
})

/** Throws `Refusal` CONFLICT unless a call stays within the client of the session, where it is limited to one. */
function checkStays(context: Context, asked: OperationCall): void {
  const { client } = context
  if (client !== null && context.session().register !== null) checkReach(getReader(context), client, asked)
}

/**
 * The answer to what an operation is asked, one by one, for a long answer that is passed on while it is read. The input is checked
 * as that of a call, and an error is that of a call. A client that does not exist is NOT_FOUND.
 */
export function* answerEach<S extends z.ZodType<{ readonly client?: string | undefined }>, T>(
  context: Context,
  asked: { readonly operation: string; readonly schema: S; readonly input: z.input<S> },
  work: (input: z.output<S>) => Iterable<T>,
): Generator<T> {
  const { operation, schema } = asked
  try {
    checkTexts(schema, asked.input)
    const { data, error } = schema.safeParse(asked.input)
    if (error) throw invalidInput(error.issues, error)
    checkPaths(schema, data)
    checkStays(context, { operation, schema, input: data })
    checkScope(context, data)
    for (const one of work(data)) yield cutAnswer(null, one)
  } catch (error) {
    const typed = cutError(typedError(error))
    logFailure(context, operation, typed)
    throw typed
  }
}

/** Implements areas of the contract, so that each is loaded without the contracts of the others. */
export function implementArea<Areas extends Partial<Contract>>(
  areas: Areas,
): ImplementerInternalWithMiddlewares<Areas, Context, Context> {
  // Only the areas that were given are read from it.
  const implementer: unknown = implement<Contract>(areas as Contract, CONFIG)
    .$context<Context>()
    .use(answer)
    .use(checkInput)
  return implementer as ImplementerInternalWithMiddlewares<Areas, Context, Context>
}

/** A refusal is an answer; an unexpected error is a fault. */
function logFailure(context: Context, operation: string, error: unknown): void {
  const { log, mode } = context.session()
  if (!(error instanceof ORPCError)) log.fault('call.fault', error, { operation })
  else if (mode === 'write') log.write('info', 'call.refused', { operation, code: error.code })
}

function isStream(output: unknown): output is AsyncIterator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}

const NOT_READ = new ORPCError('BAD_REQUEST', { message: 'The input holds a value that cannot be read.' })

/** True if the validation of an input fails itself: some values, such as bytes in place of a list, break it. */
function isUnchecked(schema: unknown, input: unknown): boolean {
  try {
    if (schema instanceof z.ZodType) schema.safeParse(input)
    return false
  } catch {
    return true
  }
}

function invalidInput(issues: ValidationError['issues'], cause: Error): unknown {
  return new ORPCError('BAD_REQUEST', { message: issueText(issues), data: { issues }, cause })
}

/** An error whose words hold no secret. */
function cutError(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return error
  const { code, status, message, data, cause } = error
  const own = cutAnswer(null, { message, data: data as unknown })
  return own.message === message && own.data === data ? error : new ORPCError(code as string, { status, ...own, cause })
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
    return invalidInput(error.cause.issues, error.cause)
  }
  if (error instanceof SumRefused || error instanceof RegisterRefused) {
    return new ORPCError('CONFLICT', {
      status: ERROR_STATUS.CONFLICT,
      message: error.message,
      data: { hint: error.hint },
      cause: error,
    })
  }
  const refusal = error instanceof Refusal ? error : systemRefusal(error)
  if (refusal === null) return error
  const data =
    refusal.code === 'INVALID'
      ? { field: refusal.about, hint: refusal.hint }
      : refusal.code === 'READ_ONLY'
        ? { holder: refusal.about ?? 'another process', hint: refusal.hint }
        : refusal.code === 'PROVIDER'
          ? { hint: refusal.hint, fault: refusal.fault }
          : refusal.code === 'CONFLICT' && refusal.about !== null
            ? { hint: refusal.hint, field: refusal.about }
            : { hint: refusal.hint }
  return new ORPCError(refusal.code, { status: ERROR_STATUS[refusal.code], message: refusal.message, data })
}
