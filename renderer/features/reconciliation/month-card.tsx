import { SegmentedControl } from '@mantine/core'
import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import type { ReconciliationSums, ReconciliationTotal } from '../../../shared/contract/reconciliation.ts'
import { moneyText, shortCount } from '../../../shared/domain/text/amounts.ts'
import { formatMonth } from '../../../shared/domain/text/dates.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { COVERAGE_MEASURES } from '../../../shared/domain/usage/reconciliation.ts'
import { MonthSelect } from '../../entities/month-select.tsx'
import styles from './reconciliation.module.css'
import { ReconciliationTable } from './reconciliation-table.tsx'
import { ReconciliationPicture } from './picture.tsx'
import type { ReconciliationSearch, Measure } from './search.ts'
import { amountText, MEASURE_WORDS, percentText } from './labels.ts'

interface MonthCardProps {
  readonly month: string
  readonly months: readonly string[]
  readonly measure: Measure
  readonly show: 'chart' | 'table'
  readonly days: Outputs['reconciliation']['get']
  readonly set: (change: ReconciliationSearch) => void
}

export function MonthCard({ month, months, measure, show, days, set }: MonthCardProps): ReactElement {
  const sums = days.total[measure]
  const say = (amount: number): string => amountText(measure, amount)
  const summary = `In ${formatMonth(month)}, of ${say(sums.billed)} ${MEASURE_WORDS[measure]} billed ${say(sums.covered)} are covered and ${say(sums.uncovered)} are not; ${say(sums.overClaimed)} are over-reported. The table has the days.`
  return (
    <section className="c-card" aria-labelledby="covered">
      <header className="c-card-head">
        <h2 className="c-card-title" id="covered">{`Internal records beside the bill, ${formatMonth(month)}`}</h2>
        <MonthSelect month={month} months={months} onChange={(value) => set({ month: value })} />
        <SegmentedControl
          aria-label="Compare"
          data={COVERAGE_MEASURES.map((value) => ({ value, label: MEASURE_WORDS[value] }))}
          value={measure}
          onChange={(value) => set({ measure: COVERAGE_MEASURES.find((each) => each === value) })}
        />
        <SegmentedControl
          aria-label="Show days as"
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
          value={show}
          onChange={(value) => set({ show: value === 'table' ? 'table' : undefined })}
        />
      </header>
      <p className={styles['sentence']}>{getSentence(sums, measure)}</p>
      <dl className={styles['figures']}>
        <Figure label="Billed">{say(sums.billed)}</Figure>
        <Figure label="Covered">{`${say(sums.covered)} · ${percentText(sums)}`}</Figure>
        <Figure label="Uncovered">{say(sums.uncovered)}</Figure>
        <Figure label="Over-reported">{say(sums.overClaimed)}</Figure>
      </dl>
      {listNotes(days.total, measure).map((note) => (
        <p key={note} className="c-card-note">
          {note}
        </p>
      ))}
      {show === 'chart' ? (
        <ReconciliationPicture
          rows={days.rows}
          month={month}
          measure={measure}
          summary={summary}
          open={() => set({ show: 'table' })}
        />
      ) : (
        <ReconciliationTable rows={days.rows} total={days.total} by="day" measure={measure} />
      )}
    </section>
  )
}

function Figure({ label, children }: { readonly label: string; readonly children: string }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Describes how far the records explain the bill, in a sentence. */
function getSentence(sums: ReconciliationSums, measure: Measure): string {
  const say = (amount: number): string =>
    measure === 'cost' ? moneyText(amount) : `${shortCount(amount)} ${MEASURE_WORDS[measure].toLowerCase()}`
  const over = sums.overClaimed === 0 ? '' : ` ${say(sums.overClaimed)} is in the records and not on the bill.`
  if (sums.billed <= 0) return `The providers billed nothing in this month.${over}`
  return `Internal records explain ${percentText(sums)} of the ${say(sums.billed)} that was billed; ${say(sums.uncovered)} is not explained.${over}`
}

/** The assumptions behind the figures, beyond records and bills. */
function listNotes(total: ReconciliationTotal, measure: Measure): readonly string[] {
  const { shared } = total[measure]
  const notes =
    shared === 0
      ? []
      : [
          `${amountText(measure, shared)} of the internal records name no project. It is distributed among the projects of the same day and model, in proportion to their uncovered usage.`,
        ]
  if (measure !== 'cost') return notes
  if (total.estimatedClaim !== 0) {
    notes.push(
      `≈ ${dollarText(total.estimatedClaim)} USD of the internal records is an estimate: those records contain no cost.`,
    )
  }
  if (total.estimatedBill !== 0) {
    notes.push(`≈ ${dollarText(total.estimatedBill)} USD of the bill is an estimate: those providers report no cost.`)
  }
  return notes
}
