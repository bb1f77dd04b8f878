import { Select, type ComboboxData } from '@mantine/core'
import type { ReactElement } from 'react'

import { Named } from '../../ui/named.tsx'

interface PlanColumnsProps {
  readonly columns: readonly string[]
  /** Column → field; null for none. */
  readonly mapping: Readonly<Record<string, string | null>>
  /** The fields that a column can fill. */
  readonly choices: ComboboxData
  readonly correct: (column: string, field: string | null) => void
}

/** The detected columns of a file, which can be corrected. Nothing for a file without columns. */
export function PlanColumns({ columns, mapping, choices, correct }: PlanColumnsProps): ReactElement | null {
  if (columns.length === 0) return null
  return (
    <fieldset className="c-fieldset">
      <legend>Columns</legend>
      <div className="c-columns">
        {columns.map((column) => (
          <Select
            key={column}
            label={<Named text={column} otherwise="(No name)" />}
            placeholder="Not used"
            clearable
            value={mapping[column] ?? null}
            onChange={(field) => correct(column, field)}
            data={choices}
          />
        ))}
      </div>
    </fieldset>
  )
}
