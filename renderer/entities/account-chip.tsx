import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { FixedChip } from '../ui/table/filter-chip.tsx'
import { visibleText } from '../ui/text.ts'

interface AccountChipProps {
  readonly value: number | undefined
  readonly onChange: (value: undefined) => void
}

/** Shows that a list is filtered by one account of a provider; nothing without that filter. */
export function AccountChip({ value, onChange }: AccountChipProps): ReactElement | null {
  return value === undefined ? null : <Chip principal={value} onRemove={() => onChange(undefined)} />
}

/** An account is known by its roles; one without any is shown by its number. */
function Chip({ principal, onRemove }: { readonly principal: number; readonly onRemove: () => void }): ReactElement {
  const [row] = useQuery(query.access.list.queryOptions({ input: { principal, limit: 1 } })).data?.rows ?? []
  const name = row?.principal.name?.trim() || row?.principal.email || row?.principal.externalId
  return (
    <FixedChip label="Account" onRemove={onRemove}>
      {visibleText(name ?? `number ${principal}`)}
    </FixedChip>
  )
}
