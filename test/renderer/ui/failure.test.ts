import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'

import { toFailure, Problem } from '../../../renderer/ui/failure.ts'

describe('failures', () => {
  it('a typed error keeps its message, hint and field', () => {
    const error = new ORPCError('INVALID', {
      defined: true,
      message: 'The name is taken.',
      data: { field: 'name', hint: 'Choose another name.' },
    })
    expect(toFailure(error)).toEqual({
      message: 'The name is taken.',
      hint: 'Choose another name.',
      field: 'name',
      fields: { name: 'The name is taken. Choose another name.' },
      canRetry: false,
      typed: true,
    })
  })

  it('a retry is offered when the same call may succeed later', () => {
    expect(toFailure(new ORPCError('KEYCHAIN', { defined: true })).canRetry).toBe(true)
    expect(toFailure(new ORPCError('OFFLINE', { defined: true })).canRetry).toBe(true)
    expect(toFailure(new ORPCError('NOT_FOUND', { defined: true })).canRetry).toBe(false)
    expect(toFailure(new ORPCError('NOT_ALLOWED', { defined: true })).canRetry).toBe(false)
  })

  it('an error outside the contract always has a hint', () => {
    for (const error of [new Error('boom'), new Error(''), 'text', undefined, new ORPCError('INTERNAL_SERVER_ERROR')]) {
      const { message, hint, typed } = toFailure(error)
      expect(message).not.toBe('')
      expect(hint).not.toBeNull()
      expect(typed).toBe(false)
    }
  })

  it('input that the contract refuses has a reason for each field, and no word of the transport', () => {
    const issues = [
      { path: ['name'], message: 'must have at most 120 characters' },
      { path: ['domains', 1], message: 'Write a domain as example.com' },
      { path: ['name'], message: 'is not valid' },
      { path: [], message: 'is not valid' },
    ]
    const error = new ORPCError('BAD_REQUEST', { message: 'name must have at most 120 characters.', data: { issues } })
    expect(toFailure(error)).toMatchObject({
      message: 'name must have at most 120 characters.',
      hint: null,
      fields: { name: 'Must have at most 120 characters', domains: 'Write a domain as example.com' },
      canRetry: false,
    })
  })

  it('an error of the transport is never shown in its own words', () => {
    for (const code of ['INTERNAL_SERVER_ERROR', 'TIMEOUT', 'NOT_IMPLEMENTED'] as const) {
      expect(toFailure(new ORPCError(code)).message).toBe('Something went wrong.')
    }
    const output = new ORPCError('INTERNAL_SERVER_ERROR', { message: 'Output validation failed' })
    expect(toFailure(output).message).toBe('Something went wrong.')
  })

  it('odd data of an error does not fail', () => {
    for (const data of [null, 'x', 3, { hint: 7 }, { hint: '' }, []]) {
      expect(toFailure(new ORPCError('CONFLICT', { defined: true, data })).hint).toBeNull()
    }
  })

  it('a problem of the window keeps its own text', () => {
    expect(toFailure(new Problem('Too large', 'Choose another file.'))).toMatchObject({
      message: 'Too large',
      hint: 'Choose another file.',
    })
  })
})
