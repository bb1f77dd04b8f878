import { Button, Group } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import { MAX_AT_ONCE, type RemediationPreview } from '../../../../shared/contract/remediation.ts'
import { verificationWords } from '../../../../shared/domain/remediation/verify.ts'
import { api, query } from '../../../data/api.ts'
import { getIds, listed } from '../../../entities/remediation-labels.ts'
import { Problem } from '../../../ui/failure.ts'
import { notifyDone, notifyFailed } from '../../../ui/notify.tsx'
import { plural } from '../../../ui/relative.ts'
import { Failed } from '../../../ui/states.tsx'
import { Status } from '../../../ui/status.tsx'
import { visibleText } from '../../../ui/text.ts'
import { TypedWord } from '../../../ui/typed-word.tsx'
import { useQuery } from '../../../ui/use-query.ts'
import classes from './flow.module.css'

interface ConfirmProps {
  /** A preview in which nothing is blocked. */
  readonly preview: RemediationPreview
  /** How many changes of the list above are not in it. */
  readonly left: number
  readonly again: () => void
  readonly leave: () => void
  readonly ran: (stopped: string | null) => void
}

/**
 * The last step before anything is sent: each word is typed exactly, also for each read-only connection that this one
 * run may write to. After a refusal the changes are previewed again. Give it the token as its `key`.
 */
export function Confirm({ preview, left, again, leave, ran }: ConfirmProps): ReactElement {
  const [word, setWord] = useState('')
  const [allowed, setAllowed] = useState<Readonly<Record<number, string>>>({})
  const isHere = useRef(true)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    isHere.current = true
    // The step before it had the focus, and its button is not there any more.
    form.current?.querySelector('input')?.focus({ preventScroll: true })
    return () => {
      isHere.current = false
    }
  }, [])
  const { permissions, confirm } = preview
  const sent = preview.remediations.filter(({ calls }) => calls.length > 0)
  const run = useMutation({
    mutationFn: () =>
      api.remediation.run({
        token: preview.token,
        confirm: word,
        allow: permissions.map(({ connection: { id } }) => ({ connectionId: id, confirm: allowed[id] ?? '' })),
      }),
    // When the person has closed the drawer meanwhile, they are notified and stay where they are.
    onSuccess: ({ stopped }) => {
      if (isHere.current) ran(stopped)
      else if (stopped === null) notifyDone({ message: 'The changes were sent. See Remediation for the results' })
      else notifyFailed(new Problem(`Stopped. ${visibleText(stopped)}`, 'See Remediation for the other results.'))
    },
    onError: (error) => {
      if (!isHere.current) notifyFailed(error)
    },
  })
  const isTyped =
    word.trim() === confirm && permissions.every((one) => (allowed[one.connection.id] ?? '').trim() === one.confirm)
  const organizations = [...new Set(sent.map(({ row }) => visibleText(row.connection.label)))]
  return (
    <form
      ref={form}
      className={classes['confirm']}
      aria-label="Confirm and apply"
      onSubmit={(event) => {
        event.preventDefault()
        if (isTyped && !run.isPending) run.mutate()
      }}
    >
      <p className="c-help">
        {`${plural(sent.length, 'change')} will be sent to ${listed(organizations)}, in the order shown. The run stops at the first unexpected response. ${verificationWords(sent.map(({ row }) => row.action))}`}
        {left === 0 ? '' : ` ${plural(left, 'other change')} above ${left === 1 ? 'is' : 'are'} not sent.`}
      </p>
      {permissions.map(({ connection, confirm: label }) => (
        <TypedWord
          key={connection.id}
          word={label}
          purpose="to allow changes there for this one run; it stays read-only"
          value={allowed[connection.id] ?? ''}
          onChange={(text) => setAllowed({ ...allowed, [connection.id]: text })}
          disabled={run.isPending}
        />
      ))}
      <TypedWord word={confirm} value={word} onChange={setWord} disabled={run.isPending} />
      {run.isError ? <Failed error={run.error} /> : null}
      <Group gap="xs" justify="flex-end">
        {run.isPending ? <Sending preview={preview} /> : null}
        <Button variant="default" onClick={leave}>
          {run.isPending ? 'Close' : 'Not now'}
        </Button>
        {run.isError ? (
          <Button onClick={again}>Preview again</Button>
        ) : (
          <Button
            type="submit"
            color="red"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            disabled={!isTyped}
            loading={run.isPending}
          >
            {`Apply ${plural(sent.length, 'change')}`}
          </Button>
        )}
      </Group>
    </form>
  )
}

/** How many requests have been sent so far. */
function Sending({ preview }: Pick<ConfirmProps, 'preview'>): ReactElement {
  const ids = getIds(preview.remediations.filter(({ calls }) => calls.length > 0))
  const list = useQuery(query.remediation.list.queryOptions({ input: { remediations: ids, limit: MAX_AT_ONCE } }))
  const done = list.data?.rows.filter(({ state }) => state !== 'waiting' && state !== 'sending').length ?? 0
  return (
    <output>
      <Status tone="busy" plain>
        {`Sending, ${done} of ${ids.length} sent`}
      </Status>
    </output>
  )
}
