import { createHash } from 'node:crypto'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createUid, createUidOf, isUidOf } from '../../../electron/register/db/uid.ts'
import { bindUid, isBoundUid } from '../../../shared/team/bound-uid.ts'

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest()
const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 })

describe('a uid that is bound to a client', () => {
  it('is a UUIDv7 of its instant, belongs to that client and to no other', () => {
    fc.assert(
      fc.property(instant, fc.uuid(), fc.uuid(), (at, client, other) => {
        const uid = createUidOf(client, at)
        expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u)
        expect(Number.parseInt(uid.slice(0, 13).replace('-', ''), 16)).toBe(at)
        expect([isUidOf(client, uid), isUidOf(other, uid)]).toEqual([true, client === other])
      }),
    )
  })

  it('is never the same twice, and an older one belongs to no client', () => {
    const many = Array.from({ length: 5000 }, () => createUidOf('client', 7))
    expect(new Set(many).size).toBe(many.length)
    expect(isUidOf('client', createUid(7))).toBe(false)
  })

  it('has the same last digits in every version', () => {
    const uid = bindUid('01890000-0000-7000-8000-000000000000', '01890000-0000-7000-8000-00000000aaaa', sha256)
    expect(uid).toBe('01890000-0000-7000-8000-0000a2e8e496')
    expect(isBoundUid(uid, '01890000-0000-7000-8000-00000000aaaa', sha256)).toBe(true)
  })
})
