import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { memo, useCallback, useDeferredValue, useMemo, type ReactElement } from 'react'

import type { UsageBy, UsageSource } from '../../../shared/contract/usage.ts'
import { SOURCE_LABELS } from '../../../shared/domain/usage/source.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { rowsOptions } from './questions.ts'
import { UsageTable } from './usage-table.tsx'
import { byWord } from '../../entities/usage-labels.ts'

interface MonthRowsProps {
  readonly by: UsageBy
  readonly source: UsageSource
  readonly month: string
  readonly client: string | undefined
  readonly open: (period: string, rowKey: string) => void
}

/** The rows of a month. They are drawn with low priority: the chart above them comes first. */
export const MonthRows = memo(function MonthRows({ by, source, month, client, open }: MonthRowsProps): ReactElement {
  const rows = useQuery({
    ...rowsOptions({ client, source, by, month }),
    placeholderData: keepPreviousData,
  })
  const isOld = rows.isPlaceholderData
  const reported = useMemo(
    () => (rows.data === undefined ? null : { by, month, usage: rows.data, isOld }),
    [rows.data, by, month, isOld],
  )
  const shown = useDeferredValue(reported, null)
  const openRow = useCallback((rowKey: string) => open(month, rowKey), [open, month])
  return (
    <section className="c-card" aria-labelledby="usage">
      <header className="c-card-head">
        <h2 className="c-card-title" id="usage">
          {`${SOURCE_LABELS[source]} by ${byWord(by).toLowerCase()}, ${month}`}
        </h2>
      </header>
      {rows.isError ? (
        <Failed error={rows.error} retry={() => void rows.refetch()} />
      ) : shown === null ? (
        <Loading what="the month" />
      ) : (
        <div aria-busy={isOld || shown !== reported}>
          <UsageTable {...shown} open={openRow} />
        </div>
      )}
    </section>
  )
})
