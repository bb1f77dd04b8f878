import { SegmentedControl } from '@mantine/core'
import { IconFileSearch } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { Link } from '@tanstack/react-router'

import { DAY_MS } from '../../../shared/domain/day.ts'
import { EVENT_ACTS, EVENT_SUBJECTS, eventSubjectWord } from '../../../shared/domain/events/event.ts'
import { EVENTS } from '../../../shared/nouns/events.ts'
import { query } from '../../data/api.ts'
import { listParams, toFilter } from '../../data/search-params.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ConnectionChip } from '../../entities/connection-chip.tsx'
import { KeyChip } from '../../entities/key-chip.tsx'
import { PersonChip } from '../../entities/person-chip.tsx'
import { ProjectChip } from '../../entities/project-chip.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { useNow } from '../../ui/now.ts'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { Empty, Failed } from '../../ui/states.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { ManyChip } from '../../ui/table/many-chip.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { useQuery } from '../../ui/use-query.ts'
import { EVENT_COLUMNS } from './columns.tsx'
import { whyEmpty, describeUnknown } from './log-words.ts'
import { EventPanel } from './panel.tsx'
import { PERIODS } from './search.ts'
import type { EventLog } from '../../../shared/contract/events.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { visibleText } from '../../ui/text.ts'
import classes from './events.module.css'
import { NamedChip } from '../../entities/named-chip.tsx'

const SUBJECTS = EVENT_SUBJECTS.map((value) => ({ value, label: eventSubjectWord(value) }))

const ACT_LABELS = {
  created: 'Created or given',
  changed: 'Changed',
  removed: 'Removed',
  enabled: 'Turned on',
  disabled: 'Turned off',
  succeeded: 'Succeeded',
  failed: 'Failed',
  other: 'Other',
} as const

const ACTS = EVENT_ACTS.map((value) => ({ value, label: ACT_LABELS[value] }))

const PERIOD_LABELS = { '7': '7 days', '30': '30 days', '90': '90 days', '0': 'All' } as const

/** The list has one order: newest first. */
const SORT = { by: 'at', direction: 'desc' } as const

/** The events in the providers' own logs, newest first, with the panel of one event. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/changes/log')
  const { client, days = '90', rule, certificate, event } = search
  const today = Math.floor(useNow() / DAY_MS) * DAY_MS
  const filters = toFilters(search, set, listParams(EVENTS))
  const logs = useQuery(query.events.logs.queryOptions({ input: { client } }))
  const since = days === '0' ? undefined : today - Number(days) * DAY_MS
  return (
    <PageFrame title="Changes" fill tabs={<AreaTabs label="Changes" />}>
      <TableAndPanel
        filters={
          <FilterBar {...filters.bar('Search the provider log')}>
            <SegmentedControl
              aria-label="Look back"
              data={PERIODS.map((value) => ({ value, label: PERIOD_LABELS[value] }))}
              value={days}
              onChange={(value) => set({ days: PERIODS.find((one) => one === value) })}
            />
            <ManyChip label="About" choices={SUBJECTS} {...filters.chip('subject')} />
            <ManyChip label="Event" choices={ACTS} {...filters.chip('act')} />
            <ConnectionChip {...filters.chip('connection')} />
            <PersonChip {...filters.chip('person')} />
            <ProjectChip {...filters.chip('project')} />
            <KeyChip {...filters.chip('key')} />
            {rule === undefined ? null : <RuleChip id={rule} onRemove={() => set({ rule: undefined })} />}
            {certificate === undefined ? null : (
              <CertificateChip id={certificate} onRemove={() => set({ certificate: undefined })} />
            )}
          </FilterBar>
        }
        above={
          logs.data !== undefined ? (
            <LogNotes logs={logs.data} />
          ) : logs.isError ? (
            <Failed error={logs.error} retry={() => void logs.refetch()} />
          ) : undefined
        }
        id="events"
        label="Provider log"
        noun={['event', 'events']}
        source={toListSource({ ...toFilter(EVENTS, search), since }, (input) =>
          query.events.list.queryOptions({ input }),
        )}
        columns={EVENT_COLUMNS}
        rowId={(row) => row.eventId}
        sort={SORT}
        opened={event}
        open={(next, replace) => set({ event: next }, replace)}
        renderPanel={(id, close) => <EventPanel eventId={id} onClose={close} />}
        empty={
          <ListEmpty what="events" {...filters}>
            <Empty
              icon={IconFileSearch}
              title={days === '0' ? 'No events' : `No events in ${PERIOD_LABELS[days]}`}
              action={<ButtonLink to="/connections">Show connections</ButtonLink>}
            >
              {whyEmpty(logs.data, since ?? null)}
            </Empty>
          </ListEmpty>
        }
      />
    </PageFrame>
  )
}

/** Connections that are named before the others are only counted. */
const NAMED = 3

/** Above the list: connections whose log is not known as a whole, each with the reason. */
function LogNotes({ logs }: { readonly logs: readonly EventLog[] }): ReactElement | null {
  const unknown = logs.flatMap((log) => {
    const why = describeUnknown(log)
    return why === null ? [] : [{ connection: log.connection, why }]
  })
  if (unknown.length === 0) return null
  return (
    <ul className={`c-list ${classes['notes'] ?? ''}`} aria-label="Logs that are not known as a whole">
      {unknown.slice(0, NAMED).map(({ connection, why }) => (
        <li key={connection.id}>
          <Link to="/connections" search={{ connection: connection.id }} className="c-link">
            <bdi>{visibleText(connection.label)}</bdi>
          </Link>
          {': '}
          {visibleText(why)}
        </li>
      ))}
      {unknown.length > NAMED ? (
        <li>{`${counted(unknown.length - NAMED, 'further log is', 'further logs are')} not known as a whole.`}</li>
      ) : null}
    </ul>
  )
}

interface ThingChipProps {
  readonly id: number
  readonly onRemove: () => void
}

/** Shows that the log is filtered by one federation rule. */
function RuleChip({ id, onRemove }: ThingChipProps): ReactElement {
  const rule = useQuery(query.access.federationRule.queryOptions({ input: { federationId: id } }))
  const name = rule.data?.name?.trim() || rule.data?.externalId
  return <NamedChip label="Federation rule" of={rule} name={name} onRemove={onRemove} />
}

/** Shows that the log is filtered by one certificate. */
function CertificateChip({ id, onRemove }: ThingChipProps): ReactElement {
  const certificate = useQuery(query.access.certificate.queryOptions({ input: { certificateId: id } }))
  const name = certificate.data?.name?.trim() || certificate.data?.externalId
  return <NamedChip label="Certificate" of={certificate} name={name} onRemove={onRemove} />
}
