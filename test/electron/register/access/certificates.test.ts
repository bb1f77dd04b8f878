import { expect, it } from 'vitest'

import { certificateIds, certificateRows } from '../../../../electron/register/access/certificates.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { setPolicyValues } from '../../../../electron/register/clients/policy.ts'
import type { CertificateFact } from '../../../../shared/domain/facts.ts'
import { getReading, newConnection, newRegister } from '../registers.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const DAY = 86_400_000

const certificate = (externalId: string, expiresAt: number | null): CertificateFact => ({
  type: 'certificate',
  externalId,
  project: null,
  name: externalId,
  active: true,
  validAt: NOW - 300 * DAY,
  expiresAt,
  createdAt: NOW - 300 * DAY,
})

it('a certificate is near its end from the day on from which the policy of its client finds it', () => {
  const register = newRegister()
  const connection = newConnection(register)
  register.transact((w) =>
    applyReading(
      w,
      getReading(connection, [
        {
          source: 'certificates',
          facts: [
            certificate('expired', NOW - DAY),
            certificate('in-14', NOW + 14 * DAY),
            certificate('in-14-and-a-moment', NOW + 14 * DAY + 1),
            certificate('in-29', NOW + 29 * DAY),
            certificate('no-end', null),
          ],
        },
      ]),
    ),
  )
  const near = (): readonly string[] => {
    const ids = certificateIds(register.reader, { sort: { by: 'expires', direction: 'asc' } })
    return certificateRows(register.reader, ids, NOW).flatMap((row) => (row.isNearEnd ? [row.externalId] : []))
  }
  expect(near()).toEqual(['expired', 'in-14'])
  register.transact((w) => setPolicyValues(w, 0, { expiryNoticeDays: 30 }))
  expect(near()).toEqual(['expired', 'in-14', 'in-14-and-a-moment', 'in-29'])
})
