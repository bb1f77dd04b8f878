import { Button, CloseButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useContext, useState, type ReactElement } from 'react'

import { RecoveryDialog } from '../features/settings/recovery-dialog.tsx'
import { useInfo } from '../data/use-info.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Status } from '../ui/status.tsx'
import { toFailure } from '../ui/failure.ts'
import { FirstStepsContext } from './first-steps.ts'
import { mergeNotices, type NoticeLine } from './notice-lines.ts'
import { useOutdated, type PageProblem } from './use-outdated.ts'

/**
 * At most one bar above every page: that the register does not answer, or else the way back to the first run, or else that something on screen could not be
 * read again, or else the most urgent notice until it is dismissed or resolved. Its details show all notices.
 */
export function Notices({ connected }: { readonly connected: boolean }): ReactElement {
  const info = useInfo()
  const outdated = useOutdated()
  const goBack = useContext(FirstStepsContext)
  // Dismissed for this session only: a notice that still applies is shown again after the next start.
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  const lines = mergeNotices(info?.notices ?? [])
  const first = lines.find(({ cause }) => !dismissed.has(cause))
  return (
    <section aria-label="Notices">
      {!connected ? (
        <div className="c-bar" data-tone="bad" role="alert">
          <Status tone="bad" plain>
            Can’t reach the register
          </Status>
          <span className="c-cut c-bar-detail">Data may be out of date. Retrying…</span>
        </div>
      ) : goBack !== null ? (
        <FirstStepsBar goBack={goBack} />
      ) : outdated !== null ? (
        <OutdatedBar {...outdated} />
      ) : first === undefined ? null : (
        <NoticeBar
          key={first.cause}
          line={first}
          lines={lines}
          dismiss={() => setDismissed(new Set([...dismissed, first.cause]))}
        />
      )}
    </section>
  )
}

/** The first run has not ended, and a page of the menu is shown in its place. */
function FirstStepsBar({ goBack }: { readonly goBack: () => void }): ReactElement {
  return (
    <div className="c-bar" data-tone="info">
      <Status tone="info" plain>
        First steps
      </Status>
      <span className="c-cut c-bar-detail">They continue at the same step.</span>
      <Button size="compact-xs" variant="default" onClick={goBack}>
        Back to the first steps
      </Button>
    </div>
  )
}

/** Known data stays on screen when it cannot be read again; this is where a person sees that it is not the latest. */
function OutdatedBar({ error, retry }: PageProblem): ReactElement {
  const { message, hint, canRetry } = toFailure(error)
  return (
    <output className="c-bar" data-tone="warn">
      <Status tone="warn" plain>
        Not up to date
      </Status>
      <span className="c-cut c-bar-detail">{`It could not be read again. ${message}${hint === null ? '' : ` ${hint}`}`}</span>
      {canRetry ? (
        <Button size="compact-xs" variant="default" onClick={retry}>
          Try again
        </Button>
      ) : null}
    </output>
  )
}

interface NoticeBarProps {
  readonly line: NoticeLine
  readonly lines: readonly NoticeLine[]
  readonly dismiss: () => void
}

function NoticeBar({ line, lines, dismiss }: NoticeBarProps): ReactElement {
  const [opened, details] = useDisclosure(false)
  const count = lines.reduce((sum, { notices }) => sum + notices.length, 0)
  return (
    <div className="c-bar" data-tone={line.tone}>
      <Status tone={line.tone} plain>
        {line.title}
      </Status>
      <span className="c-cut c-bar-detail">{line.detail}</span>
      {line.cause === 'recovery-not-shown' ? <ShowRecoveryCode /> : null}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={details.open}>
        {count === 1 ? 'Details' : `Details (${count})`}
      </Button>
      <CloseButton size={24} aria-label={`Dismiss for this session: ${line.title}`} onClick={dismiss} />
      <Dialog opened={opened} onClose={details.close} title="Notices" size={560}>
        <ul className="c-notice-list">
          {lines.flatMap(({ tone, notices }) =>
            notices.map(({ kind, title, detail }) => (
              <li key={`${kind}:${detail}`}>
                <Status tone={tone} plain>
                  {title}
                </Status>
                <p>{detail}</p>
                {kind === 'recovery-not-shown' ? <ShowRecoveryCode /> : null}
              </li>
            )),
          )}
        </ul>
      </Dialog>
    </div>
  )
}

function ShowRecoveryCode(): ReactElement {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpened(true)}>
        Show the recovery code
      </Button>
      <RecoveryDialog opened={opened} close={() => setOpened(false)} />
    </>
  )
}
