import { Button, Group } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import type { RemediationPreview } from '../../../../shared/contract/remediation.ts'
import { verificationWords } from '../../../../shared/domain/remediation/verify.ts'
import { api } from '../../../data/api.ts'
import { getIds, previewSummary, readOnlyConnections, sortPreview } from '../../../entities/remediation-labels.ts'
import { plural } from '../../../ui/relative.ts'
import { Failed, Loading } from '../../../ui/states.tsx'
import { Status } from '../../../ui/status.tsx'
import { visibleText } from '../../../ui/text.ts'
import { useFreshQuery } from '../../../ui/use-query.ts'
import { isApprovable } from '../../../entities/approval-labels.ts'
import { Approve } from './approve.tsx'
import { PreviewCard } from './card.tsx'
import { Confirm } from './confirm.tsx'
import classes from './flow.module.css'

interface PreviewProps {
  readonly ids: readonly number[]
  readonly leave: () => void
  readonly ran: (stopped: string | null) => void
}

interface Previews {
  readonly whole: RemediationPreview
  /** The changes that would be sent: the preview without its blocked ones; null where nothing can be sent. */
  readonly run: RemediationPreview | null
  /** The changes that the member at this device can approve; null where there are none. */
  readonly approve: RemediationPreview | null
}

/** Previews changes, and apart from that those of them that can be sent now. */
async function readPreview(ids: readonly number[], allow: readonly number[], signal: AbortSignal): Promise<Previews> {
  const whole = await api.remediation.preview({ remediations: [...ids], allow: [...allow] }, { signal })
  const { sends, blocked } = sortPreview(whole.remediations)
  const readPart = (part: typeof sends, allowed: readonly number[]): Promise<RemediationPreview> =>
    api.remediation.preview({ remediations: getIds(part), allow: [...allowed] }, { signal })
  const approvable = whole.remediations.filter(isApprovable)
  const approve = approvable.length === 0 ? null : await readPart(approvable, [])
  if (sends.length === 0) return { whole, approve, run: null }
  return { whole, approve, run: blocked.length === 0 ? whole : await readPart(sends, allow) }
}

/**
 * The second step: what happens and in which order, with the impact and the exact requests; nothing is sent before the
 * word is typed. The preview stays unchanged while a person reads it: changes of the register do not refetch it, the run
 * refuses when it is stale.
 */
export function Preview({ ids, leave, ran }: PreviewProps): ReactElement {
  const [allow, setAllow] = useState<readonly number[]>([])
  const previewed = useFreshQuery({
    queryKey: ['remediation preview', ids, allow],
    queryFn: ({ signal }) => readPreview(ids, allow, signal),
    gcTime: 0,
  })
  const again = (): void => void previewed.refetch()
  if (previewed.isPending) return <Loading what="the preview" />
  if (previewed.isError) return <Failed error={previewed.error} retry={again} />
  const { whole, approve, run } = previewed.data
  return (
    <>
      <div className={classes['summary']}>
        <Summary preview={whole} />
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconRefresh size={13} aria-hidden />}
          loading={previewed.isFetching}
          onClick={again}
        >
          Preview again
        </Button>
      </div>
      {readOnlyConnections(whole.remediations).map(({ id, label, count }) => (
        <section key={id} className={classes['read-only']} aria-label={`${visibleText(label)} is read-only`}>
          <span>
            <Status tone="warn" plain>
              {`${visibleText(label)} is read-only`}
            </Status>
            {`: follow the console steps below and mark ${count === 1 ? 'the change' : `the ${plural(count, 'change')}`} as done, or let Castellan send ${count === 1 ? 'it' : 'them'} this once.`}
          </span>
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={() => setAllow([...allow, id])}>
              Allow changes for this one run…
            </Button>
          </Group>
        </section>
      ))}
      <ol className="c-form" aria-label="Changes, in this order">
        {whole.remediations.map((each) => (
          <li key={each.row.remediationId}>
            <PreviewCard previewed={each} done={again} />
          </li>
        ))}
      </ol>
      {approve === null ? null : <Approve key={approve.token} preview={approve} again={again} leave={leave} />}
      {run === null && approve !== null ? null : run === null ? (
        <div className={classes['foot']}>
          <span className="c-quiet">{`Nothing is sent from here. ${verificationWords(whole.remediations.map(({ row }) => row.action))}`}</span>
          <Button onClick={leave}>Close</Button>
        </div>
      ) : (
        <Confirm
          key={run.token}
          preview={run}
          left={whole.remediations.length - run.remediations.length}
          again={again}
          leave={leave}
          ran={ran}
        />
      )}
    </>
  )
}

function Summary({ preview }: { readonly preview: RemediationPreview }): ReactElement {
  const { remediations } = preview
  const parts = previewSummary(remediations)
  return (
    <>
      <strong>{`${plural(remediations.length, 'change')}:`}</strong>
      {parts.map(({ tone, text }) => (
        <Status key={text} tone={tone} plain>
          {text}
        </Status>
      ))}
    </>
  )
}
