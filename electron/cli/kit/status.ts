import type { ProfileInfo } from '../../../shared/contract/app.ts'

/** The notices that the window shows above every page, except that the session is read-only. */
export function describeStatus({ notices }: ProfileInfo): ProfileInfo['notices'] {
  return notices.filter(({ kind }) => kind !== 'read-only')
}
