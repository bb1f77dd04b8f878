import { useNavigate } from '@tanstack/react-router'

import type { PaletteAct } from './palette-entries.ts'
import { useScope } from '../data/scope.ts'
import { lockNow } from '../data/lock-now.ts'
import { syncNow } from '../data/sync-now.ts'
import { useScheme } from '../data/use-scheme.ts'

/** Runs a palette entry. */
export function usePaletteAct(openHelp: () => void): (act: PaletteAct) => void {
  const navigate = useNavigate()
  const { client, setClient } = useScope()
  const { cycle } = useScheme()
  return (act) => {
    switch (act.kind) {
      case 'go':
        return void navigate({ to: act.path, search: {} })
      case 'scope':
        return setClient(act.slug)
      case 'sync':
        return void syncNow({ client })
      case 'export':
        return void navigate({ to: '/files', search: { view: 'export' } })
      case 'open-review':
        return void navigate({ to: '/reviews', search: { start: 'admins' } })
      case 'add-client':
        return void navigate({ to: '/clients', search: { add: true } })
      case 'add-connection':
        return void navigate({ to: '/connections', search: { add: true } })
      case 'scheme':
        return cycle()
      case 'lock':
        return void lockNow()
      case 'help':
        return openHelp()
    }
  }
}
