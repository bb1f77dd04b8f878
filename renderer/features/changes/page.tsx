import { Button } from '@mantine/core'
import { IconEqual } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, type ReactElement } from 'react'

import { localDayOf } from '../../../shared/domain/day.ts'
import { query } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { useNow } from '../../ui/now.ts'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { DataTable, type TableHandle } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { cleared, toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import classes from './changes.module.css'
import { COLUMNS } from './columns.tsx'
import { CopyChanges } from './copy-changes.tsx'
import { KindChips } from './kind-chips.tsx'
import { NoReview } from './no-review.tsx'
import { CLOSED, panelOf, subjectOf } from './panel-of.tsx'
import { betweenWords, NO_SPAN, questionOf, switchedKinds } from './question.ts'
import { SpanChoice } from './span-choice.tsx'
import { Timeline } from './timeline.tsx'

const FILTERS = ['kinds', 'connection'] as const

/** The list has one order: newest sync first. */
const SORT = { by: 'read', direction: 'desc' } as const

/** What changed between two moments, with the syncs to choose them from. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/changes')
  const { client } = search
  const today = localDayOf(useNow())
  const table = useRef<TableHandle>(null)
  const close = (): void => set(CLOSED)
  const asked = { client, ...questionOf(search, today) }
  const input = { ...asked, ...(search.kinds === undefined ? {} : { kinds: search.kinds }) }
  const timeline = useQuery(query.changes.timeline.queryOptions({ input: { client } }))
  const all = useQuery(query.changes.list.queryOptions({ input: { ...asked, limit: 0 } }))
  const filters = toFilters(search, set, FILTERS)
  const never = timeline.data?.length === 0
  return (
    <PageFrame
      title="Changes"
      fill
      aside={betweenWords(asked)}
      actions={<CopyChanges input={input} disabled={never || (all.data?.total ?? 0) === 0} />}
    >
      <ListAndPanel
        filters={
          <FilterBar {...filters.bar()}>
            <SpanChoice search={search} today={today} set={set} />
            <ConnectionChip {...filters.chip('connection')} />
            {all.data ? (
              <KindChips
                counts={all.data.counts}
                kinds={search.kinds}
                onSwitch={(kind) => set({ kinds: switchedKinds(search.kinds, kind) })}
              />
            ) : null}
          </FilterBar>
        }
        focusList={() => table.current?.focus()}
        list={
          <div className={classes['both']}>
            {timeline.data ? (
              <Timeline points={timeline.data} search={search} set={set} clients={client === undefined} />
            ) : (
              <div className={classes['timeline']}>
                {timeline.error ? (
                  <Failed error={timeline.error} retry={() => void timeline.refetch()} />
                ) : (
                  <Loading what="syncs" />
                )}
              </div>
            )}
            {search.review === 'last' && all.error ? (
              <div>
                <NoReview error={all.error} />
              </div>
            ) : (
              <DataTable
                handle={table}
                id="changes"
                label="Changes"
                noun={['change', 'changes']}
                source={toListSource(input, (slice) => query.changes.list.queryOptions({ input: slice }))}
                columns={COLUMNS}
                rowId={(row) => row.rowKey}
                sort={SORT}
                onOpen={(row) => {
                  const subject = subjectOf(row)
                  if (subject !== null) set({ ...CLOSED, ...subject })
                }}
                onEscape={close}
                empty={
                  never || (filters.filtered && all.data?.total !== 0) ? (
                    <ListEmpty what="changes" filtered={!never} onClear={filters.onClear} />
                  ) : (
                    <Empty
                      icon={IconEqual}
                      title={`Nothing changed ${betweenWords(asked)}`}
                      action={
                        <Button onClick={() => set({ ...NO_SPAN, ...cleared(FILTERS), from: 0 })}>
                          Show all changes
                        </Button>
                      }
                    >
                      Look further back, or choose two syncs of the timeline.
                    </Empty>
                  )
                }
              />
            )}
          </div>
        }
        panel={panelOf(search, close)}
      />
    </PageFrame>
  )
}
