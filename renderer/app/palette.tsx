import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState, type ReactElement } from 'react'

import type { Outputs } from '../../shared/contract/contract.ts'
import { openHelp } from '../ui/help/asked.ts'
import { toFailure } from '../ui/failure.ts'
import { useQuery } from '../ui/use-query.ts'
import { query } from '../data/api.ts'
import { keepAnswer } from '../data/keep-answer.ts'
import { useUnheldWords } from '../entities/unheld-note.tsx'
import { ChosenAction } from './chosen-action.ts'
import { useEarlyKeys } from './early-keys.ts'
import { FirstChoice } from './first-choice.tsx'
import {
  matchingEntries,
  offerEntries,
  paletteEntries,
  viewEntries,
  type PaletteAct,
  type PaletteEntry,
} from './palette-entries.ts'
import { FoundGroup, RecentGroup } from './palette-found.tsx'
import { COMBOBOX, EntryGroups, LIST_ID, LISTBOX, PALETTE } from './palette-list.tsx'
import { useOffers } from '../data/offered-actions.ts'
import { useScope } from '../data/scope.ts'
import { useClientInScope, useClients } from '../data/use-clients.ts'
import { lockNow } from '../data/lock-now.ts'
import { syncNow } from '../data/sync-now.ts'
import { useInfo } from '../data/use-info.ts'
import { useScheme } from '../data/use-scheme.ts'

/** The acts of the open panel come before the things that were opened last. */
const isOnPage = ({ group }: PaletteEntry): boolean => group === 'On this page'

type SearchHit = Outputs['search']['find']['rows'][number]

const NONE: readonly SearchHit[] = []
const NO_VIEWS: Outputs['views']['list'] = []

/** Shorter queries would match nearly everything: the register's index consists of three-letter pieces. */
const SHORTEST_SEARCH = 2

interface PaletteProps {
  readonly toggleRail: () => void
}

/** Ctrl/Cmd+K: go to a page, switch client, run an action, or find a person, key, project or client. */
export function Palette({ toggleRail }: PaletteProps): ReactElement {
  const [typed, setTyped] = useState('')
  const { client } = useClientInScope()
  const isSample = useInfo()?.sample === true
  const { client: slug } = useScope()
  const views = useQuery(query.views.list.queryOptions({ input: { client: slug } })).data ?? NO_VIEWS
  const offered = [...offerEntries(useOffers()), ...paletteEntries(useClients(), client), ...viewEntries(views)]
  // The sample's connections have no keys, and are never synced.
  const entries = matchingEntries(isSample ? offered.filter(({ act }) => act.kind !== 'sync') : offered, typed)
  const act = usePaletteAct({ toggleRail })
  const search = useFound(typed)
  const unheld = useUnheldWords()
  const list = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEarlyKeys(input, setTyped)
  const nothing = entries.byLabel.length + entries.others.length === 0 && search.found.length === 0
  return (
    <Spotlight.Root {...PALETTE} query={typed} onQueryChange={setTyped} title="Search or go to">
      <Spotlight.Search
        ref={input}
        placeholder={
          client ? `Search in ${client.name}, or go to…` : 'Search people, keys, projects, clients, or go to…'
        }
        aria-label="Search or go to"
        {...COMBOBOX}
        aria-expanded={!nothing}
        leftSection={<IconSearch size={17} aria-hidden />}
      />
      <Spotlight.ActionsList ref={list} id={LIST_ID} {...(nothing ? {} : LISTBOX)}>
        {typed === '' ? (
          <>
            <EntryGroups entries={entries.byLabel.filter(isOnPage)} act={act} />
            <RecentGroup client={client?.slug} />
            <EntryGroups entries={entries.byLabel.filter((entry) => !isOnPage(entry))} act={act} />
          </>
        ) : (
          <EntryGroups entries={entries.byLabel} act={act} />
        )}
        <FoundGroup label="Results" found={search.found} />
        <EntryGroups entries={entries.others} act={act} />
        {nothing ? (
          <Spotlight.Empty>{search.failure ?? (search.pending ? 'Searching…' : 'No results')}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
      {typed === '' || unheld === null ? null : <p className="c-palette-more">{unheld}</p>}
      {search.more ? <p className="c-palette-more">More things match. Type more of the name to find them.</p> : null}
      <ChosenAction list={list} input={input} />
      {typed === '' ? null : (
        <FirstChoice
          key={`${typed}:${search.found.map(({ kind, id }) => `${kind}${id}`).join()}`}
          list={list}
          input={input}
        />
      )}
    </Spotlight.Root>
  )
}

interface Search {
  readonly found: readonly SearchHit[]
  /** Others match too, which are not among those found. */
  readonly more: boolean
  readonly pending: boolean
  readonly failure: string | null
}

function useFound(typed: string): Search {
  const { client } = useScope()
  const [wanted] = useDebouncedValue(typed.trim(), 120)
  const enabled = wanted.length >= SHORTEST_SEARCH
  const find = useQuery({
    ...query.search.find.queryOptions({ input: { client, query: wanted, limit: 20 } }),
    enabled,
    placeholderData: keepAnswer({ client }),
  })
  // Clients are already listed under “Switch client”.
  const found = useMemo(() => (find.data?.rows ?? NONE).filter(({ kind }) => kind !== 'client'), [find.data])
  if (!enabled || typed.trim().length < SHORTEST_SEARCH)
    return { found: NONE, more: false, pending: false, failure: null }
  return {
    found,
    more: find.data?.more === true && found.length > 0,
    pending: find.isFetching || wanted !== typed.trim(),
    failure: find.error ? toFailure(find.error).message : null,
  }
}

/** Runs a palette entry. */
function usePaletteAct({ toggleRail }: PaletteProps): (act: PaletteAct) => void {
  const navigate = useNavigate()
  const { client, setClient } = useScope()
  const { choose } = useScheme()
  return (act) => {
    switch (act.kind) {
      case 'go':
        return void navigate({ to: act.path, search: act.search as never })
      case 'scope':
        return setClient(act.slug)
      case 'sync':
        return void syncNow({ client })
      case 'export':
        return void navigate({ to: '/files', search: { view: 'export' } })
      case 'open-review':
        return void navigate({ to: '/reviews', search: { start: 'admins' } })
      case 'add-client':
        return void navigate({ to: '/clients', search: { add: true } })
      case 'add-connection':
        return void navigate({ to: '/connections', search: { add: true } })
      case 'scheme':
        return choose(act.scheme)
      case 'run':
        return act.run()
      case 'rail':
        return toggleRail()
      case 'lock':
        return void lockNow()
      case 'help':
        return openHelp()
      case 'shortcuts':
        return openHelp(null, 'shortcuts')
    }
  }
}
