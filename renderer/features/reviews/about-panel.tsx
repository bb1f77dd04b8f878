import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { Named } from '../../ui/named.tsx'
import { DayFact, Fact, Facts, Nothing, PanelSection, TextFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Status } from '../../ui/status.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { StateBadge } from '../../entities/review-badges.tsx'
import { ClockMark } from './clock-mark.tsx'
import { NO_REVIEW } from './search.ts'
import { Sources } from './sources.tsx'
import { reviewKindAbout, reviewName } from '../../entities/review-labels.ts'

interface AboutPanelProps {
  readonly review: Outputs['reviews']['get']
  readonly onClose: () => void
}

/** The details of a review: when and by whom, from which sources, and its marks. */
export function AboutPanel({ review, onClose }: AboutPanelProps): ReactElement {
  const { row, sources, marks, previousReviewId } = review
  const clocks = review.team?.clocks ?? []
  return (
    <SidePanel kind="About the review" title={reviewName(row)} marks={<StateBadge row={row} />} onClose={onClose}>
      <PanelSection title="History">
        <Facts>
          <Fact name="Looks at">{reviewKindAbout(row.kind)}</Fact>
          <Fact name="Opened">
            <When at={row.openedAt} /> by <Named text={row.openedBy} />
            <ClockMark clocks={clocks} kind="review.opened" at={row.openedAt} />
          </Fact>
          <DayFact name="Due" day={row.dueOn} show="day" />
          <Fact name="Signed">
            <Signature of={row.signed} />
            {row.signed === null ? null : <ClockMark clocks={clocks} kind="review.signed" at={row.signed.at} />}
          </Fact>
          <Fact name="Acknowledged">
            <Signature of={row.acknowledged} />
            {row.acknowledged === null ? null : (
              <ClockMark clocks={clocks} kind="review.acknowledged" at={row.acknowledged.at} />
            )}
          </Fact>
          {row.override === null ? null : (
            <TextFact
              name={row.state === 'withdrawn' ? 'Reason for cancelling' : 'Reason for starting with incomplete data'}
              text={row.override}
            />
          )}
          {row.carried === null ? null : <TextFact name="Signed with open questions because" text={row.carried} />}
          <Fact name="Before it">
            {previousReviewId === null ? (
              <span className="c-quiet">No signed review of this kind</span>
            ) : (
              <Link to="/reviews" search={{ ...NO_REVIEW, review: previousReviewId }}>
                Previous signed review
              </Link>
            )}
          </Fact>
        </Facts>
      </PanelSection>
      <PanelSection title="Reviewers" count={row.reviewers.length}>
        {row.reviewers.length === 0 ? (
          <Nothing>No item has been decided yet.</Nothing>
        ) : (
          <Facts>
            {row.reviewers.map(({ reviewer, decided, questions, lastAt }) => (
              <Fact key={reviewer} name={visibleText(reviewer)}>
                {`${wholeNumber(decided)} of ${plural(row.items, 'item')} decided`}
                {questions === 0 ? '' : `, ${plural(questions, 'open question')}`}
                <span className="c-sub">
                  Last active <When at={lastAt} />
                </span>
              </Fact>
            ))}
          </Facts>
        )}
      </PanelSection>
      <PanelSection title="Marks" count={marks.length}>
        {marks.length === 0 ? (
          <Nothing>No marks that an auditor would ask about.</Nothing>
        ) : (
          marks.map(({ kind, says }) => (
            <p key={kind}>
              <Status tone="warn" plain>
                {says}
              </Status>
            </p>
          ))
        )}
      </PanelSection>
      <PanelSection title="Sources">
        <Sources sources={sources} />
      </PanelSection>
    </SidePanel>
  )
}

function Signature({ of }: { readonly of: ReviewRow['signed'] }): ReactElement {
  return of === null ? (
    <span className="c-quiet">Not yet</span>
  ) : (
    <>
      <Named text={of.by} /> <When at={of.at} />
      {of.operator === null ? null : (
        <span className="c-quiet">
          {' · operator '}
          <Named text={of.operator} />
        </span>
      )}
    </>
  )
}
