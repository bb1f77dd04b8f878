import { ASSISTANTS, CHANGES, CLIENTS, TERMINAL } from './decisions.ts'
import { LOGS, PACKS } from './evidence.ts'
import { EXPORTS, IMPORTS } from './files.ts'
import { ANSWERS, PACKAGES, TRANSPORT } from './network.ts'
import { BACKUPS, REGISTER } from './register.ts'
import { CREDENTIALS, LOCKED } from './secrets.ts'
import type { Asset } from './threat.ts'
import { UPDATES_AND_DOWNLOADS } from './updates.ts'
import { WINDOW } from './window.ts'

/** Everything that docs/threat-model.md lists, in its order. */
export const ASSETS: readonly Asset[] = [
  CREDENTIALS,
  REGISTER,
  BACKUPS,
  LOCKED,
  WINDOW,
  CLIENTS,
  CHANGES,
  TERMINAL,
  ASSISTANTS,
  EXPORTS,
  PACKS,
  LOGS,
  ANSWERS,
  TRANSPORT,
  IMPORTS,
  PACKAGES,
  UPDATES_AND_DOWNLOADS,
]
