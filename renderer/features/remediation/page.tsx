import { Button } from '@mantine/core'
import { IconListSearch, IconTool } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import { REMEDY_STATES } from '../../../shared/domain/remediation/remediation.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Empty } from '../../ui/states.tsx'
import type { Selected } from '../../ui/table/data-table.tsx'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip } from '../../ui/table/filter-chip.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { REMEDY_COLUMNS } from './columns.tsx'
import { Outcome } from './outcome.tsx'
import { RemediationPanel } from './panel.tsx'
import { Preview } from './preview.tsx'
import { MAX_AT_ONCE, type RemediationSearch } from './search.ts'
import { isOpenRemediation, remediationStateWord } from '../../entities/remediation-labels.ts'

const STATES = REMEDY_STATES.map((value) => ({ value, label: remediationStateWord(value).word }))

/** The steps after the list; each replaces the previous one. */
const STEPS: RemediationSearch = { preview: undefined, ran: undefined }

/** The changes to apply at the providers: the list, the preview of selected ones, and the results. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/remediation')
  const [stopped, setStopped] = useState<string | null>(null)
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
  return <List preview={preview} />
}

interface ListProps {
  readonly preview: (ids: readonly number[]) => void
}

function List({ preview }: ListProps): ReactElement {
  const [search, set] = useSearchState('/remediation')
  const { client, state, remediation } = search
  const filters = toFilters(search, set, ['state'])
  return (
    <PageFrame title="Remediation" fill actions={<PreviewWaiting preview={preview} />}>
      <TableAndPanel
        filters={
          <FilterBar {...filters.bar()}>
            <FilterChip label="State" choices={STATES} {...filters.chip('state')} />
          </FilterBar>
        }
        id="remedies"
        label="Remediations"
        noun={['change', 'changes']}
        source={toListSource({ client, state }, (input) => query.remediation.list.queryOptions({ input }))}
        columns={REMEDY_COLUMNS}
        rowId={(row) => row.remediationId}
        sort={{ by: 'added', direction: 'desc' }}
        opened={remediation}
        open={(next) => set({ remediation: next })}
        renderPanel={(id, close) => (
          <RemediationPanel remediationId={id} onClose={close} preview={() => preview([id])} />
        )}
        renderActions={(selected) => <PreviewSelected selected={selected} preview={preview} />}
        empty={
          <ListEmpty
            what="changes"
            title="No change is in this state"
            hint="Remove the filter to see the others."
            {...filters}
          >
            <Empty
              icon={IconTool}
              title="No pending changes"
              action={
                <ButtonLink to="/findings" search={{ view: 'all' }}>
                  Show findings
                </ButtonLink>
              }
            >
              Open a finding, a key or a leaver and add a change. Nothing is sent before it was previewed and confirmed.
            </Empty>
          </ListEmpty>
        }
      />
    </PageFrame>
  )
}

/** Previews all pending changes in scope, up to the limit of a preview. */
function PreviewWaiting({ preview }: Pick<ListProps, 'preview'>): ReactElement {
  const { client } = useScope()
  const waiting = useQuery(query.remediation.list.queryOptions({ input: { client, state: 'waiting', limit: 0 } }))
  const total = waiting.data?.total ?? 0
  const asking = useMutation({
    mutationFn: () => api.remediation.list({ client, state: 'waiting', limit: MAX_AT_ONCE }),
    onSuccess: ({ rows }) => {
      if (rows.length > 0) preview(rows.map((row) => row.remediationId))
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
          ? 'Preview pending'
          : `Preview ${total} pending`}
    </Button>
  )
}

interface PreviewSelectedProps extends Pick<ListProps, 'preview'> {
  readonly selected: Selected<RemediationRow>
}

/** Previews the selected changes, without ended ones. */
function PreviewSelected({ selected, preview }: PreviewSelectedProps): ReactElement {
  const tooMany = selected.count > MAX_AT_ONCE
  const read = async (): Promise<void> => {
    const ids = (await selected.read()).filter((row) => isOpenRemediation(row.state)).map((row) => row.remediationId)
    if (ids.length === 0) throw new Error('All selected changes have ended. Select pending or manual changes.')
    preview(ids)
  }
  return (
    <Button
      size="compact-xs"
      leftSection={<IconListSearch size={13} aria-hidden />}
      disabled={tooMany}
      title={tooMany ? `At most ${MAX_AT_ONCE} changes per preview` : undefined}
      onClick={() => void read().catch(notifyFailed)}
    >
      Preview
    </Button>
  )
}
