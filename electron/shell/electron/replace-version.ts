import { app } from 'electron'

import type { InstallAnswer, InstallQuestion } from '../../../shared/contract/control.ts'
import { REASON_SHOWN } from '../exit-code.ts'
import type { PreparedInstallation } from '../prepare-installation.ts'
import type { ShellLog } from '../shell.ts'
import type { Person } from './person.ts'

/** The replacement of this version by a package, once the register is closed. */
export interface VersionReplacement {
  /** Prepares a package and quits the application; returns the AppImage that is kept for the way back. */
  readonly prepare: (question: InstallQuestion) => Promise<InstallAnswer>
  /** Forgets the package, since the person stays. */
  forget(): void
  /** True once this version is being replaced. */
  isRunning(): boolean
  /** Ends the application, after its window and its register were closed: replaced where a package is prepared. */
  readonly end: () => void
}

export function newVersionReplacement(person: Person, log: ShellLog): VersionReplacement {
  let installation: PreparedInstallation | null = null
  let isPreparing = false
  let isReplacing = false

  function endUnreplaced(reason: string): void {
    log.write('error', 'update.failed', { reason })
    person.showError(
      'The update was not installed',
      `${reason}\n\nStart Castellan again, or install the package yourself; saved data is intact.`,
    )
    person.exit(REASON_SHOWN)
  }

  return {
    prepare: async (question) => {
      if (isPreparing) throw new Error('An update is being installed already.')
      isPreparing = true
      try {
        // The library is loaded only when a person installs an update.
        const { prepareInstallation } = await import('../prepare-installation.ts')
        installation = await prepareInstallation(question)
      } finally {
        isPreparing = false
      }
      // The service gets its answer first.
      setImmediate(() => app.quit())
      return { outcome: 'installing', kept: installation.kept }
    },
    forget: () => {
      installation = null
    },
    isRunning: () => isReplacing,
    end: () => {
      if (installation === null) return person.exit(0)
      isReplacing = true
      installation.onRefused(endUnreplaced)
      // The new version starts before this process has ended.
      app.releaseSingleInstanceLock()
      try {
        if (installation.finish()) person.exit(0)
      } catch (error) {
        endUnreplaced(error instanceof Error ? error.message : String(error))
      }
    },
  }
}
