import type { ReactElement } from 'react'

import { CodeForm } from './code-form.tsx'
import { Threshold } from './threshold.tsx'
import { useUnlock } from './use-unlock.ts'

interface UnlockProps {
  readonly profile: string
  /** Goes to a path in the window. */
  readonly go: (to: string) => void
}

/** The register exists but its key is missing: the recovery code opens it. */
export function Unlock({ profile, go }: UnlockProps): ReactElement {
  const unlocking = useUnlock(go)
  return (
    <Threshold title="Open the register">
      <p className="c-prose">
        The register in <span className="c-mono c-break">{profile}</span> is encrypted, and its key is not in this
        machine’s keychain: the profile was copied here, or the keychain entry was lost. No data is lost: the recovery
        code opens the register and stores the key in this keychain.
      </p>
      <CodeForm unlocking={unlocking} label="Open register" />
    </Threshold>
  )
}
