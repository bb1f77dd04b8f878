import { Button } from '@mantine/core'
import { useMemo, useRef, type ReactElement } from 'react'
import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'

import type { FindingGroup } from '../../../shared/contract/findings.ts'
import { query } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import type { TableHandle } from '../../ui/table/table-props.ts'
import { cleared, filteredBy } from '../../ui/table/filters.ts'
import { toListSource } from '../../ui/table/use-slices.ts'
import { AcceptSelected } from './accept-selected.tsx'
import { FINDING_COLUMNS, groupColumns } from './columns.tsx'
import { FINDING_FILTERS, FindingFilters } from './filters.tsx'
import { MendSelected } from './mend-selected.tsx'
import { FindingPanel } from './panel.tsx'
import type { FindingsSearch, FindingsView } from '../../entities/findings-search.ts'
import { TrendPicture } from './trend.tsx'
import { useScope } from '../../data/scope.ts'
import { Empty } from '../../ui/states.tsx'
import { ListEmpty } from '../../ui/table/list-empty.tsx'

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
  const table = useRef<TableHandle>(null)
  const { finding, sort: by = 'severity', dir: direction = 'asc' } = search
  const close = (): void => set({ finding: undefined })
  const filter = toFilter(search)
  const columns = useMemo(() => (view === 'all' ? [] : groupColumns(view)), [view])
  const empty = (
    <FindingsEmpty
      filtered={filteredBy(search, FINDING_FILTERS)}
      onClear={() => set(cleared(FINDING_FILTERS))}
      onShowAll={() => set({ certainty: 'all' })}
    />
  )
  return (
    <ListAndPanel
      filters={<FindingFilters search={search} set={set} />}
      focusList={() => table.current?.focus()}
      list={
        view === 'all' ? (
          <DataTable
            handle={table}
            id="findings"
            label="Findings"
            noun={['finding', 'findings']}
            source={toListSource({ ...filter, sort: { by, direction } }, (input) =>
              query.findings.list.queryOptions({ input }),
            )}
            columns={FINDING_COLUMNS}
            rowId={(row) => String(row.findingId)}
            sort={{ by, direction }}
            onSort={(sort) => set({ sort: sort.by as FindingsSearch['sort'], dir: sort.direction })}
            openId={finding === undefined ? undefined : String(finding)}
            onOpen={(row) => set({ finding: row.findingId })}
            onEscape={close}
            renderActions={
              filter.state === undefined || filter.state === 'open'
                ? (selected) => (
                    <>
                      <MendSelected selected={selected} />
                      <AcceptSelected selected={selected} />
                    </>
                  )
                : undefined
            }
            empty={empty}
          />
        ) : (
          <DataTable
            key={view}
            handle={table}
            id={`findings-by-${view}`}
            label={`Findings by ${view}`}
            noun={[view, `${view}s`]}
            source={toListSource({ ...filter, by: view }, (input) => query.findings.groups.queryOptions({ input }))}
            columns={columns}
            rowId={(row) => row.rowKey}
            sort={{ by: 'worst', direction: 'asc' }}
            onOpen={(row) => set({ view: 'all', ...narrowToGroup(row) })}
            empty={empty}
          />
        )
      }
      panel={finding === undefined ? null : <FindingPanel key={finding} findingId={finding} onClose={close} />}
    />
  )
}

/** The filter that shows a group. */
function narrowToGroup(group: FindingGroup): Partial<ScopedSearch> {
  if (group.rule !== null) return { rule: group.rule }
  if (group.subject !== null) return { kind: group.subject.kind, subject: group.subject.id }
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
