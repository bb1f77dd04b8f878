import type { ProfileInfo } from '../../../shared/contract/app.ts'

/** What the window shows above every page; that a terminal only reads goes without saying. */
export function describeStatus({ notices }: ProfileInfo): ProfileInfo['notices'] {
  return notices.filter(({ kind }) => kind !== 'read-only')
}
