import { Button } from '@mantine/core'
import { IconListSearch, IconTool } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { MAX_AT_ONCE, type RemediationRow } from '../../../shared/contract/remediation.ts'
import { REMEDIATION_STATES } from '../../../shared/domain/remediation/remediation.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useSearchState } from '../../data/use-search-state.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import { PageFrame } from '../../ui/page.tsx'
import { TableAndPanel } from '../../ui/panel/table-and-panel.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Empty } from '../../ui/states.tsx'
import type { SelectedRows } from '../../ui/table/table-props.ts'
import { FilterBar } from '../../ui/table/filter-bar.tsx'
import { FilterChip } from '../../ui/table/filter-chip.tsx'
import { toFilters } from '../../ui/table/filters.ts'
import { ListEmpty } from '../../ui/table/list-empty.tsx'
import { toListSource } from '../../ui/table/use-slices.ts'
import { useQuery } from '../../ui/use-query.ts'
import { REMEDIATION_COLUMNS } from './columns.tsx'
import { RemediationPanel } from './panel.tsx'
import { useRemediationFlow } from '../../entities/remediation-flow.tsx'
import { isOpenRemediation, remediationStateWord } from '../../entities/remediation-labels.ts'

const STATES = REMEDIATION_STATES.map((value) => ({ value, label: remediationStateWord(value).word }))

/** The queue and history of the changes at the providers; an address with `start` opens the drawer of a flow. */
export function Page(): ReactElement {
  const { start } = useSearchState('/remediation')[0]
  const { go } = useRemediationFlow()
  if (start !== undefined) {
    return <Navigate to="/remediation" search={{ remediate: start }} replace />
  }
  return <List preview={(ids) => go({ step: 'changes', ids })} />
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
        id="remediations"
        label="Remediations"
        noun={['change', 'changes']}
        source={toListSource({ client, state }, (input) => query.remediation.list.queryOptions({ input }))}
        columns={REMEDIATION_COLUMNS}
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
  readonly selected: SelectedRows<RemediationRow>
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
