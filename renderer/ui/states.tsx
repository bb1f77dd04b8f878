import { Button, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconRefresh, type TablerIcon } from '@tabler/icons-react'
import { use, type ReactElement, type ReactNode } from 'react'

import { toFailure } from './failure.ts'
import { HelpLine } from './help/help-link.tsx'
import { EmptyTopic } from './help/topics.ts'

interface LoadingProps {
  /** The things being read, for assistive technology: `people`. */
  readonly what: string
  readonly rows?: number
}

/** Placeholder rows, drawn immediately so that nothing moves when the rows arrive. */
export function Loading({ what, rows = 8 }: LoadingProps): ReactElement {
  return (
    <output aria-label={`Loading ${what}`} aria-busy="true" className="c-loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={22} radius="sm" width={row === 0 ? '38%' : '100%'} />
      ))}
    </output>
  )
}

interface EmptyProps {
  readonly icon: TablerIcon
  readonly title: string
  /** The next step. */
  readonly children?: ReactNode
  /** The one action that follows. */
  readonly action?: ReactNode
  /** True if it is the whole page, so that its title is the page's. */
  readonly wholePage?: boolean
}

/**
 * An empty list or page, what to do about it, and a link to its paragraph of the guide: that of the list around it, else
 * that of the present page.
 */
export function Empty({ icon: Icon, title, children, action, wholePage = false }: EmptyProps): ReactElement {
  const topic = use(EmptyTopic)
  const Title = wholePage ? 'h1' : 'h2'
  return (
    <div className="c-empty">
      <Icon size={30} stroke={1.4} aria-hidden />
      <Title className="c-empty-title">{title}</Title>
      {children === undefined ? null : <p className="c-empty-text">{children}</p>}
      {action}
      {wholePage ? null : <HelpLine topic={topic} />}
    </div>
  )
}

interface FailedProps {
  readonly error: unknown
  /** Reads again; left out when that cannot help. */
  readonly retry?: (() => void) | undefined
}

/** The fault, what to do about it, and a button that tries again. */
export function Failed({ error, retry }: FailedProps): ReactElement {
  const failure = toFailure(error)
  return (
    <div className="c-failed" role="alert">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
      <div>
        <p className="c-failed-message">{failure.message}</p>
        {failure.hint === null ? null : <p className="c-failed-hint">{failure.hint}</p>}
        {retry && failure.canRetry ? (
          <Button variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={retry} mt={8}>
            Try again
          </Button>
        ) : null}
      </div>
    </div>
  )
}

interface AnswerProps<Data> extends LoadingProps {
  readonly of: { readonly data: Data | undefined; readonly error: unknown; readonly refetch: () => unknown }
  readonly children: (data: Data) => ReactNode
}

/** The answer of a query of `use-query.ts`, or that it is loading, or why it failed. */
export function Answer<Data>({ of, children, ...loading }: AnswerProps<Data>): ReactNode {
  const { data, error } = of
  if (error !== null) return <Failed error={error} retry={() => void of.refetch()} />
  return data === undefined ? <Loading {...loading} /> : children(data)
}
