import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { FixedChip } from '../ui/table/filter-chip.tsx'
import { visibleText } from '../ui/text.ts'

interface ProjectChipProps {
  readonly value: number | undefined
  readonly onChange: (value: undefined) => void
}

/** Shows that a list is filtered by one project; nothing without that filter. */
export function ProjectChip({ value, onChange }: ProjectChipProps): ReactElement | null {
  return value === undefined ? null : <Chip projectId={value} onRemove={() => onChange(undefined)} />
}

function Chip({ projectId, onRemove }: { readonly projectId: number; readonly onRemove: () => void }): ReactElement {
  const name = useQuery(query.projects.get.queryOptions({ input: { projectId } })).data?.row.name
  return (
    <FixedChip label="Project" onRemove={onRemove}>
      {visibleText(name ?? `number ${projectId}`)}
    </FixedChip>
  )
}
