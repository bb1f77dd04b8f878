import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconChartBar, IconRefresh } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { USAGE_BY } from '../../../shared/contract/usage.ts'
import { api, query } from '../../app/api.ts'
import { useScope } from '../../app/scope.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { plural } from '../../ui/relative.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { UsagePicture } from './picture.tsx'
import type { UsageSearch } from './search.ts'
import { UsageTabs } from './tabs.tsx'
import { TakeRecords } from './take-records.tsx'
import { UsageTable } from './usage-table.tsx'
import { byWord } from './words.ts'

const route = getRouteApi('/usage')

const BY = USAGE_BY.map((value) => ({ value, label: byWord(value) }))

const SOURCES = [
  { value: '', label: 'All' },
  { value: 'billed', label: 'Billed' },
  { value: 'claimed', label: 'Own records' },
]

/** Reads what providers report, connection by connection. */
async function readUsage(
  client: string | undefined,
): Promise<{ readonly read: number; readonly left: readonly string[] }> {
  const left: string[] = []
  let read = 0
  for await (const { label, reports, skipped } of await api.usage.sync({ client })) {
    const failed = reports.find(({ state }) => state === 'failed' || state === 'denied')
    if (skipped !== null) left.push(skipped)
    else if (failed) left.push(`${label}: ${failed.reason ?? failed.state}`)
    else read += 1
  }
  return { read, left }
}

/** Who spends what, on what: a month, added up by one thing. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useScope()
  const set = (change: UsageSearch): void => void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
  const { by = 'project', source, show = 'chart', taking = false } = search
  const months = useQuery(query.usage.months.queryOptions({ input: { client, source } }))
  const month = search.month ?? months.data?.[0]
  const usage = useQuery({
    ...query.usage.by.queryOptions({ input: { client, source, by, month: month ?? '1970-01', limit: 500 } }),
    enabled: month !== undefined,
    placeholderData: keepPreviousData,
  })
  const read = useMutation({
    mutationFn: () => readUsage(client),
    onError: notifyFailed,
    onSuccess: ({ read: count, left }) =>
      notifyDone({ message: [`Read the usage of ${plural(count, 'connection')}`, ...new Set(left)].join('. ') }),
  })
  return (
    <PageFrame
      title="Usage"
      actions={
        <>
          <Button variant="default" onClick={() => set({ taking: true })}>
            Take records in
          </Button>
          <Button
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={read.isPending}
            onClick={() => read.mutate()}
          >
            Read usage
          </Button>
        </>
      }
    >
      <UsageTabs />
      <TakeRecords opened={taking} close={() => set({ taking: undefined })} />
      {months.isPending ? (
        <Loading what="usage" />
      ) : months.isError ? (
        <Failed error={months.error} retry={() => void months.refetch()} />
      ) : month === undefined ? (
        <Empty icon={IconChartBar} title="No usage is known yet">
          Read it from the providers, or take in the records that your own programs keep.
        </Empty>
      ) : (
        <section className="c-card" aria-labelledby="usage">
          <header className="c-card-head">
            <h2 className="c-card-title" id="usage">
              {`By ${byWord(by).toLowerCase()}, ${month}`}
            </h2>
            <Select
              aria-label="Month"
              data={[...new Set([month, ...months.data])]}
              value={month}
              allowDeselect={false}
              w={120}
              onChange={(value) => set({ month: value ?? undefined })}
            />
            <Select
              aria-label="Add up by"
              data={BY}
              value={by}
              allowDeselect={false}
              w={150}
              onChange={(value) => set({ by: USAGE_BY.find((each) => each === value) })}
            />
            <SegmentedControl
              aria-label="Source"
              data={SOURCES}
              value={source ?? ''}
              onChange={(value) => set({ source: value === 'billed' || value === 'claimed' ? value : undefined })}
            />
            <SegmentedControl
              aria-label="Show usage as"
              data={[
                { value: 'chart', label: 'Chart' },
                { value: 'table', label: 'Table' },
              ]}
              value={show}
              onChange={(value) => set({ show: value === 'table' ? 'table' : undefined })}
            />
          </header>
          {usage.isPending ? (
            <Loading what="the month" />
          ) : usage.isError ? (
            <Failed error={usage.error} retry={() => void usage.refetch()} />
          ) : (
            <>
              {show === 'chart' ? <UsagePicture rows={usage.data.rows} by={by} /> : null}
              <UsageTable by={by} usage={usage.data} />
            </>
          )}
        </section>
      )}
    </PageFrame>
  )
}
