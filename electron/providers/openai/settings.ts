import type { Calls, Send } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import { findFault } from '../kit/outcome.ts'
import type { Run } from '../kit/run.ts'
import type { Organization } from './client.ts'
import { modelsReading, retentionReading, toolsReading } from './normalise/setting.ts'

/** The settings of the organization that narrow access. */
export function readSettings(run: Run, api: Organization): Promise<boolean> {
  return run.source('settings', null, async (tally) => {
    const rows = await settingRows(run.calls, (options) => api.dataRetention.retrieve(options), 'retention')
    tally.take(rows, (row) => retentionReading(row, null))
  })
}

/**
 * The settings of a project that narrow access: one request for each. One that the credential may not read leaves the
 * others readable; the source ends as it did.
 */
export function readProjectSettings(run: Run, api: Organization, project: string): Promise<boolean> {
  return run.source('project-settings', project, async (tally) => {
    const { dataRetention, modelPermissions, hostedToolPermissions } = api.projects
    const parts = [
      ['project-retention', (options) => dataRetention.retrieve(project, options), retentionReading],
      ['project-models', (options) => modelPermissions.retrieve(project, options), modelsReading],
      ['project-tools', (options) => hostedToolPermissions.retrieve(project, options), toolsReading],
    ] as const satisfies readonly (readonly [string, Send, unknown])[]
    let denied: CallFailure | null = null
    for (const [route, send, read] of parts) {
      try {
        tally.take(await settingRows(run.calls, send, route), (row) => read(row, project))
      } catch (error) {
        if (!(error instanceof CallFailure) || findFault(error) !== 'permission') throw error
        denied ??= error
      }
    }
    if (denied !== null) throw denied
  })
}

/** The setting as one row, or none where it was never set: OpenAI answers 404 for that, in its own form. */
export async function settingRows(calls: Calls, send: Send, route?: string): Promise<readonly unknown[]> {
  try {
    return [await calls.json(send, route)]
  } catch (error) {
    const isUnset = error instanceof CallFailure && error.status === 404 && error.fromProvider
    if (isUnset && error.code !== 'unknown_url') return []
    throw error
  }
}
