import { Kbd, Tooltip } from '@mantine/core'
import {
  IconChevronRight,
  IconHelp,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconLoader2,
  IconSearch,
  IconAlertTriangle,
  IconClock,
  IconUsersGroup,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactElement } from 'react'

import { openHelp } from '../ui/help/asked.ts'
import { plural } from '../ui/relative.ts'
import { RAIL_GROUPS } from '../data/areas.ts'
import { MOD } from '../data/keys.ts'
import { listGroup } from './areas.ts'
import { palette } from './palette-store.ts'
import { RailLink } from './rail-link.tsx'
import { SampleMark } from './sample-mark.tsx'
import { ScopeSwitch } from './scope-switch.tsx'
import { underWay, useSyncProgress } from '../data/use-sync-progress.ts'
import { usePlace } from '../data/use-place.ts'
import type { RailForm } from './use-rail.ts'
import { query } from '../data/api.ts'
import { describeTeam } from '../features/team/labels.ts'
import { useQuery } from '../ui/use-query.ts'

interface RailProps {
  readonly form: Exclude<RailForm, 'sheet'>
  readonly more: boolean
  readonly setMore: (more: boolean) => void
  /** Null where there is no room for another form. */
  readonly toggleCollapsed: (() => void) | null
}

/** The left rail: the scope at the top, then the areas in groups, with their counts. */
export function Rail(props: RailProps): ReactElement {
  const { form, toggleCollapsed } = props
  const isCollapsed = form === 'icons'
  return (
    <nav aria-label="Areas" className="c-rail" data-form={form}>
      <ScopeSwitch compact={isCollapsed} />
      <Tooltip label="Search or act" position="right" disabled={!isCollapsed}>
        <button type="button" className="c-rail-search" onClick={palette.open} aria-keyshortcuts="Control+K Meta+K">
          <IconSearch size={15} stroke={1.8} aria-hidden />
          <span className="c-rail-word">Search or act</span>
          <Kbd size="xs" className="c-rail-word">
            {MOD} K
          </Kbd>
        </button>
      </Tooltip>
      <RailGroups {...props} />
      <TeamChip />
      <RailSync />
      {isCollapsed ? null : <SampleMark />}
      <div className="c-rail-foot">
        <RailButton label="Help for this page" shortcut="?" onClick={() => openHelp()}>
          <IconHelp size={17} stroke={1.7} aria-hidden />
        </RailButton>
        {toggleCollapsed === null ? null : (
          <RailButton
            label={isCollapsed ? 'Expand the rail' : 'Collapse the rail'}
            shortcut={`${MOD} \\`}
            onClick={toggleCollapsed}
          >
            {isCollapsed ? (
              <IconLayoutSidebarLeftExpand size={17} stroke={1.7} aria-hidden />
            ) : (
              <IconLayoutSidebarLeftCollapse size={17} stroke={1.7} aria-hidden />
            )}
          </RailButton>
        )}
      </div>
    </nav>
  )
}

function RailGroups({ form, more, setMore }: RailProps): ReactElement {
  const place = usePlace()
  const isCollapsed = form === 'icons'
  return (
    <div className="c-rail-nav">
      {RAIL_GROUPS.map(({ id, label }) => {
        const links = listGroup(id)
        // An area that is open is always shown, so that the rail marks the place of every page.
        const shown = id === 'more' && !more ? links.filter(({ path }) => path === place) : links
        const list = (
          <ul aria-labelledby={label === null ? undefined : `rail-${id}`} data-group={id}>
            {shown.map((area) => (
              <li key={area.path}>
                <RailLink area={area} current={area.path === place} compact={isCollapsed} />
              </li>
            ))}
          </ul>
        )
        if (id === 'more') {
          return (
            <Fragment key={id}>
              <Tooltip label={more ? 'Show less' : 'Show more'} position="right" disabled={!isCollapsed}>
                <button
                  type="button"
                  id={`rail-${id}`}
                  className="c-rail-heading c-rail-more"
                  aria-expanded={more}
                  onClick={() => setMore(!more)}
                >
                  <span className="c-rail-word">{label}</span>
                  <IconChevronRight size={13} stroke={2} aria-hidden />
                </button>
              </Tooltip>
              {list}
              <div className="c-push" />
            </Fragment>
          )
        }
        return (
          <Fragment key={id}>
            {label === null ? null : (
              <div id={`rail-${id}`} className="c-rail-heading">
                <span className="c-rail-word">{label}</span>
              </div>
            )}
            {list}
          </Fragment>
        )
      })}
    </div>
  )
}

interface RailButtonProps {
  readonly label: string
  readonly shortcut: string
  readonly onClick: () => void
  readonly children: ReactElement
}

function RailButton({ label, shortcut, onClick, children }: RailButtonProps): ReactElement {
  return (
    <Tooltip label={`${label} (${shortcut})`} position="top-start">
      <button type="button" className="c-rail-button" aria-label={label} onClick={onClick}>
        {children}
      </button>
    </Tooltip>
  )
}

/** Running syncs, seen from every page. */
function RailSync(): ReactElement | null {
  const running = underWay(useSyncProgress())
  if (running.length === 0) return null
  const says = `Syncing ${plural(running.length, 'connection')}`
  return (
    <Link to="/connections" search={{}} className="c-rail-sync" aria-label={says}>
      <IconLoader2 size={15} aria-hidden className="c-spin" />
      <span className="c-rail-word">{says}</span>
    </Link>
  )
}

/** How this device is with its team, seen from every page; nothing in a profile without one. */
function TeamChip(): ReactElement | null {
  const { data } = useQuery(query.team.status.queryOptions())
  const state = data === undefined ? null : describeTeam(data)
  if (state === null) return null
  const Icon = state.tone === 'good' ? IconUsersGroup : state.tone === 'info' ? IconClock : IconAlertTriangle
  return (
    <Link to="/team" search={{}} className="c-rail-sync" aria-label={`Team: ${state.label}`}>
      <Icon size={15} aria-hidden />
      <span className="c-rail-word">{state.label}</span>
    </Link>
  )
}
