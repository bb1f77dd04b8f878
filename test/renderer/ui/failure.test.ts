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
      canRetry: false,
      typed: true,
    })
  })

  it('a retry is offered when the same call may succeed later', () => {
    expect(toFailure(new ORPCError('KEYCHAIN', { defined: true })).canRetry).toBe(true)
    expect(toFailure(new ORPCError('NOT_FOUND', { defined: true })).canRetry).toBe(false)
  })

  it('an error outside the contract always has a hint', () => {
    for (const error of [new Error('boom'), new Error(''), 'text', undefined, new ORPCError('INTERNAL_SERVER_ERROR')]) {
      const { message, hint, typed } = toFailure(error)
      expect(message).not.toBe('')
      expect(hint).not.toBeNull()
      expect(typed).toBe(false)
    }
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
