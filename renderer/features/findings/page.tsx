import { Button } from '@mantine/core'
import { useMemo, useRef, useState, type ReactElement } from 'react'
import { IconShieldCheck } from '@tabler/icons-react'

import type { FindingGroup, FindingRow } from '../../../shared/contract/findings.ts'
import { query } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import type { TableHandle } from '../../ui/table/table-props.ts'
import { cleared, filteredBy } from '../../ui/table/filters.ts'
import { toListSource } from '../../ui/table/use-slices.ts'
import { ViewTabs } from '../../entities/views/view-tabs.tsx'
import { AcceptDialog } from './accept-dialog.tsx'
import { FindingBulkActions } from './bulk-actions.tsx'
import { FINDING_COLUMNS, groupColumns } from './columns.tsx'
import { FINDING_FILTERS, FindingFilters } from './filters.tsx'
import { FindingPanel } from './panel.tsx'
import { useFindingActions } from './row-actions.ts'
import type { FindingsSearch, FindingsView } from '../../entities/findings-search.ts'
import { TrendPicture } from './trend.tsx'
import { useScope } from '../../data/scope.ts'
import { Empty } from '../../ui/states.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { useQuery } from '../../ui/use-query.ts'

type ScopedSearch = FindingsSearch & { readonly client?: string | undefined }

/** The findings, their severity, and what to do about them. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/findings')
  const view = search.view ?? 'rule'
  return (
    <PageFrame title="Findings" fill={view !== 'trend'} tabs={<AreaTabs label="Findings" />}>
      {view === 'trend' ? (
        <TrendPicture shown={search.trend ?? 'chart'} show={(trend) => set({ trend }, true)} />
      ) : (
        <Lists view={view} />
      )}
    </PageFrame>
  )
}

function toFilter({ client, q, severity, certainty, rule, state, kind, subject, person }: ScopedSearch) {
  return { client, search: q, severity, certainty, rule, state, subjectKind: kind, subjectId: subject, person }
}

interface ListsProps {
  readonly view: Exclude<FindingsView, 'trend'>
}

/** The list of findings, or groups of them, and the panel of a finding. */
function Lists({ view }: ListsProps): ReactElement {
  const [search, set] = useSearchState('/findings')
  const { finding } = search
  const filter = toFilter(search)
  const filters = <FindingFilters search={search} filter={filter} set={set} />
  const empty = (
    <FindingsEmpty
      filtered={filteredBy(search, FINDING_FILTERS)}
      onClear={() => set(cleared(FINDING_FILTERS))}
      onShowAll={() => set({ certainty: ['all'] })}
    />
  )
  if (view === 'all') return <All filter={filter} filters={filters} empty={empty} />
  return (
    <Groups
      by={view}
      filter={filter}
      filters={filters}
      empty={empty}
      narrow={(group) => set({ view: 'all', ...narrowToGroup(group) })}
      panel={
        finding === undefined ? null : (
          <FindingPanel key={finding} findingId={finding} onClose={() => set({ finding: undefined })} />
        )
      }
    />
  )
}

interface ListProps {
  readonly filter: ReturnType<typeof toFilter>
  readonly filters: ReactElement
  readonly empty: ReactElement
}

const VIEW_PARAMS = [...FINDING_FILTERS, 'view', 'sort', 'dir']

/** The findings one by one, with their views. */
function All({ filter, filters, empty }: ListProps): ReactElement {
  const [search, set] = useSearchState('/findings')
  const { finding, sort: by = 'severity', dir: direction = 'asc' } = search
  const [accepting, setAccepting] = useState<readonly FindingRow[] | null>(null)
  const rowActions = useFindingActions(setAccepting)
  return (
    <>
      <TableAndPanel
        filters={
          <>
            <ViewTabs list="findings" table="findings" search={search} params={VIEW_PARAMS} set={set} />
            {filters}
          </>
        }
        id="findings"
        label="Findings"
        noun={['finding', 'findings']}
        source={toListSource({ ...filter, sort: { by, direction } }, (input) =>
          query.findings.list.queryOptions({ input }),
        )}
        columns={FINDING_COLUMNS}
        rowId={(row) => row.findingId}
        sort={{ by, direction }}
        onSort={(sort) => set({ sort: sort.by as FindingsSearch['sort'], dir: sort.direction })}
        opened={finding}
        open={(next, replace) => set({ finding: next }, replace)}
        rowActions={rowActions}
        renderActions={
          filter.state === undefined || filter.state === 'open'
            ? (selected) => <FindingBulkActions selected={selected} accept={setAccepting} />
            : undefined
        }
        renderPanel={(findingId, close) => <FindingPanel findingId={findingId} onClose={close} />}
        empty={empty}
      />
      <AcceptDialog rows={accepting} close={() => setAccepting(null)} />
    </>
  )
}

interface GroupsProps extends ListProps {
  readonly by: Exclude<FindingsView, 'trend' | 'all'>
  /** Shows the findings of a group. */
  readonly narrow: (group: FindingGroup) => void
  readonly panel: ReactElement | null
}

/** The findings counted by rule, client or subject. */
function Groups({ by, filter, filters, empty, narrow, panel }: GroupsProps): ReactElement {
  const table = useRef<TableHandle>(null)
  const columns = useMemo(() => groupColumns(by), [by])
  return (
    <ListAndPanel
      filters={filters}
      focusList={() => table.current?.focus()}
      list={
        <DataTable
          key={by}
          handle={table}
          id={`findings-by-${by}`}
          label={`Findings by ${by}`}
          noun={[by, `${by}s`]}
          source={toListSource({ ...filter, by }, (input) => query.findings.groups.queryOptions({ input }))}
          columns={columns}
          rowId={(row) => row.rowKey}
          sort={{ by: 'worst', direction: 'asc' }}
          onOpen={narrow}
          empty={empty}
        />
      }
      panel={panel}
    />
  )
}

/** The filter that shows a group. */
function narrowToGroup(group: FindingGroup): Partial<ScopedSearch> {
  if (group.rule !== null) return { rule: [group.rule] }
  if (group.subject !== null) return { kind: [group.subject.kind], subject: group.subject.id }
  return group.client === null ? {} : { client: group.client.slug }
}

interface FindingsEmptyProps {
  readonly filtered: boolean
  readonly onClear: () => void
  /** Lists what the policy leaves uncounted. */
  readonly onShowAll: () => void
}

/** The empty state: because of the filters, because nothing was synced yet, or because all findings are resolved. */
function FindingsEmpty({ filtered, onClear, onShowAll }: FindingsEmptyProps): ReactElement {
  const { client } = useScope()
  const freshness = useQuery(query.findings.freshness.queryOptions({ input: { client } })).data
  if (filtered) return <ListEmpty what="findings" filtered onClear={onClear} />
  if (freshness?.day === null) {
    return (
      <Empty
        icon={IconShieldCheck}
        title="Nothing evaluated yet"
        action={
          <ButtonLink to="/connections" search={{ add: true }}>
            Add connection
          </ButtonLink>
        }
      >
        Sync a connection, or import a register; the rules then evaluate its data.
      </Empty>
    )
  }
  return (
    <Empty
      icon={IconShieldCheck}
      title="No open findings"
      action={
        <Button variant="default" onClick={onShowAll}>
          Show uncounted findings
        </Button>
      }
    >
      Every rule was evaluated. None that counts is violated, or the risk was accepted.
    </Empty>
  )
}
