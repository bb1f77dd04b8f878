import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { ClientOverview } from '../../../shared/contract/overview.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'

/** The summary of the day, and the numbers of the scope. */
export function Totals({ clients }: { readonly clients: readonly ClientOverview[] }): ReactElement {
  const sum = (field: 'keys' | 'overdue' | 'due' | 'budgetsReached'): number =>
    clients.reduce((total, each) => total + each[field], 0)
  const people = usePeople()
  return (
    <section className="c-totals" aria-label="Today">
      <div className="c-totals-today">
        <Sentence clients={clients} />
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
        <Total label="Budgets over threshold" value={sum('budgetsReached')} tone="warn">
          <Link to="/usage/budgets" search={{}}>
            {wholeNumber(sum('budgetsReached'))}
          </Link>
        </Total>
        <Total label="Keys">
          <Link to="/keys" search={{}}>
            {wholeNumber(sum('keys'))}
          </Link>
        </Total>
        <Total label="People">
          <Link to="/people" search={{ status: 'active' }}>
            {people.all}
          </Link>
        </Total>
        <Total label="Privileged">
          <Link to="/people" search={{ privileged: true, status: 'active' }}>
            {people.privileged}
          </Link>
        </Total>
        <Total label="Invited">
          <Link to="/people" search={{ status: 'invited' }}>
            {people.invited}
          </Link>
        </Total>
      </dl>
    </section>
  )
}

function Sentence({ clients }: { readonly clients: readonly ClientOverview[] }): ReactElement {
  const wanting = clients.filter((each) => each.attention.some(({ severity }) => severity !== 'low')).length
  if (clients.every((each) => each.connections === 0)) {
    return (
      <p>
        <strong>Not synced yet.</strong>{' '}
        <Link to="/connections" search={{ add: true }}>
          Add a connection
        </Link>{' '}
        or{' '}
        <Link to="/files" search={{ view: 'import' }}>
          import a file
        </Link>
        .
      </p>
    )
  }
  if (wanting === 0) return <Status tone="good">All clear today</Status>
  return (
    <p>
      <strong>{clients.length === 1 ? 'This client' : `${wanting} of ${plural(clients.length, 'client')}`}</strong>
      {wanting === 1 ? ' needs attention today' : ' need attention today'}
    </p>
  )
}

/** A person may have access at several clients: the numbers of the clients do not add up to people. */
function usePeople(): Readonly<Record<'all' | 'privileged' | 'invited', string>> {
  const { client } = useScope()
  const total = (input: { readonly status: 'active' | 'invited'; readonly privileged?: true }) =>
    query.people.list.queryOptions({ input: { client, limit: 0, ...input } })
  const all = useQuery(total({ status: 'active' }))
  const privileged = useQuery(total({ status: 'active', privileged: true }))
  const invited = useQuery(total({ status: 'invited' }))
  const shown = (count: number | undefined): string => (count === undefined ? '…' : wholeNumber(count))
  return { all: shown(all.data?.total), privileged: shown(privileged.data?.total), invited: shown(invited.data?.total) }
}

interface TotalProps {
  readonly label: string
  /** The tone shows whether the number needs attention. */
  readonly value?: number
  readonly tone?: 'bad' | 'warn'
  readonly children: ReactElement
}

function Total({ label, value = 0, tone, children }: TotalProps): ReactElement {
  return (
    <div className="c-total" data-tone={value > 0 ? tone : undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
