import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, type ReactElement, type Ref } from 'react'

import type { FINDING_GROUPS, FindingGroup, FindingRow } from '../../../shared/contract/findings.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { DataTable, type TableHandle } from '../../ui/table/data-table.tsx'
import { cleared, filteredBy } from '../../ui/table/filters.ts'
import type { ListSource } from '../../ui/table/use-slices.ts'
import { AcceptAll } from './accept-all.tsx'
import { FINDING_COLUMNS, groupColumns } from './columns.tsx'
import { FindingsEmpty } from './empty.tsx'
import { FINDING_FILTERS, FindingFilters } from './filters.tsx'
import { FindingPanel } from './panel.tsx'
import type { FindingsSearch, FindingsView } from '../../entities/findings-search.ts'
import { TrendPicture } from './trend.tsx'

const route = getRouteApi('/findings')

const CHOICES: readonly { readonly value: FindingsView; readonly label: string }[] = [
  { value: 'rule', label: 'By rule' },
  { value: 'client', label: 'By client' },
  { value: 'subject', label: 'By subject' },
  { value: 'all', label: 'One by one' },
  { value: 'trend', label: 'Trend' },
]

/** What is wrong, how pressing it is, and what to do about it. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const table = useRef<TableHandle>(null)
  const set = (change: FindingsSearch & { readonly client?: string }, replace = false): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace })
  const view = search.view ?? 'rule'
  const close = (): void => set({ finding: undefined })
  const empty = (
    <FindingsEmpty filtered={filteredBy(search, FINDING_FILTERS)} onClear={() => set(cleared(FINDING_FILTERS))} />
  )
  return (
    <PageFrame
      title="Findings"
      fill={view !== 'trend'}
      actions={
        <>
          {view === 'all' && (search.state ?? 'open') === 'open' ? (
            <AcceptAll filter={filterOf(search, client)} />
          ) : null}
          <SegmentedControl
            aria-label="Show findings"
            value={view}
            data={[...CHOICES]}
            onChange={(value) =>
              set({ view: value === 'rule' ? undefined : value, finding: undefined, sort: undefined })
            }
          />
        </>
      }
    >
      {view === 'trend' ? (
        <TrendPicture shown={search.trend ?? 'chart'} show={(trend) => set({ trend }, true)} />
      ) : (
        <ListAndPanel
          filters={<FindingFilters search={search} set={set} />}
          focusList={() => table.current?.focus()}
          list={
            view === 'all' ? (
              <Findings search={search} client={client} set={set} handle={table} empty={empty} />
            ) : (
              <Groups key={view} by={view} search={search} client={client} set={set} handle={table} empty={empty} />
            )
          }
          panel={
            search.finding === undefined ? null : (
              <FindingPanel key={search.finding} findingId={search.finding} onClose={close} />
            )
          }
        />
      )}
    </PageFrame>
  )
}

interface ListProps {
  readonly search: FindingsSearch
  readonly client: string | undefined
  readonly set: (change: FindingsSearch & { readonly client?: string }) => void
  readonly handle: Ref<TableHandle>
  readonly empty: ReactElement
}

function filterOf(search: FindingsSearch, client: string | undefined) {
  const { q, severity, rule, state, kind, subject, person } = search
  return { client, search: q, severity, rule, state, subjectKind: kind, subjectId: subject, person }
}

const findingId = (row: FindingRow): string => String(row.findingId)

function Findings({ search, client, set, handle, empty }: ListProps): ReactElement {
  const by = search.sort ?? 'severity'
  const direction = search.dir ?? 'asc'
  const source = useMemo((): ListSource<FindingRow> => {
    const input = { ...filterOf(search, client), sort: { by, direction } }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.findings.list.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [search, client, by, direction])
  return (
    <DataTable
      handle={handle}
      id="findings"
      label="Findings"
      noun={['finding', 'findings']}
      source={source}
      columns={FINDING_COLUMNS}
      rowId={findingId}
      sort={{ by, direction }}
      onSort={(sort) => set({ sort: sort.by as FindingsSearch['sort'], dir: sort.direction })}
      openId={search.finding === undefined ? undefined : String(search.finding)}
      onOpen={(row) => set({ finding: row.findingId })}
      onEscape={() => set({ finding: undefined })}
      empty={empty}
    />
  )
}

const groupId = (row: FindingGroup): string => row.rowKey

function Groups({
  by,
  search,
  client,
  set,
  handle,
  empty,
}: ListProps & { readonly by: (typeof FINDING_GROUPS)[number] }): ReactElement {
  const source = useMemo((): ListSource<FindingGroup> => {
    const input = { ...filterOf(search, client), by }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.findings.groups.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [search, client, by])
  const columns = useMemo(() => groupColumns(by), [by])
  return (
    <DataTable
      handle={handle}
      id={`findings-by-${by}`}
      label={`Findings by ${by}`}
      noun={[by, `${by}s`]}
      source={source}
      columns={columns}
      rowId={groupId}
      sort={{ by: 'worst', direction: 'asc' }}
      onOpen={(row) => set({ view: 'all', ...insideOf(row) })}
      empty={empty}
    />
  )
}

/** What narrows the list to one group. */
function insideOf(group: FindingGroup): FindingsSearch & { readonly client?: string } {
  if (group.rule !== null) return { rule: group.rule }
  if (group.subject !== null) return { kind: group.subject.kind, subject: group.subject.id }
  return group.client === null ? {} : { client: group.client.slug }
}
