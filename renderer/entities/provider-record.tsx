import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { query } from '../data/api.ts'
import { LongList } from '../ui/panel/long-list.tsx'
import { PanelSection } from '../ui/panel/panel-section.tsx'
import { Failed } from '../ui/states.tsx'
import { visibleText } from '../ui/text.ts'
import { useQuery } from '../ui/use-query.ts'
import { When } from '../ui/when.tsx'
import { eventWords } from './event-words.ts'

/** The newest events that a panel shows; the list has all of them. */
const SHOWN = 5

type About =
  | { readonly key: number }
  | { readonly person: number }
  | { readonly project: number }
  | { readonly rule: number }
  | { readonly certificate: number }

interface ProviderRecordProps {
  readonly about: About
  /** The client in scope, for a person who may be at several. */
  readonly client?: string | undefined
  /** One of the connections of a person, as an item of a review has it. */
  readonly connection?: number
}

function toFilter(about: About) {
  if ('key' in about) return { keyId: about.key }
  if ('person' in about) return { personId: about.person }
  if ('rule' in about) return { federationId: about.rule }
  return 'certificate' in about ? { certificateId: about.certificate } : { project: about.project }
}

/**
 * In the panel of a key, person, project, federation rule or certificate: by whom and when the provider recorded that it was created, changed or given
 * a role. Nothing where its log has nothing about it.
 */
export function ProviderRecord({ about, client, connection }: ProviderRecordProps): ReactElement | null {
  const events = useQuery(
    query.events.list.queryOptions({ input: { ...toFilter(about), client, connection, limit: SHOWN } }),
  )
  if (events.error) {
    return (
      <PanelSection title="Provider log">
        <Failed error={events.error} retry={() => void events.refetch()} />
      </PanelSection>
    )
  }
  if (events.data === undefined || events.data.total === 0) return null
  const { rows, total } = events.data
  return (
    <PanelSection
      title="Provider log"
      count={total}
      actions={
        <Link to="/changes/log" search={{ ...about, connection, days: '0' }} className="c-link">
          Show in log
        </Link>
      }
    >
      <LongList items={rows} getKey={({ eventId }) => eventId}>
        {(row) => {
          const { what, by } = eventWords(row, about)
          return (
            <>
              {visibleText(what)}
              <span className="c-sub">
                {by === null ? null : `${visibleText(by)} · `}
                <When at={row.at} />
              </span>
            </>
          )
        }}
      </LongList>
    </PanelSection>
  )
}
