import { _electron as electron } from '@playwright/test'

import { findElectron } from '../../build/steps/electron-binary.mjs'
import type { Opened } from './fixtures.ts'

/** Opens the built product in Electron. */
export async function openElectron(root: string, profile: string): Promise<Opened> {
  const executablePath = findElectron(root)
  if (executablePath === null) throw new Error('Electron is not here. Run: npm run setup -- --retry-electron')
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const application = await electron.launch({ executablePath, args: [...sandbox, root, '--profile', profile] })
  return { page: await application.firstWindow(), close: () => application.close() }
}
