import { arch, release } from 'node:os'

import type { About } from '../../../shared/contract/app.ts'
import { BUILD, VERSION } from '../../../shared/domain/version.ts'
import type { Context } from './context.ts'
import { profilePaths } from '../profile/paths.ts'

/** Returns which Castellan this is, what it runs on, and where it writes. */
export function getAbout(context: Context): About {
  const { profile, register } = context.session()
  const { electron, chrome, node } = process.versions as NodeJS.ProcessVersions & Partial<Record<string, string>>
  return {
    version: VERSION,
    build: BUILD,
    versions: {
      electron: electron ?? null,
      chromium: chrome ?? null,
      node,
      sqlite: register?.reader.value<string>('SELECT sqlite_version()') ?? null,
    },
    system: `${process.platform} ${arch()} ${release()}`,
    lock: context.host.lockSentence?.() ?? null,
    sandbox: context.host.sandbox?.() ?? null,
    profile,
    log: profilePaths(profile).log,
  }
}
