import { SegmentedControl } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memo, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { shareText, shortCount, signedMoney } from '../../../shared/domain/text/amounts.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { getHeadline } from '../../../shared/domain/usage/headline.ts'
import { query } from '../../data/api.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { bucketWord, byWord } from '../../entities/usage-labels.ts'
import { ClientDot } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { driversOptions, type MonthQuestion } from './questions.ts'
import { CLOSED, DRIVERS, type UsageSearch } from './search.ts'
import styles from './usage.module.css'

interface HeadlineProps extends MonthQuestion {
  readonly drivers: (typeof DRIVERS)[number]
  readonly set: (change: UsageSearch) => void
}

/** The cost of the month in a sentence, compared with the month before, and the drivers of the difference. */
export const Headline = memo(function Headline({ drivers, set, ...asked }: HeadlineProps): ReactElement {
  const { client, month, source } = asked
  const compared = useQuery({
    ...query.usage.compare.queryOptions({ input: { client, month, source } }),
    placeholderData: keepAnswer({ client }),
  })
  const rows = useQuery({ ...driversOptions(asked, drivers), placeholderData: keepAnswer({ client, by: drivers }) })
  return (
    <div className={styles['top']}>
      <section className={`c-card ${styles['headline'] ?? ''}`} aria-label="Summary">
        {compared.isPending ? (
          <Loading what="the month" rows={2} />
        ) : compared.isError ? (
          <Failed error={compared.error} retry={() => void compared.refetch()} />
        ) : (
          <Sentence compared={compared.data} />
        )}
      </section>
      <section className="c-card" aria-labelledby="drivers">
        <header className="c-card-head">
          <h2 className="c-card-title" id="drivers">
            What drove it
          </h2>
          <SegmentedControl
            aria-label="Name what changed by"
            value={drivers}
            data={DRIVERS.map((value) => ({ value, label: byWord(value) }))}
            onChange={(value) => set({ drivers: DRIVERS.find((each) => each === value) })}
          />
        </header>
        {rows.isPending ? (
          <Loading what="what changed" rows={4} />
        ) : rows.isError ? (
          <Failed error={rows.error} retry={() => void rows.refetch()} />
        ) : (
          <Drivers found={rows.data} by={drivers} />
        )}
      </section>
    </div>
  )
})

function Sentence({ compared }: { readonly compared: Outputs['usage']['compare'] }): ReactElement {
  const { now, before, last, ...days } = compared
  const { amount, when, change, beside, note } = getHeadline({
    ...days,
    now: now.cost,
    before: before?.cost ?? null,
    last: last?.cost ?? null,
  })
  const moved = before === null ? 0 : now.cost - before.cost
  const direction = moved > 0 ? 'up' : moved < 0 ? 'down' : 'same'
  return (
    <>
      <p className={styles['sentence']}>
        <strong>{amount}</strong>
        {`${when}, `}
        {change === null ? null : <span data-direction={direction}>{change}</span>}
        {`${beside}.`}
      </p>
      {compared.never.length === 0 ? null : (
        <p className={styles['quiet']}>{`Never read: ${visibleText(compared.never.join(', '))}.`}</p>
      )}
      {note === null ? null : <p className={styles['quiet']}>{note}</p>}
      <p className={styles['quiet']}>
        <span title={`${wholeNumber(now.input + now.output)} tokens`}>
          {`${shortCount(now.input + now.output)} tokens`}
        </span>
        {` · ${shortCount(now.requests)} requests`}
        {now.estimate === 0 ? '' : ` · ≈ $${dollarText(now.estimate)} estimated, not billed`}
      </p>
    </>
  )
}

interface DriversProps {
  readonly found: Outputs['usage']['by']
  readonly by: (typeof DRIVERS)[number]
}

/** The rows with the largest differences: each link shows only that row. */
function Drivers({ found, by }: DriversProps): ReactElement {
  const moved = found.rows.flatMap((row) => {
    const { difference } = row
    return difference === null || difference === 0 ? [] : [{ ...row, difference }]
  })
  if (found.total.before === null)
    return <p className="c-card-note">Not compared: not all days of both months were read.</p>
  if (moved.length === 0) return <p className="c-card-note">Nothing changed.</p>
  return (
    <ol className={styles['drivers']}>
      {moved.map(({ rowKey, name, client, cost, difference, share }) => (
        <li key={rowKey}>
          {client === null ? null : <ClientDot colour={client.colour} />}
          <Link
            from="/usage"
            to="/usage"
            search={(now) => ({ ...now, ...CLOSED, only: rowKey, onlyOf: by })}
            className="c-link"
            title={client === null ? 'Show only this' : `Show only this, of ${visibleText(client.name)}`}
          >
            <Named text={name ?? ''} otherwise={bucketWord(by)} />
          </Link>
          <strong>{signedMoney(difference)}</strong>
          <span>{share === null ? '' : `${shareText(share, cost > 0)} of spend`}</span>
        </li>
      ))}
    </ol>
  )
}
