import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { NamedChip } from './named-chip.tsx'
import { useQuery } from '../ui/use-query.ts'

interface PersonChipProps {
  readonly value: number | undefined
  readonly onChange: (value: undefined) => void
}

/** Shows that a list is filtered by one person; nothing without that filter. */
export function PersonChip({ value, onChange }: PersonChipProps): ReactElement | null {
  return value === undefined ? null : <Chip personId={value} onRemove={() => onChange(undefined)} />
}

function Chip({ personId, onRemove }: { readonly personId: number; readonly onRemove: () => void }): ReactElement {
  const person = useQuery(query.people.get.queryOptions({ input: { personId } }))
  const row = person.data?.row
  return <NamedChip label="Person" of={person} name={row?.name.trim() || row?.email} onRemove={onRemove} />
}
