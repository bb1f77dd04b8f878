import { IconCalendarShare } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { toLocalDay } from '../../../shared/domain/day.ts'
import { KEYS } from '../../../shared/nouns/keys.ts'
import { toFilter } from '../../data/search-params.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ViewTabs } from '../../entities/views/view-tabs.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { useNow } from '../../ui/now.ts'
import { PageFrame } from '../../ui/page.tsx'
import { Failed } from '../../ui/states.tsx'
import { CalendarView } from './calendar-view.tsx'
import { DueList } from './due-list.tsx'
import { formatWeek } from './due.ts'
import { KEPT_FILTERS } from './search.ts'
import { useDueCounts } from './use-due-counts.ts'

/** The parameters that a saved view keeps: the list, its filters and its sort. */
const VIEW_PARAMS = ['view', ...KEPT_FILTERS, 'rotation', 'sort', 'dir']

/** The keys that are due: this week, overdue, all by urgency, or by day in a calendar. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/rotation')
  const today = toLocalDay(useNow())
  const { view = 'week' } = search
  // The other views are about a rotation state themselves, and drop the filter by one: so do the counts on the tabs.
  const ofTabs = toFilter(KEYS, { ...search, rotation: undefined })
  const filter = view === 'all' ? toFilter(KEYS, search) : ofTabs
  const { counts, error, retry } = useDueCounts(ofTabs, today)
  const own = useDueCounts(filter, today)
  const shown = { search, set, filter, today }
  return (
    <PageFrame
      title="Rotation"
      fill
      aside={view === 'week' ? `Due ${formatWeek(today)}` : undefined}
      tabs={
        <AreaTabs label="Rotation" counts={{ 'This week': counts?.week, Overdue: counts?.overdue, All: counts?.all }} />
      }
      actions={
        <ButtonLink
          to="/files"
          search={{ format: 'ics' }}
          variant="default"
          leftSection={<IconCalendarShare size={15} aria-hidden />}
        >
          Export calendar
        </ButtonLink>
      }
    >
      {error === null ? null : <Failed error={error} retry={retry} />}
      {view === 'calendar' ? (
        <CalendarView {...shown} />
      ) : (
        <>
          {/* Outside what is keyed by the view: its links change the view, and keep the focus. */}
          <ViewTabs list="rotation" table="rotation" search={search} params={VIEW_PARAMS} set={set} />
          <DueList key={view} {...shown} view={view} counts={own.counts} isKept={own.isKept} />
        </>
      )}
    </PageFrame>
  )
}
