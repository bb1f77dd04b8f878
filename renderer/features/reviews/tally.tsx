import { Group, Progress, UnstyledButton } from '@mantine/core'
import { IconFlag, type TablerIcon } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import { Status, STATUS_ICONS, type Tone } from '../../ui/status.tsx'
import classes from './reviews.module.css'
import type { ReviewsSearch, SetSearch } from './search.ts'
import { countUndecided, listDecisions, decisionWord, isClosed } from '../../entities/review-labels.ts'

interface TallyProps {
  readonly review: Outputs['reviews']['get']
  readonly search: ReviewsSearch
  readonly set: SetSearch
}

/**
 * The progress of a review: a bar, a number for each decision that filters the list by it, and the marks for an
 * auditor.
 */
export function Tally({ review, search, set }: TallyProps): ReactElement | null {
  const { row, marks } = review
  if (row.items === 0) return null
  const undecided = countUndecided(row)
  const toggle = (change: ReviewsSearch, on: boolean): void =>
    set(
      on
        ? { decided: undefined, decision: undefined, flagged: undefined, closure: undefined }
        : { decided: undefined, decision: undefined, flagged: undefined, closure: undefined, ...change },
    )
  return (
    <section aria-label="Progress">
      <Group gap="8px 6px">
        <div className={classes['progress']}>
          <Progress
            value={(row.decided / row.items) * 100}
            size="sm"
            aria-label="Decided"
            className={classes['progress-bar']}
          />
          <span className="c-tabular">{`${wholeNumber(row.decided)} of ${wholeNumber(row.items)} decided`}</span>
        </div>
        {row.state === 'open' ? (
          <Count
            word="Undecided"
            count={undecided}
            on={search.decided === false}
            onClick={() => toggle({ decided: false }, search.decided === false)}
          />
        ) : null}
        {listDecisions(row.kind).map((decision) => (
          <Count
            key={decision}
            word={decisionWord(decision).word}
            icon={decisionWord(decision).icon}
            tone={decisionWord(decision).tone}
            count={row.decisions[decision] ?? 0}
            on={search.decision === decision}
            onClick={() => toggle({ decision }, search.decision === decision)}
          />
        ))}
        <Count
          word="Flagged"
          icon={IconFlag}
          tone="warn"
          count={row.flagged}
          on={search.flagged === true}
          onClick={() => toggle({ flagged: true }, search.flagged === true)}
        />
        {row.pending > 0 && isClosed(row) ? (
          <Count
            word="Not yet applied"
            icon={STATUS_ICONS.clock}
            tone="warn"
            count={row.pending}
            on={search.closure === 'pending'}
            onClick={() => toggle({ closure: 'pending' }, search.closure === 'pending')}
          />
        ) : null}
        {marks.map(({ kind, says }) => (
          <Status key={kind} tone="warn">
            {visibleText(says)}
          </Status>
        ))}
      </Group>
    </section>
  )
}

interface CountProps {
  readonly word: string
  readonly count: number
  readonly on: boolean
  readonly onClick: () => void
  readonly tone?: Tone
  readonly icon?: TablerIcon
}

function Count({ word, count, on, onClick, tone = 'quiet', icon }: CountProps): ReactElement {
  return (
    <UnstyledButton className={classes['count']} aria-pressed={on} disabled={count === 0 && !on} onClick={onClick}>
      <Status tone={tone} plain {...(icon === undefined ? {} : { icon })}>
        {word}
      </Status>
      <strong className="c-tabular">{wholeNumber(count)}</strong>
    </UnstyledButton>
  )
}
