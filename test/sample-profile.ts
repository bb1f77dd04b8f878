import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { memoryStore } from '../electron/secrets/secret-store.ts'
import { makeRegister, getToday } from '../electron/service/core/context.ts'
import { openService, type Service } from '../electron/service/process/open.ts'
import { getSampleProfile } from '../electron/service/profile/paths.ts'
import { fillWithSample } from '../electron/service/sample/fill.ts'
import { loadSample } from '../electron/service/sample/load.ts'
import { newService, recordingHost } from './electron/service/services.ts'
import { edgeCases } from './fixtures/edge-cases.ts'
import { putCopy } from './temporary/template.ts'

/**
 * Puts the sample agency and the client "Edge cases" as of an instant (milliseconds, UTC; left out: today) into a profile that is not there yet, with
 * its key in a file.
 */
export async function putSample(profile: string, at?: number): Promise<void> {
  await putCopy(`sample-${at ?? 'today'}`, profile, async (made) => {
    const secrets = memoryStore('Tests have no keychain.')
    const open = { profile: made, mode: 'write', host: recordingHost(), secrets } as const
    const service = await openService(at === undefined ? open : { ...open, now: () => at })
    const moment = { today: getToday(service.context), now: service.context.now() }
    loadSample(makeRegister(service.context), moment, [edgeCases])
    await service.close()
  })
}

/** A service on a profile of its own that holds the sample agency as of an instant, closed after the test. */
export async function newSampleService(at?: number, now?: () => number): Promise<Service> {
  const profile = join(mkdtempSync(join(tmpdir(), 'castellan-sample-')), 'profile')
  await putSample(profile, at)
  return newService({ profile, ...(now === undefined ? {} : { now }) })
}

/**
 * Puts the sample agency where the service finds it when it opens the sample, as of the service's clock: filled once in a
 * run of tests for each instant, and copied for each that asks.
 */
export async function placeSample({ context }: Service): Promise<void> {
  const now = context.now()
  await putCopy(`opened-sample-${now}`, getSampleProfile(context.session().profile), async (made) => {
    const secrets = memoryStore('Tests have no keychain.')
    const filled = await openService({ profile: made, mode: 'write', host: recordingHost(), secrets, now: () => now })
    await fillWithSample(filled.context)
    await filled.close()
  })
}
