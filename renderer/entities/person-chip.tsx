import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { FixedChip } from '../ui/table/filter-chip.tsx'
import { visibleText } from '../ui/text.ts'

interface PersonChipProps {
  readonly value: number | undefined
  readonly onChange: (value: undefined) => void
}

/** Shows that a list is filtered by one person; nothing without that filter. */
export function PersonChip({ value, onChange }: PersonChipProps): ReactElement | null {
  return value === undefined ? null : <Chip personId={value} onRemove={() => onChange(undefined)} />
}

function Chip({ personId, onRemove }: { readonly personId: number; readonly onRemove: () => void }): ReactElement {
  const row = useQuery(query.people.get.queryOptions({ input: { personId } })).data?.row
  return (
    <FixedChip label="Person" onRemove={onRemove}>
      {visibleText(row === undefined ? `number ${personId}` : row.name || (row.email ?? ''))}
    </FixedChip>
  )
}
