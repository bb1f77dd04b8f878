import { Button, SegmentedControl, Stack } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useEffect, useState, type ReactElement } from 'react'

import { MAX_SLICE } from '../../../shared/contract/common.ts'
import { api, query } from '../../data/api.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { useScope } from '../../data/scope.ts'
import { notifyFailed } from '../../ui/notify.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { MatchCard } from './match-card.tsx'
import classes from './people.module.css'

/** Pairs shown initially, and added by each click. */
const STEP = 20

type MatchState = 'open' | 'rejected'

interface MatchesViewProps {
  readonly state: MatchState
  readonly show: (state: MatchState) => void
}

/** Possible duplicates, side by side: a person decides, nothing is merged automatically. */
export function MatchesView({ state, show }: MatchesViewProps): ReactElement {
  const { client } = useScope()
  const isInTeam = useQuery(query.team.status.queryOptions()).data?.state === 'member'
  const [limit, setLimit] = useState(STEP)
  const matches = useQuery({
    ...query.people.matches.queryOptions({ input: { client, state, offset: 0, limit } }),
    placeholderData: keepAnswer({ client, state }),
  })
  useEffect(() => {
    // Only searches when people were added since; the list is refetched by the event.
    api.people.findMatches().catch(notifyFailed)
  }, [])
  const left = (matches.data?.total ?? 0) - limit
  return (
    <Stack gap={14}>
      <SegmentedControl
        aria-label="Filter duplicates"
        className={classes['states']}
        value={state}
        onChange={(value) => show(value === 'rejected' ? 'rejected' : 'open')}
        data={[
          { value: 'open', label: 'To decide' },
          { value: 'rejected', label: 'Not the same' },
        ]}
      />
      {matches.data === undefined ? (
        matches.error ? (
          <Failed error={matches.error} retry={() => void matches.refetch()} />
        ) : (
          <Loading what="possible duplicates" rows={6} />
        )
      ) : matches.data.rows.length === 0 ? (
        <Nobody state={state} />
      ) : (
        <>
          {isInTeam ? (
            <p className="c-prose">
              What you decide here stays on this device: a person may have accounts at several clients, which not every
              member of the team may see.
            </p>
          ) : null}
          <ul className="c-form" aria-label="Possible duplicates">
            {matches.data.rows.map((row) => (
              <li key={row.matchId}>
                <MatchCard match={row} />
              </li>
            ))}
          </ul>
        </>
      )}
      {left > 0 && limit < MAX_SLICE ? (
        <Button variant="subtle" onClick={() => setLimit((now) => Math.min(now + STEP * 4, MAX_SLICE))}>
          {`Show more of ${wholeNumber(matches.data?.total ?? 0)}`}
        </Button>
      ) : null}
    </Stack>
  )
}

function Nobody({ state }: { readonly state: MatchState }): ReactElement {
  return state === 'open' ? (
    <Empty icon={IconUsers} title="No possible duplicates">
      People with the same name, a tagged address, or the same employee number are listed here. Nothing is merged
      automatically.
    </Empty>
  ) : (
    <Empty icon={IconUsers} title="No pairs marked as not the same">
      Pairs that you mark as not the same are listed here, and can be reopened.
    </Empty>
  )
}
