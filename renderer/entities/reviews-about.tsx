import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { Inputs } from '../../shared/contract/contract.ts'
import type { ReviewMention } from '../../shared/contract/reviews.ts'
import { reviewTitle } from '../../shared/domain/reviews/review.ts'
import { query } from '../data/api.ts'
import { LongList } from '../ui/panel/long-list.tsx'
import { PanelSection } from '../ui/panel/panel-section.tsx'
import { Failed } from '../ui/states.tsx'
import { visibleText } from '../ui/text.ts'
import { useQuery } from '../ui/use-query.ts'
import { When } from '../ui/when.tsx'
import { DecisionMark } from './review-badges.tsx'

/**
 * In the panel of a person or key: what reviews decided about it, and open reviews that include it. Nothing without a
 * review.
 */
export function ReviewsAbout({ about }: { readonly about: Inputs['reviews']['about'] }): ReactElement | null {
  const mentions = useQuery(query.reviews.about.queryOptions({ input: about }))
  if (mentions.error) {
    return (
      <PanelSection title="Reviews">
        <Failed error={mentions.error} retry={() => void mentions.refetch()} />
      </PanelSection>
    )
  }
  if (mentions.data === undefined || mentions.data.length === 0) return null
  return (
    <PanelSection title="Reviews">
      <LongList items={mentions.data} getKey={({ itemId }) => itemId} step={5}>
        {(mention) => <Mention mention={mention} />}
      </LongList>
    </PanelSection>
  )
}

function Mention({ mention }: { readonly mention: ReviewMention }): ReactElement {
  const { kind, state, reviewId, itemId, project, connection, decision, to, decidedAt, openedAt } = mention
  return (
    <>
      <Link to="/reviews" search={{ review: reviewId, item: itemId }}>
        {reviewTitle(kind)}
      </Link>{' '}
      <DecisionMark record={decision === null ? null : { decision, to }} /> <When at={decidedAt ?? openedAt} />
      <span className="c-sub">
        {visibleText(project ?? 'Organization')} · {visibleText(connection.label)}
        {state === 'open' ? ' · the review is open' : ''}
      </span>
    </>
  )
}
