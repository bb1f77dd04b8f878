import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { FixedChip } from '../../ui/table/filter-chip.tsx'
import { visibleText } from '../../ui/text.ts'

interface ThingChipProps {
  readonly id: number
  readonly onRemove: () => void
}

/** Shows that the log is filtered by one federation rule. */
export function RuleChip({ id, onRemove }: ThingChipProps): ReactElement {
  const rule = useQuery(query.access.federationRule.queryOptions({ input: { federationId: id } })).data
  return (
    <FixedChip label="Federation rule" onRemove={onRemove}>
      {visibleText(rule?.name?.trim() || (rule?.externalId ?? `number ${id}`))}
    </FixedChip>
  )
}

/** Shows that the log is filtered by one certificate. */
export function CertificateChip({ id, onRemove }: ThingChipProps): ReactElement {
  const certificate = useQuery(query.access.certificate.queryOptions({ input: { certificateId: id } })).data
  return (
    <FixedChip label="Certificate" onRemove={onRemove}>
      {visibleText(certificate?.name?.trim() || (certificate?.externalId ?? `number ${id}`))}
    </FixedChip>
  )
}
