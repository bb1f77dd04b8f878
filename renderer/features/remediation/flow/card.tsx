import { Group, Stack } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useId, type ReactElement } from 'react'

import { ButtonLink } from '../../../ui/button-link.tsx'
import { ClientMark } from '../../../ui/client-badge.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Named } from '../../../ui/named.tsx'
import { Status } from '../../../ui/status.tsx'
import { visibleText } from '../../../ui/text.ts'
import { ImpactText } from './impact-text.tsx'
import { MarkDone } from '../mark-done.tsx'
import classes from '../remediation.module.css'
import { StateMark } from '../state-badge.tsx'
import { Withdraw } from '../cancel.tsx'
import { isApprovable, needsApproval } from '../../../entities/approval-labels.ts'
import { canWithdraw, type PreviewItem } from '../../../entities/remediation-labels.ts'
import { isEnded, isUnsent } from '../../../../shared/domain/remediation/states.ts'

interface PreviewCardProps {
  readonly previewed: PreviewItem
  /** Called after the change was marked as done or cancelled here. */
  readonly done: () => void
}

/** One change as it would be applied: its requests or manual steps, what blocks it, and its impact. */
export function PreviewCard({ previewed, done }: PreviewCardProps): ReactElement {
  const { row, calls, impact, byHand, readOnlySteps, obstacle, approvalObstacle } = previewed
  const steps = byHand ?? readOnlySteps
  const id = useId()
  return (
    <article className="c-card" aria-labelledby={id}>
      <header className={classes['head']}>
        <h3 className="c-card-title" id={id}>
          {visibleText(row.says)}
        </h3>
        <StateMark row={row} />
        <span className={classes['where']}>
          <ClientMark client={row.client} />
          <Named text={row.connection.label} />
        </span>
      </header>
      <Stack gap={14} p="12px 14px 14px">
        {obstacle === null || isApprovable(previewed) || readOnlySteps !== null || isEnded(row.state) ? null : (
          <Obstacle previewed={previewed} done={done} />
        )}
        {needsApproval(row) && approvalObstacle !== null ? (
          <p className={classes['line']}>
            <Status tone="info">Approval</Status>
            <span>{visibleText(approvalObstacle)}</span>
          </p>
        ) : null}
        {impact === null ? null : <ImpactText report={impact} />}
        {steps === null ? null : <Manual row={row} steps={steps} done={done} />}
        {calls.length === 0 ? null : <Calls calls={calls} isOpen={isApprovable(previewed)} />}
      </Stack>
    </article>
  )
}

function Obstacle({ previewed: { row, obstacle }, done }: PreviewCardProps): ReactElement {
  return (
    <Stack gap={8} align="flex-start">
      <p className={classes['line']}>
        <Status tone="warn">Blocked</Status>
        <span>{visibleText(obstacle ?? '')}</span>
      </p>
      <Group gap={8}>
        <ButtonLink
          to="/connections"
          search={{ connection: row.connection.id }}
          variant="default"
          size="xs"
          leftSection={<IconPlugConnected size={14} aria-hidden />}
        >
          View connection
        </ButtonLink>
        {canWithdraw(row.state) ? <Withdraw row={row} size="xs" done={done} /> : null}
      </Group>
    </Stack>
  )
}

interface CallsProps extends Pick<PreviewItem, 'calls'> {
  /** A member who approves them has read them. */
  readonly isOpen: boolean
}

function Calls({ calls, isOpen }: CallsProps): ReactElement {
  return (
    <details className={classes['things']} open={isOpen}>
      <summary>{calls.length === 1 ? 'Show API request' : `Show ${calls.length} API requests`}</summary>
      <ol className={`${classes['calls']} ${calls.length === 1 ? '' : 'c-bullets'}`}>
        {calls.map((call, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same request may be sent twice, and the order is fixed
          <li key={at}>
            <p className={classes['says']}>{visibleText(call.says)}</p>
            <pre className="c-source">
              <strong>{call.method}</strong> {visibleText(call.url)}
              {call.body === null ? null : `\n${shownBody(call.body)}`}
            </pre>
          </li>
        ))}
      </ol>
    </details>
  )
}

/** The lines of a body stay lines; hidden characters in them become visible. */
function shownBody(body: string): string {
  return body.split('\n').map(visibleText).join('\n')
}

interface ManualProps extends Pick<PreviewCardProps, 'done'> {
  readonly row: PreviewItem['row']
  readonly steps: string
}

function toLines(steps: string): readonly string[] {
  return steps.split('\n').filter((line) => line.trim() !== '')
}

/** The steps in the provider's console, to be copied. */
function Manual({ row, steps, done }: ManualProps): ReactElement {
  return (
    <div>
      <h4 className={classes['part']}>Manual steps in the console</h4>
      <ol className="c-bullets c-break">
        {toLines(steps).map((line, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- the lines do not change, and two may be the same
          <li key={at}>{visibleText(line)}</li>
        ))}
      </ol>
      <Group gap={8} mt={8}>
        <CopyButton text={steps} label="Copy steps" />
        {isUnsent(row.state) ? <MarkDone row={row} size="xs" done={done} /> : null}
      </Group>
    </div>
  )
}
