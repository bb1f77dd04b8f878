import { Outlet } from '@tanstack/react-router'
import type { ReactElement } from 'react'

/** What stands around every page. */
export function Frame(): ReactElement {
  return (
    <main id="content">
      <Outlet />
    </main>
  )
}
