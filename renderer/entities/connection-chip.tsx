import type { ReactElement } from 'react'

import { NO_ROW } from '../../shared/contract/view-subjects.ts'
import { providerName } from '../../shared/domain/providers/providers.ts'
import { query } from '../data/api.ts'
import { useScope } from '../data/scope.ts'
import { FilterChip } from '../ui/table/filter-chip.tsx'
import { useQuery } from '../ui/use-query.ts'

interface ConnectionChipProps {
  readonly value: number | undefined
  readonly onChange: (connection: number | undefined) => void
}

/** A filter of a list by one connection of the scope. */
export function ConnectionChip({ value, onChange }: ConnectionChipProps): ReactElement {
  const { client } = useScope()
  const connections = useQuery(query.connection.list.queryOptions({ input: { client } })).data ?? []
  return (
    <FilterChip
      label="Connection"
      value={value === undefined ? undefined : String(value)}
      choices={[
        ...connections.map((connection) => ({
          value: String(connection.id),
          label: [
            ...(client === undefined ? [connection.client.name] : []),
            `${connection.label} (${providerName(connection.provider)})`,
          ].join(' · '),
        })),
        ...(value === NO_ROW ? [{ value: String(NO_ROW), label: 'Not found' }] : []),
      ]}
      onChange={(next) => onChange(next === undefined ? undefined : Number(next))}
    />
  )
}
