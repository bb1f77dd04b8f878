import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { NamedChip } from '../../entities/named-chip.tsx'
import { useQuery } from '../../ui/use-query.ts'

interface ThingChipProps {
  readonly id: number
  readonly onRemove: () => void
}

/** Shows that the log is filtered by one federation rule. */
export function RuleChip({ id, onRemove }: ThingChipProps): ReactElement {
  const rule = useQuery(query.access.federationRule.queryOptions({ input: { federationId: id } }))
  const name = rule.data?.name?.trim() || rule.data?.externalId
  return <NamedChip label="Federation rule" of={rule} name={name} onRemove={onRemove} />
}

/** Shows that the log is filtered by one certificate. */
export function CertificateChip({ id, onRemove }: ThingChipProps): ReactElement {
  const certificate = useQuery(query.access.certificate.queryOptions({ input: { certificateId: id } }))
  const name = certificate.data?.name?.trim() || certificate.data?.externalId
  return <NamedChip label="Certificate" of={certificate} name={name} onRemove={onRemove} />
}
