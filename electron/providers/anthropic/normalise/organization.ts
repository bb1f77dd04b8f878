import { z } from 'zod'

import { id, parseRow, text } from '../../kit/rows.ts'
import { UNREADABLE, type Reading } from '../../kit/tally.ts'

const organizationRow = z.object({ id, name: text })

export function organizationReading(row: unknown): Reading {
  const organization = parseRow(organizationRow, row)
  if (organization === null) return UNREADABLE
  const { id, name } = organization
  return { id, facts: [{ type: 'organization', externalId: id, name }], left: [] }
}
