import { useQueryClient } from '@tanstack/react-query'
import { Activity, useState, type ReactElement, type ReactNode } from 'react'

import type { ProfileInfo } from '../../shared/contract/app.ts'
import { FirstRun } from '../features/first-run/first-run.tsx'
import { Threshold } from '../features/first-run/threshold.tsx'
import { Unlock } from '../features/first-run/unlock.tsx'
import { Problem } from '../ui/failure.ts'
import { Failed } from '../ui/states.tsx'
import { useQuery } from '../ui/use-query.ts'
import { query, refetchAll } from '../data/api.ts'
import { FirstStepsContext, worksWithoutClient } from './first-steps.ts'
import { LockScreen } from './lock-screen.tsx'
import { ConnectedContext, useEvents } from './refetch.ts'
import { NoPort } from '../data/port.ts'
import { useSchemeFromSettings } from '../data/use-scheme.ts'
import { useSyncProgress } from '../data/use-sync-progress.ts'

interface GateProps {
  /** Goes to a path in the window. */
  readonly go: (to: string) => void
  readonly children: ReactNode
}

/** Shows the application once the service has answered, the register is open and it contains a client. */
export function Gate({ go, children }: GateProps): ReactElement {
  const info = useQuery(query.app.info.queryOptions())
  if (info.isPending) return <Opening />
  if (info.isError) {
    return info.error instanceof NoPort ? (
      <NoAnswer retry={() => void info.refetch()} />
    ) : (
      <Threshold title="The register could not be opened">
        <Failed error={info.error} retry={() => void info.refetch()} />
      </Threshold>
    )
  }
  if (info.data.locked === 'asked') return <LockScreen go={go} />
  if (info.data.locked === 'noKey') return <Unlock profile={info.data.profile} go={go} />
  return (
    <Opened info={info.data} go={go}>
      {children}
    </Opened>
  )
}

function Opened({ info, go, children }: GateProps & { readonly info: ProfileInfo }): ReactElement {
  const queryClient = useQueryClient()
  useSchemeFromSettings()
  // Followed from the first run on: without a reader in between, the stream would end.
  useSyncProgress()
  // The first run continues after its client is added, until its last step.
  const [inFirstRun, setInFirstRun] = useState(info.empty)
  if (info.empty && !inFirstRun) setInFirstRun(true)
  // A page that a person opened from the menu meanwhile; with whether there was no client then.
  const [aside, setAside] = useState<{ readonly wasEmpty: boolean } | null>(null)
  const leave = (to: string): void => {
    if (!worksWithoutClient(to)) return
    go(to)
    setAside({ wasEmpty: info.empty })
  }
  // Listened to from the first run on, so that no event is lost between it and a page.
  const { connected } = useEvents((to) => (inFirstRun && aside === null ? leave(to) : go(to)))
  if (!inFirstRun) return <ConnectedContext value={connected}>{children}</ConnectedContext>
  if (aside?.wasEmpty === true && !info.empty) {
    setAside(null)
    setInFirstRun(false)
  }
  const finish = async (to: string): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: query.app.info.key() })
    refetchAll(queryClient)
    go(to)
    setInFirstRun(false)
  }
  const back = (): void => {
    // The page that is left had its own.
    document.title = 'Castellan'
    setAside(null)
  }
  return (
    <>
      {/* It keeps its step and what was typed. */}
      <Activity mode={aside === null ? 'visible' : 'hidden'}>
        <FirstRun recoveryShown={info.recoveryShown} done={(to) => void finish(to)} />
      </Activity>
      {aside === null ? null : (
        <ConnectedContext value={connected}>
          <FirstStepsContext value={back}>{children}</FirstStepsContext>
        </ConnectedContext>
      )}
    </>
  )
}

/** The frame as in the HTML of the page, so that nothing moves when the script has started. */
function Opening(): ReactElement {
  return (
    <div className="boot">
      <header className="boot-rail">
        <h1 className="boot-name">Castellan</h1>
      </header>
      <main className="boot-page" aria-busy="true">
        <output>Opening the register…</output>
      </main>
    </div>
  )
}

function NoAnswer({ retry }: { readonly retry: () => void }): ReactElement {
  return (
    <Threshold title="Can’t reach the register">
      <Failed
        error={
          new Problem(
            'The window is open, but the service of Castellan that reads the register did not answer. Nothing in the register has changed.',
            'Close the window and start Castellan again. If this keeps happening, start Castellan from a terminal to see the error.',
          )
        }
        retry={retry}
      />
    </Threshold>
  )
}
