import { SegmentedControl, Table } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { ReconciliationBy, UnmatchedProject } from '../../../shared/contract/reconciliation.ts'
import { USAGE_SOURCES } from '../../../shared/domain/usage/source.ts'
import { query } from '../../data/api.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { Answer, Empty, Failed, Loading } from '../../ui/states.tsx'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ReconciliationTable } from './reconciliation-table.tsx'
import { Folders } from './folders.tsx'
import { Imports } from './imports.tsx'
import { MonthCard } from './month-card.tsx'
import { Prices } from './prices.tsx'
import { GROUPS } from './search.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { formatMonth } from '../../../shared/domain/text/dates.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { useQueries, useQuery } from '../../ui/use-query.ts'

const MOST_ROWS = 100

/** Project names in records that match no single project, with their usage. Nothing without one. */
function Unmatched({ rows }: { readonly rows: readonly UnmatchedProject[] }): ReactElement | null {
  if (rows.length === 0) return null
  return (
    <section className="c-card" aria-labelledby="unmatched">
      <header className="c-card-head">
        <h2 className="c-card-title" id="unmatched">
          Unmatched project names
        </h2>
      </header>
      <SmallTable
        id="records-without-a-project"
        minWidth={560}
        headings={['In the records', 'Client', 'Why', numbers('USD'), numbers('Tokens')]}
      >
        {rows.slice(0, MOST_ROWS).map(({ client, word, because, cost, tokens }) => (
          <Table.Tr key={`${client.slug} ${word}`}>
            <Table.Th scope="row">
              <Named text={word} />
            </Table.Th>
            <Table.Td>
              <ClientMark client={client} />
            </Table.Td>
            <Table.Td>
              {because === 'unknown' ? 'No project has this id or name' : 'Several projects have this name'}
            </Table.Td>
            <Table.Td className="c-number">{dollarText(cost)}</Table.Td>
            <Table.Td className="c-number">{wholeNumber(tokens)}</Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
    </section>
  )
}

/** Months with usage of either source, latest first; unknown while one source is. */
function useAllMonths(client: string | undefined) {
  return useQueries({
    queries: USAGE_SOURCES.map((source) => query.usage.months.queryOptions({ input: { client, source } })),
    combine: (all) => ({
      error: all.find(({ isError }) => isError)?.error ?? null,
      data: all.some(({ data }) => data === undefined)
        ? undefined
        : [...new Set(all.flatMap(({ data }) => data ?? []))].toSorted().toReversed(),
      refetch: () => Promise.all(all.map(({ refetch }) => refetch())),
    }),
  })
}

const BY = [
  { value: 'project', label: 'Project' },
  { value: 'model', label: 'Model' },
]

/** Internal records against provider billing, and the sources of records and prices. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/usage/reconciliation', 'replace')
  const { client, by = 'project', measure = 'cost', show = 'chart', form } = search
  const months = useAllMonths(client)
  const month = search.month ?? months.data?.[0]
  const ask = (what: ReconciliationBy) => ({
    ...query.reconciliation.get.queryOptions({ input: { client, month: month ?? '1970-01', by: what } }),
    enabled: month !== undefined,
    placeholderData: keepAnswer({ client, by: what }),
  })
  const days = useQuery(ask('day'))
  const groups = useQuery(ask(by))
  return (
    <PageFrame
      title="Usage"
      tabs={<AreaTabs label="Usage" />}
      actions={
        <ButtonLink variant="default" to="/usage" search={{ taking: true }}>
          Import records
        </ButtonLink>
      }
    >
      <Answer of={months} what="usage">
        {(data) =>
          month === undefined ? (
            <Empty
              icon={IconScale}
              title="Nothing to compare yet"
              action={
                <ButtonLink to="/usage" search={{ taking: true }}>
                  Import records
                </ButtonLink>
              }
            >
              Reconciliation shows which part of the bill the records of your own programs explain. Import records here,
              and sync usage from the providers under Spend.
            </Empty>
          ) : days.isPending || groups.isPending ? (
            <Loading what="the month" />
          ) : days.isError || groups.isError ? (
            <Failed
              error={days.error ?? groups.error}
              retry={() => {
                void days.refetch()
                void groups.refetch()
              }}
            />
          ) : (
            <>
              <MonthCard month={month} months={data} measure={measure} show={show} days={days.data} set={set} />
              <section className="c-card" aria-labelledby="groups">
                <header className="c-card-head">
                  <h2 className="c-card-title" id="groups">{`By ${by}, ${formatMonth(month)}`}</h2>
                  <SegmentedControl
                    aria-label="Group by"
                    data={BY}
                    value={by}
                    onChange={(value) => set({ by: GROUPS.find((each) => each === value) })}
                  />
                </header>
                <ReconciliationTable rows={groups.data.rows} total={groups.data.total} by={by} measure={measure} />
              </section>
              <Unmatched rows={groups.data.unmatched} />
            </>
          )
        }
      </Answer>
      <Imports />
      <Folders adding={form === 'folder'} setAdding={(adding) => set({ form: adding ? 'folder' : undefined })} />
      <Prices adding={form === 'price'} setAdding={(adding) => set({ form: adding ? 'price' : undefined })} />
    </PageFrame>
  )
}
