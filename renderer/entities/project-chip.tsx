import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { NamedChip } from './named-chip.tsx'
import { useQuery } from '../ui/use-query.ts'

interface ProjectChipProps {
  readonly value: number | undefined
  readonly onChange: (value: undefined) => void
}

/** Shows that a list is filtered by one project; nothing without that filter. */
export function ProjectChip({ value, onChange }: ProjectChipProps): ReactElement | null {
  return value === undefined ? null : <Chip projectId={value} onRemove={() => onChange(undefined)} />
}

function Chip({ projectId, onRemove }: { readonly projectId: number; readonly onRemove: () => void }): ReactElement {
  const project = useQuery(query.projects.get.queryOptions({ input: { projectId } }))
  return <NamedChip label="Project" of={project} name={project.data?.row.name} onRemove={onRemove} />
}
