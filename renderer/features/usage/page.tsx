import { Button } from '@mantine/core'
import { IconChartBar, IconRefresh } from '@tabler/icons-react'
import { useMutation, usePrefetchQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, type ReactElement } from 'react'

import { defaultSource } from '../../../shared/domain/usage/source.ts'
import { api, query } from '../../data/api.ts'
import { notifySkipped } from '../../data/skipped.ts'
import { useInfo } from '../../data/use-info.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { plural } from '../../ui/relative.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { Headline } from './headline.tsx'
import { InsidePanel } from './inside.tsx'
import { Matrix, type Pairs } from './matrix.tsx'
import { MonthRows } from './month-rows.tsx'
import { OverTimeCard } from './over-time.tsx'
import { rowsOptions, seriesOptions, shownDimensions, type MonthQuestion, type OpenRow } from './questions.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { TakeRecords } from './take-records.tsx'
import { CLOSED, UNFILTERED, type UsageSearch } from './search.ts'
import { Toolbar } from './toolbar.tsx'
import styles from './usage.module.css'
import { useSearchState } from '../../data/use-search-state.ts'

const NONE: readonly string[] = []

/** Syncs the usage that providers report, connection by connection. */
async function readUsage(
  client: string | undefined,
): Promise<{ readonly read: number; readonly left: readonly { reason: string; noKey: boolean }[] }> {
  const left: { reason: string; noKey: boolean }[] = []
  let read = 0
  for await (const { label, reports, skipped, noKey } of await api.usage.sync({ client })) {
    const failed = reports.find(({ state }) => state !== 'complete' && state !== 'unavailable')
    if (skipped !== null) left.push({ reason: skipped, noKey })
    else if (failed) left.push({ reason: `${label}: ${(failed.reason ?? failed.state).replace(/\.$/u, '')}.`, noKey })
    else read += 1
  }
  return { read, left }
}

/** The cost of a month, its drivers, and usage over time and by one dimension. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/usage', 'replace')
  const { client, taking = false } = search
  const { by, stack } = shownDimensions(search, client)
  const billed = useQuery(query.usage.months.queryOptions({ input: { client, source: 'billed' } }))
  const claimed = useQuery(query.usage.months.queryOptions({ input: { client, source: 'claimed' } }))
  // Without billed usage, internal records are shown.
  const source = search.source ?? (billed.data?.length === 0 ? 'claimed' : defaultSource(by, stack))
  const months = source === 'billed' ? billed : claimed
  const month = search.month ?? months.data?.[0]
  // The sample's connections have no keys, and are never synced.
  const isSample = useInfo()?.sample === true
  const read = useMutation({
    mutationFn: () => readUsage(client),
    onError: notifyFailed,
    onSuccess: ({ read: count, left }) => {
      if (count > 0 || left.length === 0) {
        notifyDone({ message: `Synced the usage of ${plural(count, 'connection')}`, only: 'usage' })
      }
      notifySkipped(left, client)
    },
  })
  const isKnown = [billed, claimed].some(({ data }) => data === undefined || data.length > 0)
  // An address with month and source needs no default month.
  const isReported =
    search.month !== undefined && (search.source !== undefined || by === 'feature' || stack === 'feature')
  return (
    <PageFrame
      title="Usage"
      tabs={<AreaTabs label="Usage" />}
      fill
      actions={
        <>
          <Button variant="default" onClick={() => set({ taking: true })}>
            Import records
          </Button>
          {isSample ? null : (
            <Button
              leftSection={<IconRefresh size={14} aria-hidden />}
              loading={read.isPending}
              onClick={() => read.mutate()}
            >
              Sync usage
            </Button>
          )}
        </>
      }
    >
      <TakeRecords opened={taking} close={() => set({ taking: undefined })} />
      {!isReported && (billed.isPending || claimed.isPending) ? (
        <Loading what="usage" />
      ) : billed.isError || claimed.isError ? (
        <Failed
          error={billed.error ?? claimed.error}
          retry={() => void Promise.all([billed.refetch(), claimed.refetch()])}
        />
      ) : !isKnown ? (
        <Empty
          icon={IconChartBar}
          title="No usage yet"
          action={
            <ButtonLink variant="default" to="/connections">
              View connections
            </ButtonLink>
          }
        >
          Sync usage to read what the providers billed, 180 days back, or import the records of your own programs. Both
          are above.
        </Empty>
      ) : (
        <ListAndPanel
          focusList={() => document.querySelector<HTMLElement>('#usage-spend')?.focus()}
          list={
            <Spend
              search={search}
              set={set}
              client={client}
              source={source}
              month={month ?? billed.data?.[0] ?? claimed.data?.[0] ?? ''}
              months={months.data ?? NONE}
            />
          }
          panel={
            search.at === undefined || search.row === undefined ? null : (
              <InsidePanel
                key={`${search.at} ${search.row}`}
                at={search.at}
                rowKey={search.row}
                by={search.of ?? by}
                source={source}
                show={(next) => set({ ...CLOSED, ...UNFILTERED, by: next })}
                close={() => set(CLOSED)}
              />
            )
          }
        />
      )}
    </PageFrame>
  )
}

interface SpendProps extends MonthQuestion {
  readonly search: UsageSearch
  /** One value in every rendering. */
  readonly set: (change: UsageSearch) => void
  readonly months: readonly string[]
}

/**
 * The month in a sentence and what drove it, usage over time, the rows of the month, and the matrix. Each part requests
 * its own data, so an answer redraws only the part that it belongs to.
 */
function Spend({ search, set, months, client, source, month }: SpendProps): ReactElement {
  const asked = { client, source, month }
  // Requested before the first rendering, the chart's question first: the answers arrive while the window draws.
  usePrefetchQuery(seriesOptions(asked, search))
  usePrefetchQuery(rowsOptions(asked, search))
  const open = useCallback((row: OpenRow) => set({ ...row }), [set])
  const choosePairs = useCallback((pairs: Pairs) => set({ pairs }), [set])
  // The parts below the chart are mounted after the parts above it were shown.
  const isBegun = useDeferredValue(true, false)
  return (
    <div className={styles['page']} id="usage-spend" tabIndex={-1}>
      <Toolbar {...asked} search={search} months={months} set={set} />
      <Headline {...asked} drivers={search.drivers ?? 'project'} set={set} />
      <OverTimeCard {...asked} search={search} set={set} open={open} />
      {isBegun ? (
        <>
          <MonthRows {...asked} search={search} set={set} open={open} />
          <Matrix {...asked} pairs={search.pairs ?? 'key-model'} choose={choosePairs} />
        </>
      ) : null}
    </div>
  )
}
