import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Aspect, PreparedChange } from '../../../../electron/service/remediation/prepare.ts'
import { changedSince, isCurrent, makeToken, readToken } from '../../../../electron/service/remediation/preview.ts'

const KEY = new Uint8Array(32).fill(3)

function prepared(remediationId: number, rests: readonly Aspect[]): PreparedChange {
  const row = { remediationId, subject: { kind: 'key', id: 1, name: `Key ${remediationId}` } } as PreparedChange['row']
  return {
    row,
    connection: null,
    request: null,
    call: null,
    byHand: null,
    readOnlySteps: null,
    obstacle: null,
    blocker: null,
    sendable: null,
    rests,
  }
}

const aspects = fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1, maxLength: 12 })
const previews = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 1_000_000 }), aspects), {
    minLength: 1,
    maxLength: 100,
    selector: ([id]) => id,
  })
  .map((all) => all.map(([id, rests]) => prepared(id, rests)))
const instants = fc.integer({ min: 0, max: 4_102_444_800_000 })

describe('a token', () => {
  it('is read back unchanged, and is current as long as nothing changed', () => {
    fc.assert(
      fc.property(instants, previews, (at, all) => {
        const read = readToken(makeToken(KEY, at, all))
        expect(read).toMatchObject({ at, ids: all.map(({ row }) => row.remediationId) })
        expect(read !== null && isCurrent(KEY, read, all)).toBe(true)
        expect(read && changedSince(read, all)).toEqual([])
      }),
    )
  })

  it('is stale once anything that it depends on changed', () => {
    fc.assert(
      fc.property(instants, previews, fc.nat(), fc.nat(), fc.string(), (at, all, which, what, value) => {
        const read = readToken(makeToken(KEY, at, all))
        const changed = all.map((one, index) => {
          if (index !== which % all.length) return one
          const rests = one.rests.map((aspect, at_): Aspect =>
            at_ === what % one.rests.length ? [aspect[0], `${aspect[1]}${value}!`] : aspect,
          )
          return prepared(one.row.remediationId, rests)
        })
        expect(read === null || isCurrent(KEY, read, changed)).toBe(false)
      }),
    )
  })

  it('is of no use after any character of it was changed', () => {
    fc.assert(
      fc.property(
        instants,
        previews,
        fc.nat(),
        fc.constantFrom('0', 'a', '1', 'f', '-', '_', '.', 'Z'),
        (at, all, place, character) => {
          const token = makeToken(KEY, at, all)
          const index = place % token.length
          fc.pre(token[index] !== character)
          const forged = `${token.slice(0, index)}${character}${token.slice(index + 1)}`
          const read = readToken(forged)
          // Marks only show what changed; the time, the items and the seal decide.
          const [at_, ids, , seal] = token.split('.')
          const same = forged.split('.')
          fc.pre(same.length !== 4 || same[0] !== at_ || same[1] !== ids || same[3] !== seal)
          const known = read?.ids.map((id) => all.find(({ row }) => row.remediationId === id)) ?? []
          const found = known.filter((one) => one !== undefined)
          const usable = read !== null && found.length === read.ids.length && isCurrent(KEY, read, found)
          expect(usable).toBe(false)
        },
      ),
    )
  })

  it('is of no use with the key of another register', () => {
    const all = [prepared(1, [['role', 'reader']])]
    const read = readToken(makeToken(KEY, 5, all))
    expect(read !== null && isCurrent(new Uint8Array(32).fill(4), read, all)).toBe(false)
  })

  it('names what changed', () => {
    const all = [
      prepared(1, [
        ['role', 'reader'],
        ['status', 'active'],
      ]),
      prepared(2, [['role', 'owner']]),
    ]
    const read = readToken(makeToken(KEY, 5, all))
    const now = [
      prepared(1, [
        ['role', 'owner'],
        ['status', 'active'],
      ]),
      prepared(2, [['role', 'owner']]),
    ]
    expect(read && changedSince(read, now)).toEqual(['Key 1: role'])
  })

  it.each(['', '.', '1.1.0000', 'x'.repeat(40_000), '1.0-.00ff.x', '1.1-2-.0000.A'])('is not %j', (text) => {
    expect(readToken(text)).toBeNull()
  })
})
