import { Button } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, useState, type ReactElement } from 'react'

import type { RemedyRow } from '../../../shared/contract/remediation.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { DataTable, type Selected, type TableHandle } from '../../ui/table/data-table.tsx'
import { cleared, filteredBy } from '../../ui/table/filters.ts'
import type { ListSource } from '../../ui/table/use-slices.ts'
import { REMEDY_COLUMNS } from './columns.tsx'
import { RemedyEmpty } from './empty.tsx'
import { REMEDY_FILTERS, RemedyFilters } from './filters.tsx'
import { Outcome } from './outcome.tsx'
import { RemedyPanel } from './panel.tsx'
import { Preview } from './preview.tsx'
import { MAX_AT_ONCE, type RemedySearch } from './search.ts'
import { isStanding } from '../../entities/remedy-labels.ts'

const route = getRouteApi('/remedy')

/** The steps after the list; each takes the place of the one before. */
const STEPS: RemedySearch = { preview: undefined, ran: undefined }

/** What is to be carried out at the providers: the list, the preview of what is chosen, and what came of it. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [stopped, setStopped] = useState<string | null>(null)
  const set = (change: RemedySearch): void => void navigate({ search: (now) => ({ ...now, ...change }) })
  const preview = (ids: readonly number[]): void => set({ ...STEPS, preview: [...ids] })
  const back = (): void => set(STEPS)
  if (search.preview !== undefined) {
    return (
      <Preview
        key={search.preview.join()}
        ids={search.preview}
        back={back}
        preview={preview}
        ran={(result) => {
          setStopped(result.stopped)
          set({ ...STEPS, ran: result.ids })
        }}
      />
    )
  }
  if (search.ran !== undefined) {
    return <Outcome ids={search.ran} stopped={stopped} back={back} preview={preview} />
  }
  return <List search={search} set={set} preview={preview} />
}

interface ListProps {
  readonly search: RemedySearch
  readonly set: (change: RemedySearch) => void
  readonly preview: (ids: readonly number[]) => void
}

const remedyId = (row: RemedyRow): string => String(row.remedyId)

function List({ search, set, preview }: ListProps): ReactElement {
  const { client } = useScope()
  const table = useRef<TableHandle>(null)
  const { state, remedy } = search
  const source = useMemo((): ListSource<RemedyRow> => {
    const input = { client, state }
    return {
      key: JSON.stringify(input),
      slice: (offset, limit) => query.remedy.list.queryOptions({ input: { ...input, offset, limit } }),
    }
  }, [client, state])
  const close = (): void => set({ remedy: undefined })
  return (
    <PageFrame title="Remedy" fill actions={<PreviewWaiting preview={preview} />}>
      <ListAndPanel
        filters={<RemedyFilters search={search} set={set} />}
        focusList={() => table.current?.focus()}
        list={
          <DataTable
            handle={table}
            id="remedies"
            label="Remedies"
            noun={['remedy', 'remedies']}
            source={source}
            columns={REMEDY_COLUMNS}
            rowId={remedyId}
            sort={{ by: 'added', direction: 'desc' }}
            openId={remedy === undefined ? undefined : String(remedy)}
            onOpen={(row) => set({ remedy: row.remedyId })}
            onEscape={close}
            renderActions={(selected) => <PreviewSelected selected={selected} preview={preview} />}
            empty={
              <RemedyEmpty filtered={filteredBy(search, REMEDY_FILTERS)} onClear={() => set(cleared(REMEDY_FILTERS))} />
            }
          />
        }
        panel={
          remedy === undefined ? null : (
            <RemedyPanel key={remedy} remedyId={remedy} onClose={close} preview={() => preview([remedy])} />
          )
        }
      />
    </PageFrame>
  )
}

/** Previews everything that waits in scope, as much as is previewed at once. */
function PreviewWaiting({ preview }: Pick<ListProps, 'preview'>): ReactElement {
  const { client } = useScope()
  const waiting = useQuery(query.remedy.list.queryOptions({ input: { client, state: 'waiting', limit: 0 } }))
  const total = waiting.data?.total ?? 0
  const asking = useMutation({
    mutationFn: () => api.remedy.list({ client, state: 'waiting', limit: MAX_AT_ONCE }),
    onSuccess: ({ rows }) => {
      if (rows.length > 0) preview(rows.map((row) => row.remedyId))
    },
    onError: notifyFailed,
  })
  return (
    <Button
      leftSection={<IconListSearch size={15} aria-hidden />}
      disabled={total === 0}
      loading={asking.isPending}
      onClick={() => asking.mutate()}
    >
      {total > MAX_AT_ONCE
        ? `Preview the first ${MAX_AT_ONCE} of ${wholeNumber(total)}`
        : total === 0
          ? 'Preview what waits'
          : `Preview what waits (${total})`}
    </Button>
  )
}

interface PreviewSelectedProps extends Pick<ListProps, 'preview'> {
  readonly selected: Selected<RemedyRow>
}

/** Previews what is selected, ended remedies left out. */
function PreviewSelected({ selected, preview }: PreviewSelectedProps): ReactElement {
  const tooMany = selected.count > MAX_AT_ONCE
  const read = async (): Promise<void> => {
    const ids = (await selected.read()).filter((row) => isStanding(row.state)).map((row) => row.remedyId)
    if (ids.length === 0) throw new Error('All that is selected has ended. Select what waits or is to be done by hand.')
    preview(ids)
  }
  return (
    <Button
      size="compact-xs"
      leftSection={<IconListSearch size={13} aria-hidden />}
      disabled={tooMany}
      title={tooMany ? `At most ${MAX_AT_ONCE} are previewed at once` : undefined}
      onClick={() => void read().catch(notifyFailed)}
    >
      Preview
    </Button>
  )
}
