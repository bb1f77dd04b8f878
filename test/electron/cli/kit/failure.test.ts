import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'

import { Failed, toFailure, failureText, Misuse } from '../../../../electron/cli/kit/failure.ts'

describe('toFailure', () => {
  it('distinguishes a misuse from a failure', () => {
    expect(toFailure(new Misuse('No.', 'Do this.'))).toEqual({ code: 2, message: 'No.', hint: 'Do this.' })
    expect(toFailure(new Failed('No.'))).toEqual({ code: 1, message: 'No.', hint: null })
  })

  it('uses the hint of the contract', () => {
    const error = new ORPCError('NOT_FOUND', { message: 'There is no client.', data: { hint: 'List the clients.' } })
    expect(toFailure(error)).toEqual({ code: 1, message: 'There is no client.', hint: 'List the clients.' })
  })

  it('reports input that the contract rejects as a misuse, with the field', () => {
    const error = new ORPCError('BAD_REQUEST', {
      message: 'domains, entry 1: Write a domain as example.com.',
    })
    expect(toFailure(error)).toMatchObject({ code: 2, message: 'domains, entry 1: Write a domain as example.com.' })
  })

  it('reports an unexpected error as an internal error', () => {
    const failure = toFailure(new TypeError("Cannot read properties of undefined (reading 'x')"))
    expect(failure.code).toBe(1)
    expect(failure.message).toMatch(/internal error/u)
  })

  it('keeps a provider text from acting on the terminal, and to one line', () => {
    const text = failureText(toFailure(new Error('bad\n\x1b[2Jname')))
    expect(text).toBe('bad ␛[2Jname\n')
  })
})
