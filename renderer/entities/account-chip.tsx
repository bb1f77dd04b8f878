import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { NamedChip } from './named-chip.tsx'
import { useQuery } from '../ui/use-query.ts'

interface AccountChipProps {
  readonly value: number | undefined
  readonly onChange: (value: undefined) => void
}

/** Shows that a list is filtered by one account of a provider; nothing without that filter. */
export function AccountChip({ value, onChange }: AccountChipProps): ReactElement | null {
  return value === undefined ? null : <Chip principal={value} onRemove={() => onChange(undefined)} />
}

/** An account is named by its roles; one without any by the impact of its removal, which is longer to compute. */
function Chip({ principal, onRemove }: { readonly principal: number; readonly onRemove: () => void }): ReactElement {
  const access = useQuery(query.access.list.queryOptions({ input: { principal, limit: 1 } }))
  const [row] = access.data?.rows ?? []
  const impact = useQuery({
    ...query.impact.get.queryOptions({ input: { kind: 'principal', id: principal } }),
    enabled: access.isError || access.data?.total === 0,
  })
  const name = row?.principal.name?.trim() || row?.principal.email || row?.principal.externalId
  return (
    <NamedChip
      label="Account"
      of={row === undefined ? impact : access}
      name={name ?? impact.data?.subject.name}
      onRemove={onRemove}
    />
  )
}
