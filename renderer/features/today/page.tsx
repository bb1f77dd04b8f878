import { Button } from '@mantine/core'
import { IconBuildingPlus, IconCircleCheck, IconPlugConnected, IconRefresh } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useRef, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import type { TodayEntry } from '../../../shared/contract/today.ts'
import { formatWeekday } from '../../../shared/domain/text/dates.ts'
import { sayWho } from '../../../shared/domain/today/who.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { syncNow } from '../../data/sync-now.ts'
import { UnheldNote } from '../../entities/unheld-note.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Answer, Empty } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { When } from '../../ui/when.tsx'
import { ClientTable, LastSync, NextReview } from './client-table.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import { restoreEntry } from './decisions.ts'
import { EntryPanel } from './entry-panel.tsx'
import { Queue } from './queue.tsx'
import type { Form, TodaySearch } from './search.ts'
import classes from './today.module.css'

type Today = Outputs['today']['list']

const route = getRouteApi('/')

/** The queue of what to do, most pressing first, and the state of each client. */
export function Page(): ReactElement {
  const { client } = useScope()
  const { hidden = false } = route.useSearch()
  const today = useQuery(query.today.list.queryOptions({ input: { client, hidden } }))
  return (
    <PageFrame
      title="Today"
      fill
      aside={today.data === undefined ? null : formatWeekday(today.data.day)}
      actions={today.data === undefined ? null : <SyncState today={today.data} />}
    >
      <Answer of={today} what="today">
        {(data) => <Body today={data} />}
      </Answer>
    </PageFrame>
  )
}

/** How current the facts are, and the button that reads them again; the sample is never read again. */
function SyncState({ today }: { readonly today: Today }): ReactElement | null {
  const { client } = useScope()
  const connections = today.clients.reduce((sum, { sync }) => sum + sync.connections, 0)
  const read = today.clients.reduce((sum, { sync }) => sum + sync.read, 0)
  if (connections === 0) return null
  return (
    <>
      <span className="c-quiet">
        {today.lastSync === null ? 'Not synced yet' : 'Synced '}
        {today.lastSync === null ? null : <When at={today.lastSync.at} />}
        {`, ${read} of ${plural(connections, 'connection')}`}
      </span>
      {today.sample ? null : (
        <Button
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          onClick={() => void syncNow({ client })}
        >
          Sync now
        </Button>
      )}
    </>
  )
}

function Body({ today }: { readonly today: Today }): ReactElement {
  const { client } = useScope()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const queue = useRef<HTMLElement | null>(null)
  const set = (change: Partial<TodaySearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: change.entry === search.entry })
  const opened = today.entries.find(({ entryId }) => entryId === search.entry)
  // Hidden entries can only be returned.
  const decide = (entry: string, form: Form): void => (search.hidden === true ? undefined : set({ entry, form }))
  const restore = (entry: TodayEntry): void => void restoreEntry({ client, entry }).catch(notifyFailed)
  // A form that was opened by its key needs no panel behind it.
  const form = opened?.hidden === null ? search.form : undefined
  const isPanel = opened !== undefined && form === undefined
  const close = (): void => set({ entry: undefined, form: undefined })
  if (today.clients.length === 0) return <NoClients />
  return (
    <>
      <ListAndPanel
        focusList={() => focusEntry(queue.current, search.entry)}
        list={
          <div className={classes['page']}>
            <Lead today={today} />
            {today.entries.length === 0 ? (
              <Nothing today={today} />
            ) : (
              <Queue
                entries={today.entries}
                opened={isPanel ? opened.entryId : undefined}
                isScoped={client !== undefined}
                queue={queue}
                open={(entry) => set({ entry, form: undefined })}
                close={close}
                decide={decide}
                restore={restore}
              />
            )}
            <HiddenLink today={today} />
            {client === undefined ? <ClientTable clients={today.clients} /> : <ClientFacts today={today} />}
            <UnheldNote />
          </div>
        }
        panel={
          isPanel ? (
            <EntryPanel
              entry={opened}
              decide={(form) => decide(opened.entryId, form)}
              restore={() => restore(opened)}
              onClose={close}
            />
          ) : null
        }
      />
      {opened !== undefined && form !== undefined ? (
        <DecideDialog key={opened.entryId} entry={opened} form={form} close={close} />
      ) : null}
    </>
  )
}

