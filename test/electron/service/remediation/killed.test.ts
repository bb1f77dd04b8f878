import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import { checkJournal } from '../../../../electron/register/db/journal.ts'
import { NORTHFOLD_CREDENTIAL, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { newProfile, newService } from '../services.ts'
import { now, isRequested, world, type World } from './world.ts'

const TOMAS = 'tomas@client-acme.example'

/** Sends a change in a process of its own, which is killed once the request has reached the provider. */
async function killedWhileSending(it: World, profile: string, remediationId: number): Promise<void> {
  await it.service.close()
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `${import.meta.dirname}/killed-child.ts`, profile, String(remediationId)],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  const exited = once(child, 'exit')
  child.stdin.end(NORTHFOLD_CREDENTIAL)
  while (it.writes().length === 0 && child.exitCode === null) await sleep(10)
  child.kill('SIGKILL')
  const [, signal] = (await exited) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
}

describe('a process that is killed between the journal and the answer', () => {
  it('leaves a change with an unknown result at the next start; the journal records it, and nothing is sent again', async () => {
    const profile = newProfile()
    const it = await world({ profile })
    it.rules.push({ path: /users/u, method: 'DELETE', fault: { kind: 'hang' } })
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    await killedWhileSending(it, profile, row.remediationId)
    expect(it.writes()).toEqual(['DELETE /v1/organization/users/user-b2'])

    const reading = await newService({ profile, mode: 'read' })
    expect(await now(reading, row)).toMatchObject({ state: 'sending' })
    await reading.close()

    const service = await newService({ profile })
    const after = await now(service, row)
    expect(after).toMatchObject({ state: 'unsure', shown: null })
    expect(after.outcome).toMatch(/ended before the provider answered/u)
    const reader = getReader(service.context)
    const reported = reader.column<string>(`SELECT action FROM journal WHERE action LIKE 'remediation.%' ORDER BY seq`)
    expect(reported).toEqual(['remediation.added', 'remediation.sending', 'remediation.unsure'])
    expect(checkJournal(reader).problems).toEqual([])

    // The start does not send it and no preview allows sending it; a sync shows its state, and a person ends it.
    it.rules.splice(0)
    await service.api.connection.setCredential({ id: it.connection, credential: NORTHFOLD_CREDENTIAL })
    const { token, confirm, remediations } = await service.api.remediation.preview({
      remediations: [row.remediationId],
    })
    expect(remediations[0]?.obstacle).toMatch(/result is unknown/u)
    expect(await refused(service.api.remediation.run({ token, confirm }))).toMatchObject({ code: 'CONFLICT' })
    await synced(service.api)
    expect(await now(service, row)).toMatchObject({ state: 'unsure', shown: true })
    expect(await service.api.remediation.markByHand({ remediationId: row.remediationId })).toMatchObject({
      state: 'done',
    })
    expect(it.writes()).toHaveLength(1)
  })
})

describe('a start', () => {
  it('sends no pending change', async () => {
    const profile = newProfile()
    const it = await world({ profile })
    const row = await isRequested(it.service, 'member-remove', TOMAS)
    await it.service.close()
    const service = await newService({ profile })
    await service.api.connection.setCredential({ id: it.connection, credential: NORTHFOLD_CREDENTIAL })
    await synced(service.api)
    await service.api.findings.evaluate()
    expect(it.writes()).toEqual([])
    expect(await now(service, row)).toMatchObject({ state: 'waiting' })
  })

  it('has no way to: only a run with its token reaches the sending code', () => {
    const electron = join(import.meta.dirname, '../../../../electron')
    const files = readdirSync(electron, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
    const naming = (pattern: RegExp): string[] =>
      files.filter((file) => pattern.test(readFileSync(file, 'utf8'))).map((file) => relative(electron, file))
    expect(naming(/\brunRemediations\b/u).toSorted()).toEqual([
      'service/remediation/router.ts',
      'service/remediation/run.ts',
    ])
    expect(naming(/\bgetProvider\([^;]*\)\)?\s*\.write\(/u)).toEqual(['service/remediation/run.ts'])
    expect(naming(/\b(?:writeOpenAi|writeAnthropic)\b/u).toSorted()).toEqual([
      'providers/anthropic/write.ts',
      'providers/openai/write.ts',
      'providers/registry.ts',
    ])
  })
})
