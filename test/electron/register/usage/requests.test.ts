import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  beginPart,
  countPart,
  forgetUncounted,
  newRequests,
  type RequestNumbers,
} from '../../../../electron/register/usage/requests.ts'
import type { Writer } from '../../../../electron/register/db/handles.ts'
import { beginImport } from '../../../../electron/register/usage/imports.ts'
import { newConnection, newRegister } from '../registers.ts'

const newImport = (writer: Writer): number => beginImport(writer, { clientId: 1, file: 'f', at: 0, by: 'Mara' })

/** Requests of three buckets, few enough to repeat. */
function readRequests(ids: readonly number[]): RequestNumbers {
  const requests = Uint32Array.from(ids.flatMap((id) => [(id % 3) << 20, id % 2, id]))
  return { count: ids.length, requests }
}

const batch = fc.array(fc.nat(120), { minLength: 1, maxLength: 30 })
const imports = fc.array(
  fc.record({ batches: fc.array(batch, { maxLength: 4 }), isCounted: fc.boolean(), writesEach: fc.boolean() }),
  {
    maxLength: 30,
  },
)

describe('requests', () => {
  it('are new once in all counted imports, however they were written, and again after an uncounted import', () => {
    fc.assert(
      fc.property(imports, (all) => {
        const register = newRegister()
        newConnection(register)
        const counted = new Set<number>()
        for (const { batches, isCounted, writesEach } of all) {
          register.transact((writer) => forgetUncounted(writer))
          const part = register.transact((writer) => beginPart(writer, newImport(writer), 0))
          const [requests, seen] = [newRequests(), new Set(counted)]
          for (const ids of batches) {
            const expected = ids.map((id) => {
              const isNew = !seen.has(id)
              seen.add(id)
              return isNew ? 1 : 0
            })
            expect([...requests.admit(register.reader, readRequests(ids))]).toEqual(expected)
            if (writesEach) register.transact((writer) => requests.write(writer, part))
          }
          register.transact((writer) => requests.write(writer, part))
          if (!isCounted) continue
          register.transact((writer) => countPart(writer, part, 1))
          for (const id of seen) counted.add(id)
        }
      }),
      { numRuns: 12 },
    )
  })

  it('are new once in an import of any size, also where a repeat comes 100,000 requests later', () => {
    const register = newRegister()
    const requests = newRequests()
    const admit = (from: number, count: number): number => {
      const ids = readRequests(Array.from({ length: count }, (_, n) => from + n))
      return requests.admit(register.reader, ids).reduce((sum, one) => sum + one, 0)
    }
    expect([admit(0, 60_000), admit(50_000, 50_000), admit(0, 100_000), admit(99_999, 2)]).toEqual([
      60_000, 40_000, 0, 1,
    ])
  })

  it('of many small imports are stored in few pieces', () => {
    const register = newRegister()
    newConnection(register)
    for (let n = 0; n < 100; n += 1) {
      const requests = newRequests()
      requests.admit(register.reader, readRequests([n]))
      register.transact((writer) => {
        const part = beginPart(writer, newImport(writer), 0)
        requests.write(writer, part)
        countPart(writer, part, 1)
      })
    }
    expect(register.reader.value('SELECT count(*) FROM usage_request_piece')).toBeLessThan(60)
    const again = newRequests().admit(register.reader, readRequests(Array.from({ length: 101 }, (_, n) => n)))
    expect([...again].lastIndexOf(1)).toBe(100)
    expect(again.reduce((sum, one) => sum + one, 0)).toBe(1)
  })
})
