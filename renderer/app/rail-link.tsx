import { Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'

import type { Counts } from '../../shared/contract/counts.ts'
import { query } from '../data/api.ts'
import type { AreaLink } from '../data/areas.ts'
import { useScope } from '../data/scope.ts'
import { useTodayCount } from '../entities/use-today-count.ts'
import { CurrentLink } from '../ui/current-link.tsx'
import { plural, wholeNumber } from '../ui/relative.ts'
import { useQuery } from '../ui/use-query.ts'

/** The counted things of each count, in words. */
const COUNTED: Readonly<Record<keyof Counts, (count: number) => string>> = {
  findings: (count) => plural(count, 'open finding'),
  reviews: (count) => `${plural(count, 'review')} due`,
  rotation: (count) => `${plural(count, 'key')} due`,
  leavers: (count) => `${plural(count, 'person', 'people')} who left`,
  remediation: (count) => `${plural(count, 'change')} pending`,
  connections: (count) => `${plural(count, 'sync', 'syncs')} failed`,
}

interface RailLinkProps {
  readonly area: AreaLink
  readonly current: boolean
  /** Only the icon is shown; a tooltip has the words. */
  readonly compact: boolean
}

/** An area in the rail, and how much work it has. */
export function RailLink({ area, current, compact }: RailLinkProps): ReactElement {
  const count = useCount(area.count)
  const today = useTodayCount(area.path === '/')
  const Icon = area.icon
  const says =
    area.path === '/' ? sayToday(today) : area.count === undefined || count === 0 ? null : COUNTED[area.count](count)
  const shown = area.path === '/' ? today : count
  return (
    <>
      <Tooltip label={says === null ? area.label : `${area.label}: ${says}`} position="right" disabled={!compact}>
        <CurrentLink to={area.path} search={{}} current={current} className="c-rail-link" aria-label={area.label}>
          <Icon size={17} stroke={1.7} aria-hidden />
          <span className="c-rail-word">{area.label}</span>
        </CurrentLink>
      </Tooltip>
      {says === null ? null : area.count === 'connections' ? (
        <span className="c-rail-dot">
          <span className="c-visually-hidden">{says}</span>
        </span>
      ) : (
        <span className="c-rail-count">
          <span aria-hidden>{shown > 999 ? '999+' : wholeNumber(shown)}</span>
          <span className="c-visually-hidden">{says}</span>
        </span>
      )}
    </>
  )
}

/** Null where nothing needs a person. */
function sayToday(count: number): string | null {
  return count === 0 ? null : plural(count, 'thing needs you', 'things need you')
}

/** All areas share one answer of the service. */
function useCount(name: keyof Counts | undefined): number {
  const { client } = useScope()
  const counts = useQuery({ ...query.counts.get.queryOptions({ input: { client } }), enabled: name !== undefined })
  return name === undefined ? 0 : (counts.data?.[name] ?? 0)
}
