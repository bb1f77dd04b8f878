import type { ReadUsage } from '../kit/usage.ts'

/** A seat is billed by the month; what is done with it by day is in files that are downloaded, and not read. */
export const gitHubCopilotUsage: ReadUsage = (_access, _asked, _take, signal) => {
  signal.throwIfAborted()
  const reason =
    'GitHub Copilot bills seats by the month. Its reports of use are files to download, which are not read.'
  return Promise.resolve([{ report: 'completions', state: 'unavailable', reason }])
}
