import { ORPCError } from '@orpc/client'
import type { ReactElement } from 'react'

import { FixedChip } from '../ui/table/filter-chip.tsx'
import { visibleText } from '../ui/text.ts'

interface NamedChipProps {
  readonly label: string
  /** The reading of the thing that a list is filtered by. */
  readonly of: { readonly isPending: boolean; readonly error: unknown }
  /** Its name, once it is read; empty or null: it has none. */
  readonly name: string | null | undefined
  readonly onRemove: () => void
}

/** Shows that a list is filtered by one thing, by its name, or why that is not known. */
export function NamedChip({ label, of, name, onRemove }: NamedChipProps): ReactElement {
  return (
    <FixedChip label={label} onRemove={onRemove}>
      {of.isPending ? null : visibleText(name?.trim() || whyNoName(of.error))}
    </FixedChip>
  )
}

function whyNoName(error: unknown): string {
  if (error === null) return 'No name'
  return error instanceof ORPCError && error.code === 'NOT_FOUND' ? 'Not found' : 'Not read'
}
