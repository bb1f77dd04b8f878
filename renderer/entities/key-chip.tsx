import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { NamedChip } from './named-chip.tsx'
import { useQuery } from '../ui/use-query.ts'

interface KeyChipProps {
  readonly value: number | undefined
  readonly onChange: (value: undefined) => void
}

/** Shows that a list is filtered by one key; nothing without that filter. */
export function KeyChip({ value, onChange }: KeyChipProps): ReactElement | null {
  return value === undefined ? null : <Chip keyId={value} onRemove={() => onChange(undefined)} />
}

function Chip({ keyId, onRemove }: { readonly keyId: number; readonly onRemove: () => void }): ReactElement {
  const key = useQuery(query.keys.get.queryOptions({ input: { keyId } }))
  return <NamedChip label="Key" of={key} name={key.data?.row.name} onRemove={onRemove} />
}
