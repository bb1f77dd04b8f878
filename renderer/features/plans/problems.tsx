import { Anchor } from '@mantine/core'
import type { ReactElement } from 'react'

import type { PlanProblem } from '../../../shared/domain/plans/problem.ts'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import type { PlanPartRef } from './chosen.ts'
import { findPart, groupProblems } from './problem-places.ts'
import classes from './plans.module.css'

interface ProblemsProps {
  /** The problems of the open tab. */
  readonly problems: readonly PlanProblem[]
  /** Selects a part of the structure. */
  readonly choose: (part: PlanPartRef) => void
}

/** The problems of a tab by what to do about them, each with a link to its part. */
export function Problems({ problems, choose }: ProblemsProps): ReactElement | null {
  if (problems.length === 0) return null
  return (
    <section className="c-card c-padded" aria-label="Problems" aria-live="polite">
      <ul className={classes['problems']}>
        {groupProblems(problems).map(({ severity, hint, problems: own }) => (
          <li key={`${severity} ${hint}`}>
            <Status tone={severity === 'error' ? 'bad' : 'warn'} plain>
              {severity === 'error' ? 'Error' : 'Warning'}
            </Status>
            <div>
              {own.map((problem) => (
                <Sentence key={`${problem.path} ${problem.says}`} problem={problem} choose={choose} />
              ))}
              <span className="c-quiet">{visibleText(hint)}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface SentenceProps {
  readonly problem: PlanProblem
  readonly choose: (part: PlanPartRef) => void
}

function Sentence({ problem, choose }: SentenceProps): ReactElement {
  const part = findPart(problem)
  const says = visibleText(problem.says)
  return (
    <p>
      {part === null ? (
        says
      ) : (
        <Anchor component="button" type="button" inherit ta="start" onClick={() => choose(part)}>
          {says}
        </Anchor>
      )}
    </p>
  )
}
