import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { PageFrame } from '../../ui/page.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { OpenDialog } from './open-dialog.tsx'
import { OpenedList } from './opened-list.tsx'
import classes from './reviews.module.css'
import { ScheduleTable } from './schedule-table.tsx'
import type { ReviewsSearch, SetSearch } from './search.ts'

interface OverviewProps {
  readonly search: ReviewsSearch
  readonly set: SetSearch
}

/** The schedule of reviews by policy, and below it every review. */
export function ReviewsOverview({ search, set }: OverviewProps): ReactElement {
  const { client } = useScope()
  const schedule = useQuery(query.reviews.schedule.queryOptions({ input: { client } }))
  const overdue = schedule.data?.filter((row) => row.overdue).length ?? 0
  const first = schedule.data?.find((row) => row.dueOn !== null && row.openReviewId === null)
  return (
    <PageFrame
      title="Reviews"
      fill
      aside={
        schedule.data === undefined
          ? undefined
          : overdue === 0
            ? 'None overdue'
            : `${plural(overdue, 'review')} overdue`
      }
      actions={
        <Button
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => set({ start: first?.kind ?? 'admins', of: first?.client.slug ?? client })}
        >
          Start a review
        </Button>
      }
    >
      <div className={classes['both']}>
        <div className={classes['schedule']}>
          <h2 className="c-card-title" id="schedule">
            Schedule
          </h2>
          <Answer of={schedule} what="the schedule">
            {(data) => <ScheduleTable rows={data} set={set} ofOne={client !== undefined} />}
          </Answer>
        </div>
        <section className={classes['opened']} aria-labelledby="opened">
          <OpenedList search={search} set={set} />
        </section>
      </div>
      <OpenDialog search={search} set={set} />
    </PageFrame>
  )
}
