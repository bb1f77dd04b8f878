import { Button, Group } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'
import { useEffect, useRef, type ReactElement } from 'react'

import { useInfo } from '../../data/use-info.ts'
import { describeUnlocker } from '../../entities/secret-place.ts'
import { Failed } from '../../ui/states.tsx'
import { CodeForm } from './code-form.tsx'
import { Threshold } from './threshold.tsx'
import type { Unlocking } from './use-unlock.ts'

interface LockedProps {
  readonly unlocking: Unlocking
  readonly byCode: boolean
  readonly setByCode: (byCode: boolean) => void
}

/** The register was locked here: the key that is kept on this machine unlocks it, or the recovery code. */
export function Locked({ unlocking, byCode, setByCode }: LockedProps): ReactElement {
  const { text } = describeUnlocker(useInfo()?.keychain)
  return (
    <Threshold title="Castellan is locked">
      <p className="c-prose">
        The register is closed, and this window shows none of its data.{' '}
        {byCode ? 'The recovery code unlocks it, also without a keychain.' : text}
      </p>
      {byCode ? (
        <CodeForm unlocking={unlocking} label="Unlock" takesFocus>
          <Button variant="default" onClick={() => setByCode(false)}>
            Use the key of this machine
          </Button>
        </CodeForm>
      ) : (
        <ByKey unlocking={unlocking} useCode={() => setByCode(true)} />
      )}
    </Threshold>
  )
}

function ByKey({ unlocking, useCode }: { readonly unlocking: Unlocking; readonly useCode: () => void }): ReactElement {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  return (
    <form
      className="c-form"
      onSubmit={(event) => {
        event.preventDefault()
        unlocking.unlock()
      }}
    >
      {unlocking.error === null ? null : <Failed error={unlocking.error} />}
      <Group gap="xs">
        <Button
          ref={button}
          type="submit"
          loading={unlocking.isPending}
          leftSection={<IconLockOpen size={16} aria-hidden />}
        >
          Unlock
        </Button>
        <Button variant="default" onClick={useCode}>
          Use recovery code
        </Button>
      </Group>
    </form>
  )
}
