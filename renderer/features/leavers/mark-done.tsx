import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { MAX_SLICE } from '../../../shared/contract/common.ts'
import type { LeaverRow } from '../../../shared/contract/leavers.ts'
import { MAX_AT_ONCE, type RemediationRow } from '../../../shared/contract/remediation.ts'
import { verificationWords } from '../../../shared/domain/remediation/verify.ts'
import { isUnsent } from '../../../shared/domain/remediation/states.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { LongList } from '../../ui/panel/long-list.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'

interface MarkChangesProps {
  /** The people; null: the dialog is closed. */
  readonly people: readonly LeaverRow[] | null
  readonly close: () => void
}

/** Marks the pending changes of leavers as done, after a person made them in the console; undone until a sync shows them done. */
export function MarkChanges({ people, close }: MarkChangesProps): ReactElement | null {
  const { client } = useScope()
  const ids = (people ?? []).map(({ personId }) => personId)
  const isTooMany = ids.length > MAX_AT_ONCE
  const changes = useQuery({
    ...query.remediation.list.queryOptions({ input: { client, people: ids, limit: MAX_SLICE } }),
    enabled: ids.length > 0 && !isTooMany,
  })
  const pending = (changes.data?.rows ?? []).filter(({ state }) => isUnsent(state))
  const title = 'Mark changes as done'
  if (people === null || changes.data === undefined || pending.length === 0) {
    return (
      <Dialog opened={people !== null} onClose={close} title={title} size={460}>
        {isTooMany ? (
          <p className="c-prose">{`Select at most ${MAX_AT_ONCE} people at a time.`}</p>
        ) : (
          <Answer of={changes} what="the changes" rows={3}>
            {() => <NothingPending count={ids.length} />}
          </Answer>
        )}
      </Dialog>
    )
  }
  const what = `${plural(pending.length, 'change')} of ${plural(ids.length, 'person', 'people')}`
  const verification = verificationWords(pending.map(({ action }) => action))
  return (
    <Confirm
      opened
      close={close}
      title={title}
      verb={`Mark ${plural(pending.length, 'change')} as done`}
      act={async () => {
        const remediations = pending.map(({ remediationId }) => remediationId)
        const { marked } = await api.remediation.markManyByHand({ remediations })
        notifyDone({
          message: `Marked ${plural(marked, 'change')} as done under your name. ${verification}`,
          undo: () => api.remediation.unmarkMany({ remediations }),
        })
      }}
    >
      <p>{`You made ${what} in the console of the provider. ${verification}`}</p>
      {changes.data.total > changes.data.rows.length ? (
        <p>These are not all of their changes: the others are listed under Remediation.</p>
      ) : null}
      <LongList items={pending} getKey={({ remediationId }) => remediationId} step={8}>
        {(row) => <Change row={row} />}
      </LongList>
    </Confirm>
  )
}

function Change({ row }: { readonly row: RemediationRow }): ReactElement {
  return (
    <p>
      {visibleText(row.says)} <span className="c-quiet">{visibleText(row.connection.label)}</span>
    </p>
  )
}

function NothingPending({ count }: { readonly count: number }): ReactElement {
  return (
    <p className="c-prose">
      {count === 1 ? 'This person has no pending change. ' : 'These people have no pending changes. '}
      Start the removal first: its changes are then listed under{' '}
      <Link to="/remediation" className="c-link">
        Remediation
      </Link>
      .
    </p>
  )
}
