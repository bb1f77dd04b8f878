import type { ReactElement } from 'react'

import type { ReviewClock, ReviewItem } from '../../../shared/contract/reviews.ts'
import { Named } from '../../ui/named.tsx'
import { DayFact, Fact, Facts, TextFact } from '../../ui/panel/panel-section.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { When } from '../../ui/when.tsx'
import { DecisionMark } from '../../entities/review-badges.tsx'
import { whyLabel } from '../../entities/review-labels.ts'
import { ClockMark } from './clock-mark.tsx'

interface RecordFactsProps {
  readonly record: NonNullable<ReviewItem['record']>
  /** The decisions about the review by clocks that were wrong. */
  readonly clocks: readonly ReviewClock[]
}

/** The decision, its reason, its author and its time. */
export function RecordFacts({ record, clocks }: RecordFactsProps): ReactElement {
  return (
    <Facts>
      <Fact name="Decided">
        <DecisionMark record={record} />
      </Fact>
      {record.why === null ? null : <TextFact name={whyLabel(record.decision)} text={record.why} />}
      {record.until === null ? null : <DayFact name="Exception until" day={record.until} show="day" />}
      <Fact name="By">
        <Named text={record.by} /> <When at={record.at} />
        {record.batchSize > 1 ? (
          <span className="c-quiet">{` · with ${wholeNumber(record.batchSize - 1)} others`}</span>
        ) : null}
        <ClockMark clocks={clocks} kind="review.decided" at={record.at} />
      </Fact>
      {record.selfReview ? (
        <Fact name="Marked">
          <Status tone="warn" plain>
            Reviewer decided about their own access
          </Status>
        </Fact>
      ) : null}
    </Facts>
  )
}
