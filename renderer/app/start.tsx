import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '@fontsource-variable/noto-emoji/wght.css'
import '@mantine/core/styles.css'
import '@mantine/dates/styles.css'
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
import '../ui/css/forced.css'

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { watchFields } from '../ui/fields/messages.ts'
import { askFirst, loadPagesWhenIdle } from './ahead.ts'
import { App } from './app.tsx'

/** The faces of the first page: saved charts and measured columns need them before anything is drawn. */
const FACES = ['400 13px "Inter Variable"', '400 13px "JetBrains Mono Variable"']

/** Replaces the frame in the HTML of the page by the application, as soon as its letters are read. */
export async function start(): Promise<void> {
  const root = document.querySelector('#root')
  if (root === null) throw new Error('The page has no element with the id "root".')
  askFirst()
  watchFields(document)
  // Without them the letters of the system do.
  await Promise.allSettled(FACES.map((face) => document.fonts.load(face)))
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
  loadPagesWhenIdle()
}
