import type { ReactElement } from 'react'

import { CodeForm } from './code-form.tsx'
import { Threshold } from './threshold.tsx'
import { useUnlock } from './use-unlock.ts'

interface UnlockProps {
  readonly profile: string
  /** Goes to a path in the window. */
  readonly go: (to: string) => void
}

/** The register is here and its key is not: the recovery code opens it. */
export function Unlock({ profile, go }: UnlockProps): ReactElement {
  const unlocking = useUnlock(go)
  return (
    <Threshold title="Open the register">
      <p className="c-prose">
        The register in <span className="c-mono c-break">{profile}</span> is encrypted, and its key is not in this
        machine’s keychain: the profile was copied here, or the keychain entry was lost. Nothing is lost: the recovery
        code opens it, and the key is then kept in this keychain.
      </p>
      <CodeForm unlocking={unlocking} label="Open the register" />
    </Threshold>
  )
}
