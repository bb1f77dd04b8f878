import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { query } from '../../data/api.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { useQuery } from '../../ui/use-query.ts'
import classes from './reviews.module.css'
import { countLabel, listDecisions } from '../../entities/review-labels.ts'

interface CountsProps {
  readonly review: Outputs['reviews']['get']
}

/** The summary of a review for its signer and approver: the decisions and the marks. */
export function Counts({ review }: CountsProps): ReactElement {
  const { row, marks } = review
  const { reviewId } = row
  const flaggedKept = useQuery(
    query.reviews.items.queryOptions({ input: { reviewId, flagged: true, decision: 'keep', limit: 0 } }),
  ).data?.total
  return (
    <>
      <dl className="c-facts">
        <dt>Items</dt>
        <dd className="c-tabular">{wholeNumber(row.items)}</dd>
        {listDecisions(row.kind).map((decision) => (
          <div key={decision} className={classes['contents']}>
            <dt>{countLabel(decision)}</dt>
            <dd className="c-tabular">{wholeNumber(row.decisions[decision] ?? 0)}</dd>
          </div>
        ))}
        <dt>Kept with open findings</dt>
        <dd className="c-tabular">{flaggedKept === undefined ? '…' : wholeNumber(flaggedKept)}</dd>
      </dl>
      {marks.length === 0 ? null : (
        <ul className="c-list" aria-label="Marks">
          {marks.map(({ kind, says }) => (
            <li key={kind}>
              <Status tone="warn" plain>
                {says}
              </Status>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
