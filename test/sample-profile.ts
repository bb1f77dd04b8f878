import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { memoryStore } from '../electron/secrets/memory-store.ts'
import { registerOf, todayOf } from '../electron/service/context.ts'
import { openService, type Service } from '../electron/service/open.ts'
import { loadSample } from '../electron/service/sample/load.ts'
import { newService, recordingHost } from './electron/service/services.ts'
import { runFolder } from './temporary/run.ts'

/**
 * Puts the sample agency as of an instant (milliseconds, UTC; left out: today) into a profile that is not there yet, with
 * its key in a file. Loading it takes more than a second, so a run of tests does that once and copies it.
 */
export async function putSample(profile: string, at?: number): Promise<void> {
  const template = join(runFolder(), `sample-${at ?? 'today'}`)
  if (!existsSync(template)) await makeTemplate(template, at)
  cpSync(template, profile, { recursive: true, force: false, errorOnExist: true })
}

/** A service on a profile of its own that holds the sample agency as of an instant, closed after the test. */
export async function newSampleService(at?: number, now?: () => number): Promise<Service> {
  const profile = join(mkdtempSync(join(tmpdir(), 'castellan-sample-')), 'profile')
  await putSample(profile, at)
  return newService({ profile, ...(now === undefined ? {} : { now }) })
}

async function makeTemplate(template: string, at?: number): Promise<void> {
  const profile = join(mkdtempSync(join(tmpdir(), 'sample-')), 'profile')
  const service = await openService({
    profile,
    mode: 'write',
    host: recordingHost(),
    secrets: memoryStore('Tests have no keychain.'),
    ...(at === undefined ? {} : { now: () => at }),
  })
  loadSample(registerOf(service.context), { today: todayOf(service.context), now: service.context.now() })
  await service.close()
  try {
    renameSync(profile, template)
  } catch (error) {
    // Another worker was quicker; its copy is as good.
    if (!existsSync(template)) throw error
    rmSync(profile, { recursive: true })
  }
}
