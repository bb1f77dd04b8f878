import { Kbd } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconLoader2, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { plural, wholeNumber } from '../ui/relative.ts'
import { query } from '../data/api.ts'
import type { AreaLink } from '../data/areas.ts'
import { MOD } from '../data/keys.ts'
import { AREA_GROUPS } from './areas.ts'
import { SampleMark } from './sample-mark.tsx'
import { ScopeSwitch } from './scope-switch.tsx'
import { useScope } from '../data/scope.ts'
import { underWay, useSyncProgress } from '../data/use-sync-progress.ts'

/** The left rail: the scope at the top, then the areas. */
export function Rail(): ReactElement {
  return (
    <nav aria-label="Areas" className="c-rail">
      <ScopeSwitch />
      <button type="button" className="c-rail-search" onClick={spotlight.open} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={15} stroke={1.8} aria-hidden />
        <span>Search</span>
        <Kbd size="xs">{MOD} K</Kbd>
      </button>
      <div className="c-rail-nav">
        {AREA_GROUPS.map((group) => (
          <ul key={group[0]?.path}>
            {group.map((area) => (
              <li key={area.path}>
                <RailLink area={area} />
              </li>
            ))}
          </ul>
        ))}
      </div>
      <RailSync />
      <SampleMark />
    </nav>
  )
}

function RailLink({ area }: { readonly area: AreaLink }): ReactElement {
  const Icon = area.icon
  return (
    <Link
      to={area.path}
      search={{}}
      className="c-rail-link"
      activeOptions={{ exact: true, includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
    >
      <Icon size={17} stroke={1.7} aria-hidden />
      <span>{area.label}</span>
      {area.path === '/reminders' ? <UnseenCount /> : null}
    </Link>
  )
}

/** The number of unread reminders; nothing without one. */
function UnseenCount(): ReactElement | null {
  const { client } = useScope()
  const unseen = useQuery(query.reminders.list.queryOptions({ input: { client, unseen: true, limit: 100 } }))
  const count = unseen.data?.length ?? 0
  if (count === 0) return null
  const shown = count >= 100 ? '99+' : wholeNumber(count)
  return (
    <span className="c-rail-count">
      <span aria-hidden>{shown}</span>
      <span className="c-visually-hidden">{`, ${shown} unread`}</span>
    </span>
  )
}

/** Running syncs, seen from every page. */
function RailSync(): ReactElement | null {
  const running = underWay(useSyncProgress())
  if (running.length === 0) return null
  return (
    <Link to="/connections" search={{}} className="c-rail-sync">
      <IconLoader2 size={15} aria-hidden className="c-spin" />
      <span>{`Syncing ${plural(running.length, 'connection')}`}</span>
    </Link>
  )
}
