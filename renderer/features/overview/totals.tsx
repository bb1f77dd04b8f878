import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { ClientOverview } from '../../../shared/contract/overview.ts'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'

/** The sentence of the day, and the numbers of the scope. */
export function Totals({ clients }: { readonly clients: readonly ClientOverview[] }): ReactElement {
  const wanting = clients.filter((each) => each.attention.some(({ severity }) => severity !== 'low')).length
  const sum = (field: 'people' | 'privileged' | 'keys' | 'overdue' | 'due'): number =>
    clients.reduce((total, each) => total + each[field], 0)
  return (
    <section className="c-totals" aria-label="Today">
      <div className="c-totals-today">
        {wanting === 0 ? (
          <Status tone="good">Nothing is pressing today</Status>
        ) : (
          <p>
            <strong>
              {clients.length === 1 ? 'This client' : `${wanting} of ${plural(clients.length, 'client')}`}
            </strong>
            {wanting === 1 ? ' needs attention today' : ' need attention today'}
          </p>
        )}
      </div>
      <dl>
        <Total label="Overdue" value={sum('overdue')} tone="bad">
          <Link to="/keys" search={{ rotation: 'overdue' }}>
            {wholeNumber(sum('overdue'))}
          </Link>
        </Total>
        <Total label="Due" value={sum('due')} tone="warn">
          <Link to="/keys" search={{ rotation: 'due' }}>
            {wholeNumber(sum('due'))}
          </Link>
        </Total>
        <Total label="Keys" value={sum('keys')}>
          <Link to="/keys" search={{}}>
            {wholeNumber(sum('keys'))}
          </Link>
        </Total>
        <Total label="People" value={sum('people')}>
          <Link to="/people" search={{}}>
            {wholeNumber(sum('people'))}
          </Link>
        </Total>
        <Total label="Privileged" value={sum('privileged')}>
          <Link to="/people" search={{ privileged: true }}>
            {wholeNumber(sum('privileged'))}
          </Link>
        </Total>
      </dl>
    </section>
  )
}

interface TotalProps {
  readonly label: string
  readonly value: number
  readonly tone?: 'bad' | 'warn'
  readonly children: ReactElement
}

function Total({ label, value, tone, children }: TotalProps): ReactElement {
  return (
    <div className="c-total" data-tone={value > 0 ? tone : undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
