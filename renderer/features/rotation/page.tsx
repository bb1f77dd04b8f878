import { IconCalendarShare } from '@tabler/icons-react'
import { useRef, type ReactElement } from 'react'

import { useSearchState } from '../../data/use-search-state.ts'
import { AreaTabs } from '../../entities/area-tabs.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import type { TableHandle } from '../../ui/table/table-props.ts'
import { KeyPanel } from '../keys/panel.tsx'
import { CalendarView } from './calendar-view.tsx'
import { DueList } from './due-list.tsx'

/** The keys that are due, as a list by urgency or as a calendar. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/rotation')
  const table = useRef<TableHandle>(null)
  const close = (): void => set({ key: undefined })
  const view = search.view ?? 'list'
  return (
    <PageFrame
      title="Rotation"
      fill
      tabs={<AreaTabs label="Rotation" />}
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
      <ListAndPanel
        focusList={() => table.current?.focus()}
        list={
          view === 'list' ? (
            <DueList
              handle={table}
              openId={search.key === undefined ? undefined : String(search.key)}
              open={(key) => set({ key })}
              close={close}
            />
          ) : (
            <CalendarView search={search} set={set} handle={table} />
          )
        }
        panel={search.key === undefined ? null : <KeyPanel key={search.key} keyId={search.key} onClose={close} />}
      />
    </PageFrame>
  )
}
