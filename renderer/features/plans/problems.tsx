import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { query } from '../../data/api.ts'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import classes from './plans.module.css'

/** What is wrong with the plan as it stands now, with its place and what to do. */
export function Problems({ plan }: { readonly plan: Plan }): ReactElement | null {
  const [settled] = useDebouncedValue(plan, 250)
  const problems = useQuery({
    ...query.plan.check.queryOptions({ input: { plan: settled } }),
    placeholderData: keepPreviousData,
  })
  const found = problems.data ?? []
  if (found.length === 0) return null
  return (
    <section className="c-card c-padded" aria-label="Problems" aria-live="polite">
      <ul className={classes['steps']}>
        {found.slice(0, 50).map(({ hint, path, says, severity }) => (
          <li key={`${path} ${says}`}>
            <Status tone={severity === 'error' ? 'bad' : 'warn'}>{severity === 'error' ? 'Error' : 'Warning'}</Status>{' '}
            {visibleText(says)} <span className="c-quiet">{visibleText(hint)}</span>
          </li>
        ))}
      </ul>
      {found.length > 50 ? <p className="c-help">{`${found.length - 50} more`}</p> : null}
    </section>
  )
}
