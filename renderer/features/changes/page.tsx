import { Button } from '@mantine/core'
import { IconEqual, IconChecklist } from '@tabler/icons-react'
import { useMemo, useRef, type ReactElement } from 'react'
import { ORPCError } from '@orpc/client'

import { toLocalDay } from '../../../shared/domain/day.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { query, api } from '../../data/api.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { useNow } from '../../ui/now.ts'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import type { TableHandle } from '../../ui/table/table-props.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { cleared, toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { CopyMarkdown } from '../../entities/copy-markdown.tsx'
import classes from './changes.module.css'
import { makeColumns } from './columns.tsx'
import { CLOSED, findSubject } from './opened.ts'
import { findPanel } from './panel-of.tsx'
import { betweenWords, NO_SPAN, getQuestion, onlySync, switchedKinds } from './question.ts'
import { SpanChoice } from './span-choice.tsx'
import { Timeline } from './timeline.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import type { Outputs } from '../../../shared/contract/contract.ts'
import type { ChangeKind } from '../../../shared/contract/changes.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { useQuery } from '../../ui/use-query.ts'
import { KindMark } from './kind-badge.tsx'

const FILTERS = ['kinds', 'connection'] as const

/** The list has one order: newest sync first. */
const SORT = { by: 'read', direction: 'desc' } as const

/** The changes between two dates, with the syncs to choose them from. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/changes')
  const { client } = search
  const today = toLocalDay(useNow())
  const table = useRef<TableHandle>(null)
  const close = (): void => set(CLOSED)
  const asked = { client, ...getQuestion(search, today) }
  const input = { ...asked, ...(search.kinds === undefined ? {} : { kinds: [...search.kinds] }) }
  const timeline = useQuery(query.changes.timeline.queryOptions({ input: { client } }))
  // The chips stay while the counts of another period are read: one of them may have the focus.
  const all = useQuery({
    ...query.changes.list.queryOptions({ input: { ...asked, limit: 0 } }),
    placeholderData: keepAnswer({ client }),
  })
  const columns = useMemo(() => makeColumns(client !== undefined), [client])
  const filters = toFilters(search, set, FILTERS)
  const never = timeline.data?.length === 0
  return (
    <PageFrame
      title="Changes"
      fill
      tabs={<AreaTabs label="Changes" />}
      aside={betweenWords(asked)}
      actions={
        <CopyMarkdown
          what="the changes"
          read={() => api.changes.markdown(input)}
          disabled={never || (all.data?.total ?? 0) === 0}
        />
      }
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
                columns={columns}
                rowId={(row) => row.rowKey}
                sort={SORT}
                onOpen={(row) => {
                  if (row.kind === 'first-reading')
                    set(onlySync({ before: null, syncId: row.sync.id, connection: row.connection }))
                  const subject = findSubject(row)
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
        panel={findPanel(search, close)}
      />
    </PageFrame>
  )
}

/** The empty state of the changes since the last signed review: usually no review was signed yet. */
function NoReview({ error }: { readonly error: Error }): ReactElement {
  if (!(error instanceof ORPCError) || error.code !== 'NOT_FOUND') return <Failed error={error} />
  return (
    <Empty
      icon={IconChecklist}
      title="No review was signed yet"
      action={<ButtonLink to="/reviews">Show reviews</ButtonLink>}
    >
      After the first sign-off, this shows what changed since that review’s data. Until then, look back by days.
    </Empty>
  )
}

interface KindChipsProps {
  readonly counts: Outputs['changes']['list']['counts']
  readonly kinds: readonly ChangeKind[] | undefined
  readonly onSwitch: (kind: ChangeKind) => void
}

/** The number of changes of each kind; pressed kinds are shown, and all when none is pressed. */
function KindChips({ counts, kinds, onSwitch }: KindChipsProps): ReactElement {
  const removed = (kinds ?? []).filter((kind) => !counts.some((each) => each.kind === kind))
  return (
    <fieldset className={classes['kinds']}>
      <legend className="c-visually-hidden">Kinds of change</legend>
      {[...counts, ...removed.map((kind) => ({ kind, count: 0 }))].map(({ kind, count }) => (
        <button
          key={kind}
          type="button"
          className={classes['kind']}
          aria-pressed={kinds?.includes(kind) ?? false}
          onClick={() => onSwitch(kind)}
        >
          <KindMark kind={kind} />
          <span className="c-number">{wholeNumber(count)}</span>
        </button>
      ))}
    </fieldset>
  )
}
