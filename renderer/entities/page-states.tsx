import { IconMapOff } from '@tabler/icons-react'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { ButtonLink } from '../ui/button-link.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'

/** Shown while the code of a page loads. */
export function PageLoading(): ReactElement {
  return (
    <div className="c-page">
      <Loading what="the page" />
    </div>
  )
}

/** A page that failed; the rest of the window keeps working. */
export function PageError({ error, reset }: ErrorComponentProps): ReactElement {
  const router = useRouter()
  return (
    <div className="c-page">
      <Failed
        error={error}
        retry={() => {
          reset()
          void router.invalidate()
        }}
      />
    </div>
  )
}

/** A path without a page. */
export function NoSuchPage(): ReactElement {
  return (
    <div className="c-page">
      <Empty wholePage icon={IconMapOff} title="Page not found" action={<ButtonLink to="/">Go to Today</ButtonLink>}>
        The address may be from another version of Castellan.
      </Empty>
    </div>
  )
}
