import { useEffect } from 'react'

import { api } from '../data/api.ts'

/** Tells the desktop which client is in scope; the title that it makes of it is the window's. */
export function useScopeTitle(client: string | undefined): void {
  useEffect(() => {
    let stale = false
    const tell = async (): Promise<void> => {
      const { title } = await api.desktop.scope({ client: client ?? null })
      if (!stale) document.title = title
    }
    // Without a desktop to tell, the page's own title stands.
    tell().catch(() => undefined)
    return () => {
      stale = true
    }
  }, [client])
}
