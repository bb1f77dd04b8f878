import { Button } from '@mantine/core'
import { IconBulb, IconFilterOff } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, type ReactElement } from 'react'

import type { AdviceRow } from '../../../shared/contract/recommendations.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { Empty } from '../../ui/states.tsx'
import { DataTable, type TableHandle } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip } from '../../ui/table/filter-chip.tsx'
import { cleared, filteredBy, textOrNone } from '../../ui/table/filters.ts'
import type { ListSource } from '../../ui/table/use-slices.ts'
import type { AccessSearch } from './search.ts'
import { PersonChip } from '../../entities/person-chip.tsx'
import { ProjectChip } from '../../entities/project-chip.tsx'
import { COLUMNS } from './recommendation-columns.tsx'
import { AdvicePanel } from './recommendation-panel.tsx'
import { Silence } from './recommendation-silence.tsx'
import { KIND_CHOICES, SURE_CHOICES } from '../../entities/recommendation-labels.ts'

const route = getRouteApi('/access')

const FILTERS = ['q', 'kind', 'sure', 'person', 'project'] as const

const idOf = (row: AdviceRow): string => row.rowKey

/** Smaller roles that would do by recorded use, surest first, with what each rests on beside the list. */
export function AdviceView(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const table = useRef<TableHandle>(null)
  const set = (change: AccessSearch, replace = false): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace })
  const close = (): void => set({ advice: undefined })
  const by = search.order ?? 'sure'
  const direction = search.dir ?? 'asc'
  const { q, kind, sure, person, project } = search
  const source = useMemo((): ListSource<AdviceRow> => {
    const input = { client, search: q, kind, sure, person, project, sort: { by, direction } }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.advice.list.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [client, q, kind, sure, person, project, by, direction])
  const clear = (): void => set(cleared(FILTERS))
  return (
    <ListAndPanel
      filters={
        <>
          <FilterBar
            search={{ label: 'Search advice', value: q ?? '', onChange: (text) => set({ q: textOrNone(text) }, true) }}
            filtered={filteredBy(search, FILTERS)}
            onClear={clear}
          >
            <FilterChip label="Kind" value={kind} choices={KIND_CHOICES} onChange={(next) => set({ kind: next })} />
            <FilterChip label="How sure" value={sure} choices={SURE_CHOICES} onChange={(next) => set({ sure: next })} />
            <ProjectChip value={project} onRemove={() => set({ project: undefined })} />
            <PersonChip value={person} onRemove={() => set({ person: undefined })} />
          </FilterBar>
          <Silence />
        </>
      }
      focusList={() => table.current?.focus()}
      list={
        <DataTable
          handle={table}
          id="advice"
          label="Advice"
          noun={['piece of advice', 'pieces of advice']}
          source={source}
          columns={COLUMNS}
          rowId={idOf}
          sort={{ by, direction }}
          onSort={(sort) => set({ order: sort.by as AccessSearch['order'], dir: sort.direction })}
          openId={search.advice}
          onOpen={(row) => set({ advice: row.rowKey })}
          onEscape={close}
          empty={<AdviceEmpty filtered={filteredBy(search, FILTERS)} onClear={clear} />}
        />
      }
      panel={
        search.advice === undefined ? null : <AdvicePanel key={search.advice} rowKey={search.advice} onClose={close} />
      }
    />
  )
}

interface AdviceEmptyProps {
  readonly filtered: boolean
  readonly onClear: () => void
}

function AdviceEmpty({ filtered, onClear }: AdviceEmptyProps): ReactElement {
  if (filtered) {
    return (
      <Empty
        icon={IconFilterOff}
        title="No advice matches the filters"
        action={<Button onClick={onClear}>Clear filters</Button>}
      >
        Take a filter back, or search for less.
      </Empty>
    )
  }
  return (
    <Empty icon={IconBulb} title="No smaller role is advised">
      Nobody holds more than the use that is recorded of them in the last 90 days needs. Where nothing is reported,
      nothing is advised.
    </Empty>
  )
}
