import '@mantine/core/styles.css'
import '@mantine/dates/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import '../ui/tokens.css'
import '../ui/css/base.css'
import '../ui/css/links.css'
import '../ui/css/pages.css'
import '../ui/css/cards.css'
import '../ui/css/statuses.css'
import '../ui/css/clients.css'
import '../ui/css/states.css'
import '../ui/css/forms.css'

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { App } from './app.tsx'

/** Replaces the frame in the HTML of the page by the application. */
export function start(): void {
  const root = document.querySelector('#root')
  if (root === null) throw new Error('The page has no element with the id "root".')
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
