import { Button, Group } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import type { ReviewRow } from '../../../shared/contract/reviews.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { When, WhenDay } from '../../ui/when.tsx'
import { Named } from '../../ui/named.tsx'
import { Status, STATUS_ICONS } from '../../ui/status.tsx'
import classes from './reviews.module.css'
import { StateBadge } from '../../entities/review-badges.tsx'
import { NO_REVIEW, type ReviewsSearch, type SetSearch } from './search.ts'
import { isClosed } from '../../entities/review-labels.ts'
import { MAX_SLICE } from '../../../shared/contract/common.ts'
import { query } from '../../data/api.ts'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { useQuery } from '../../ui/use-query.ts'
import { AddRemediations } from '../../entities/add-remediations.tsx'

export function AllReviews(): ReactElement {
  return (
    <ButtonLink to="/reviews" search={NO_REVIEW} variant="subtle" leftSection={<IconArrowLeft size={14} aria-hidden />}>
      All reviews
    </ButtonLink>
  )
}

/** The client of a review, its status, and its due date; in a team also what waits for the next exchange. */
export function ReviewAside({ review }: { readonly review: Outputs['reviews']['get'] }): ReactElement {
  const { row, team } = review
  return (
    <Group gap={10}>
      <ClientMark client={row.client} />
      <StateBadge row={row} />
      {team !== null && team.waiting > 0 ? (
        <Status tone="info" icon={STATUS_ICONS.clock} plain title="The team does not have it yet">
          {`${plural(team.waiting, 'decision')} waiting for the team`}
        </Status>
      ) : null}
      {row.state === 'open' ? (
        <span>
          due <WhenDay day={row.dueOn} show="day" />
        </span>
      ) : null}
      <Reviewers row={row} />
    </Group>
  )
}

/** The head names this many reviewers; the details have all. */
const NAMED = 2

/** How far each reviewer is, and when they were last active; nothing before the first decision. */
function Reviewers({ row }: { readonly row: ReviewRow }): ReactElement | null {
  const { reviewers, items } = row
  if (reviewers.length === 0) return null
  const others = reviewers.length - NAMED
  return (
    <ul className={classes['reviewers']} aria-label="Reviewers">
      {reviewers.slice(0, NAMED).map(({ reviewer, decided, lastAt }) => (
        <li key={reviewer}>
          <Named text={reviewer} />{' '}
          <span className="c-tabular">{`${wholeNumber(decided)} of ${wholeNumber(items)}`}</span>
          {', active '}
          <When at={lastAt} />
        </li>
      ))}
      {others > 0 ? <li>{`and ${plural(others, 'other')}`}</li> : null}
    </ul>
  )
}

interface ReviewActionsProps {
  readonly row: ReviewRow
  readonly search: ReviewsSearch
  readonly set: SetSearch
}

/** The actions on a review in its state; the next step comes last. */
export function ReviewActions({ row, search, set }: ReviewActionsProps): ReactElement {
  const { state } = row
  const about = search.step === 'about'
  return (
    <>
      <AllReviews />
      <Button
        variant="default"
        aria-expanded={about}
        onClick={() => set({ step: about ? undefined : 'about', item: undefined })}
      >
        Details
      </Button>
      {state === 'open' ? (
        <>
          <Button variant="default" onClick={() => set({ step: 'withdraw' })}>
            Cancel review…
          </Button>
          <Button onClick={() => set({ step: 'sign' })}>Sign off…</Button>
        </>
      ) : null}
      {isClosed(row) && row.pending > 0 ? <PendingRemediations row={row} /> : null}
      {isClosed(row) ? (
        <Button variant="default" onClick={() => set({ step: 'summary' })}>
          Save summary…
        </Button>
      ) : null}
      {isClosed(row) || state === 'empty' ? (
        <Button variant={state === 'signed' ? 'default' : 'filled'} onClick={() => set({ step: 'pack' })}>
          Export evidence pack…
        </Button>
      ) : null}
      {state === 'signed' ? <Button onClick={() => set({ step: 'acknowledge' })}>Acknowledge…</Button> : null}
    </>
  )
}

/**
 * Adds the removals and changes that no sync has verified and that are not in the list yet to remediation, up to the
 * limit of a call.
 */
function PendingRemediations({ row }: { readonly row: ReviewRow }): ReactElement {
  const items = useQuery(
    query.reviews.items.queryOptions({
      input: { reviewId: row.reviewId, closure: 'pending', unlisted: true, limit: MAX_SLICE },
    }),
  )
  // Once everything is in the list, the button leads there.
  if (items.data?.rows.length === 0) {
    return (
      <ButtonLink to="/remediation" search={{}} variant="default">
        {`View ${wholeNumber(row.pending)} in remediation`}
      </ButtonLink>
    )
  }
  const origins = (items.data?.rows ?? []).map(({ itemId }) => ({ kind: 'review-item', id: itemId }) as const)
  return <AddRemediations origins={origins} label={`Add ${wholeNumber(origins.length)} to remediation`} />
}
