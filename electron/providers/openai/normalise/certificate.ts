import { z } from 'zod'

import type { CertificateFact } from '../../../../shared/domain/facts.ts'
import { toExpiry, toInstant, flag, id, parseRow, part, raw, text } from '../../kit/rows.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'

const certificateRow = z.object({
  id,
  name: text,
  active: flag,
  created_at: raw,
  certificate_details: part(z.object({ valid_at: raw, expires_at: raw })),
})

/** One certificate of the organization (project null), or as a project lists it. Its content is not read. */
export function certificateReading(row: unknown, project: string | null): Reading {
  const certificate = parseRow(certificateRow, row)
  if (certificate === null) return UNREADABLE
  const left: Omission[] = []
  const fact: CertificateFact = {
    type: 'certificate',
    externalId: certificate.id,
    project,
    name: certificate.name,
    active: certificate.active,
    validAt: toInstant(certificate.certificate_details ?? {}, 'valid_at', left),
    expiresAt: toExpiry(certificate.certificate_details ?? {}, 'expires_at', left),
    createdAt: toInstant(certificate, 'created_at', left),
  }
  return { id: certificate.id, facts: [fact], left }
}
