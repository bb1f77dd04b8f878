import { Button, Table } from '@mantine/core'
import { IconCalendarCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'

import type { ReviewScheduleRow } from '../../../shared/contract/reviews.ts'
import { reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { useNow } from '../../ui/now.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { Empty } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { WhenDay } from '../../ui/when.tsx'
import classes from './reviews.module.css'
import { cadenceWords, reviewKindAbout, scheduleWord } from '../../entities/review-labels.ts'
import type { SetSearch } from './search.ts'

interface ScheduleTableProps {
  readonly rows: readonly ReviewScheduleRow[]
  readonly set: SetSearch
  /** The scope is one client, so the table has no client column. */
  readonly ofOne: boolean
}

/** Shown initially, and added by each click: an agency may have hundreds of clients. */
const STEP = 60

/** The scheduled reviews of each client, most urgent first, each with a link. */
export function ScheduleTable({ rows, set, ofOne }: ScheduleTableProps): ReactElement {
  const today = toLocalDay(useNow())
  const [shown, setShown] = useState(STEP)
  if (rows.length === 0) {
    return (
      <Empty
        icon={IconCalendarCheck}
        title="Nothing to review yet"
        action={<ButtonLink to="/connections">Connections</ButtonLink>}
      >
        A client’s reviews are scheduled as soon as it has a connection. Add one, or import a register.
      </Empty>
    )
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <section className={classes['scroll']} tabIndex={0} aria-labelledby="schedule">
      <Table className="c-table" highlightOnHover stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {ofOne ? null : <Table.Th>Client</Table.Th>}
            <Table.Th>Review</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Due</Table.Th>
            <Table.Th>Frequency</Table.Th>
            <Table.Th>Last signed</Table.Th>
            <Table.Th>Reviewer</Table.Th>
            <Table.Th>
              <span className="c-visually-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, shown).map((row) => {
            const standing = scheduleWord(row, today)
            return (
              <Table.Tr key={`${row.client.slug} ${row.kind}`}>
                {ofOne ? null : (
                  <Table.Td>
                    <ClientMark client={row.client} />
                  </Table.Td>
                )}
                <Table.Th scope="row" title={reviewKindAbout(row.kind)}>
                  {reviewTitle(row.kind)}
                </Table.Th>
                <Table.Td>
                  <Status tone={standing.tone} plain>
                    {standing.word}
                  </Status>
                </Table.Td>
                <Table.Td>
                  <WhenDay day={row.dueOn} show="day" />
                </Table.Td>
                <Table.Td>{cadenceWords(row.everyMonths)}</Table.Td>
                <Table.Td>
                  {row.last === null ? (
                    <span className="c-quiet">Never</span>
                  ) : (
                    <Link to="/reviews" search={{ review: row.last.reviewId }}>
                      <WhenDay day={row.last.on} show="day" />
                    </Link>
                  )}
                </Table.Td>
                <Table.Td>
                  <Named text={row.reviewer} otherwise="None" />
                </Table.Td>
                <Table.Td className="c-row-actions">
                  <RowAction row={row} set={set} />
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
      {rows.length > shown ? (
        <Button variant="subtle" size="compact-xs" m={6} onClick={() => setShown((now) => now + STEP * 4)}>
          {`Show more of ${wholeNumber(rows.length)}`}
        </Button>
      ) : null}
    </section>
  )
}

function RowAction({ row, set }: Pick<ScheduleTableProps, 'set'> & { readonly row: ReviewScheduleRow }): ReactElement {
  const name = `${reviewTitle(row.kind)} of ${visibleText(row.client.name)}`
  if (row.openReviewId !== null) {
    return (
      <ButtonLink
        to="/reviews"
        search={{ review: row.openReviewId }}
        variant="default"
        size="compact-xs"
        aria-label={`Continue the review: ${name}`}
      >
        Continue
      </ButtonLink>
    )
  }
  return (
    <Button
      variant="default"
      size="compact-xs"
      aria-label={`Start the review: ${name}`}
      onClick={() => set({ start: row.kind, of: row.client.slug })}
    >
      Start
    </Button>
  )
}
