import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement, type ReactNode } from 'react'

import type { ProfileInfo } from '../../shared/contract/app.ts'
import { FirstRun } from '../features/first-run/first-run.tsx'
import { Threshold } from '../features/first-run/threshold.tsx'
import { Unlock } from '../features/first-run/unlock.tsx'
import { Problem } from '../ui/failure.ts'
import { Failed } from '../ui/states.tsx'
import { query } from '../data/api.ts'
import { LockScreen } from './lock-screen.tsx'
import { NoPort } from '../data/port.ts'
import { useSchemeFromSettings } from '../data/use-scheme.ts'

interface GateProps {
  /** Goes to a path in the window. */
  readonly go: (to: string) => void
  readonly children: ReactNode
}

/** Lets the application in once the service has answered, the register is open and it holds a client. */
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
  // The first run goes on after its client is added, until it is walked through.
  const [inFirstRun, setInFirstRun] = useState(info.empty)
  if (info.empty && !inFirstRun) setInFirstRun(true)
  if (!inFirstRun) return <>{children}</>
  const finish = async (to: string): Promise<void> => {
    await queryClient.invalidateQueries()
    go(to)
    setInFirstRun(false)
  }
  return <FirstRun recoveryShown={info.recoveryShown} done={(to) => void finish(to)} />
}

/** The same frame that the page carries itself, so that nothing moves when the script has started. */
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
    <Threshold title="The register does not answer">
      <Failed
        error={
          new Problem(
            'The window is open, but the part of Castellan that keeps the register did not answer it. Nothing in the register has changed.',
            'Close the window and start Castellan again. If it stays so, start it from a terminal: the first lines say why.',
          )
        }
        retry={retry}
      />
    </Threshold>
  )
}