/** The focus goes back to the sentence from which the panel was opened. */
function focusEntry(queue: HTMLElement | null, entry: string | undefined): void {
  const rows = queue?.querySelectorAll<HTMLElement>('[data-entry]') ?? []
  const row = [...rows].find((each) => each.dataset['entry'] === entry) ?? rows[0]
  row?.querySelector<HTMLElement>('[data-says]')?.focus()
}

/** How much needs a person, and where. */
function Lead({ today: { entries, clients } }: { readonly today: Today }): ReactElement | null {
  const { hidden = false } = route.useSearch()
  if (hidden)
    return <p className={classes['lead']}>Snoozed and dismissed entries. They return when their facts get worse.</p>
  const said = sayWho(entries, clients)
  const isClear = entries.every(({ band }) => band === 'later')
  if (isClear && entries.length === 0) return null
  if (isClear) return <Status tone="good">{said.replace(/\.$/u, '')}</Status>
  const end = said.indexOf(' you') + ' you'.length
  return (
    <p className={classes['lead']}>
      <strong>{said.slice(0, end)}</strong>
      {said.slice(end)}
    </p>
  )
}

/** An empty queue: everything is fine, nothing was read yet, or nothing is hidden. */
function Nothing({ today: { clients } }: { readonly today: Today }): ReactElement {
  const { hidden = false } = route.useSearch()
  if (hidden) return <Empty icon={IconCircleCheck} title="Nothing is snoozed or dismissed" />
  if (clients.every(({ sync }) => sync.state === 'none')) {
    return (
      <Empty
        icon={IconPlugConnected}
        title="Not connected yet"
        action={
          <ButtonLink to="/connections" search={{ add: true }}>
            Add connection
          </ButtonLink>
        }
      >
        Connect a provider, or{' '}
        <Link to="/files" search={{ view: 'import' }}>
          import a file
        </Link>
        , to see what needs you.
      </Empty>
    )
  }
  return (
    <div className={classes['clear']}>
      <IconCircleCheck size={34} stroke={1.5} aria-hidden />
      <h2>All clear today</h2>
      <p className="c-prose">No key, review, leaver, finding, budget or sync needs you.</p>
    </div>
  )
}

function HiddenLink({ today }: { readonly today: Today }): ReactElement | null {
  const { hidden = false } = route.useSearch()
  if (hidden) {
    return (
      <p>
        <Link to="/" search={{}}>
          Back to Today
        </Link>
      </p>
    )
  }
  if (today.hidden === 0) return null
  return (
    <p>
      <Link to="/" search={{ hidden: true }}>
        {`Show ${plural(today.hidden, 'snoozed or dismissed entry', 'snoozed or dismissed entries')}`}
      </Link>
    </p>
  )
}

/** The numbers of the one client in scope. */
function ClientFacts({ today }: { readonly today: Today }): ReactElement | null {
  const [row] = today.clients
  if (row === undefined) return null
  const count = (number: number | null, noun: string): string =>
    number === null ? `No ${noun} read yet` : `${wholeNumber(number)} ${noun}`
  return (
    <p className={classes['client-facts']}>
      <Link to="/people" search={{ status: 'active' }}>
        {count(row.people, 'people')}
      </Link>
      <Link to="/keys" search={{}}>
        {count(row.keys, 'keys')}
      </Link>
      <span>
        {'Next review '}
        <NextReview review={row.nextReview} client={row.client.slug} />
      </span>
      <span>
        {row.sync.state === 'complete' ? 'Last sync ' : null}
        <LastSync row={row} />
      </span>
    </p>
  )
}

function NoClients(): ReactElement {
  return (
    <Empty
      icon={IconBuildingPlus}
      title="No active clients"
      action={
        <ButtonLink to="/clients" search={{ add: true }}>
          Add client
        </ButtonLink>
      }
    >
      Add a client, or restore an archived one under Clients.
    </Empty>
  )
}
