import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'

import { toFailure, Problem } from '../../../renderer/ui/failure.ts'

describe('failures', () => {
  it('keeps the message, the hint and the field of a typed error', () => {
    const error = new ORPCError('INVALID', {
      defined: true,
      message: 'The name is taken.',
      data: { field: 'name', hint: 'Choose another name.' },
    })
    expect(toFailure(error)).toEqual({
      message: 'The name is taken.',
      hint: 'Choose another name.',
      field: 'name',
      canRetry: false,
      typed: true,
    })
  })

  it('offers to try again where the same call may succeed later', () => {
    expect(toFailure(new ORPCError('KEYCHAIN', { defined: true })).canRetry).toBe(true)
    expect(toFailure(new ORPCError('NOT_FOUND', { defined: true })).canRetry).toBe(false)
  })

  it('always says what to do about an error that the contract does not name', () => {
    for (const error of [new Error('boom'), new Error(''), 'text', undefined, new ORPCError('INTERNAL_SERVER_ERROR')]) {
      const { message, hint, typed } = toFailure(error)
      expect(message).not.toBe('')
      expect(hint).not.toBeNull()
      expect(typed).toBe(false)
    }
  })

  it('reads odd data of an error without failing', () => {
    for (const data of [null, 'x', 3, { hint: 7 }, { hint: '' }, []]) {
      expect(toFailure(new ORPCError('CONFLICT', { defined: true, data })).hint).toBeNull()
    }
  })

  it('says of a problem of the window only what it says itself', () => {
    expect(toFailure(new Problem('Too large', 'Choose another file.'))).toMatchObject({
      message: 'Too large',
      hint: 'Choose another file.',
    })
  })
})
