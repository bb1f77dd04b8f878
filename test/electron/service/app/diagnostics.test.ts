import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { newSampleService } from '../../../sample-profile.ts'

interface Bundle {
  readonly castellan: { readonly version: string }
  readonly profile: { readonly files: readonly { readonly name: string; readonly mode: string }[] }
  readonly register: {
    readonly problems: readonly string[]
    readonly rows: Readonly<Record<string, number>>
    readonly syncs: readonly { readonly state: string }[]
    readonly connections: readonly object[]
  }
  readonly log: readonly { readonly event: string; readonly message?: string }[]
}

describe('diagnostics', () => {
  it('list versions, files, counts, syncs and the log', async () => {
    const { api } = await newSampleService()
    await api.client.add({ name: 'Zyxwvut Holding' })
    const { text } = await api.app.diagnostics()
    const bundle = JSON.parse(text) as Bundle
    expect(bundle.castellan.version).toMatch(/^\d+\.\d+\.\d+/u)
    expect(bundle.profile.files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['register.db', 'castellan.log']),
    )
    expect(bundle.register).toMatchObject({ problems: [] })
    expect(bundle.register.rows['client']).toBe(7)
    expect(bundle.register.syncs.length).toBeGreaterThan(10)
    expect(bundle.register.connections).toHaveLength(12)
    expect(bundle.log.map(({ event }) => event)).toContain('decided')
  })

  it('name no client, person, account, project, key, organization or address, and no path of this machine', async () => {
    const service = await newSampleService()
    const { reader } = makeRegister(service.context)
    const { log, profile } = service.context.session()
    const names = reader
      .column<string | null>(
        `SELECT name FROM client UNION SELECT slug FROM client UNION SELECT name FROM person UNION SELECT email FROM principal_version
         UNION SELECT name FROM key_version UNION SELECT name FROM project_version UNION SELECT organization_id FROM connection
         UNION SELECT label FROM connection`,
      )
      .filter((name) => name !== null && name.length >= 4)
    // Like an error whose message repeats all of it.
    for (const name of names)
      log.fault('call.fault', new Error(`${profile}: no such thing: ${name}, sk-admin-0123456789abcdefghij`))
    await log.flush()
    const { text } = await service.api.app.diagnostics()
    const { log: lines, register } = JSON.parse(text) as Bundle
    const words = JSON.stringify([lines.map(({ message }) => message), register])
    for (const name of names) expect(words).not.toContain(name)
    expect(text).not.toContain(profile)
    expect(text).not.toContain('0123456789abcdefghij')
  })

  it('are written into a file as they are shown', async () => {
    const { api } = await newSampleService()
    const path = join(mkdtempSync(join(tmpdir(), 'castellan-diagnostics-')), 'diagnostics.json')
    const written = await api.app.saveDiagnostics({ path })
    expect(written.path).toBe(path)
    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object)).toEqual([
      'written',
      'castellan',
      'system',
      'profile',
      'register',
      'log',
    ])
  })
})
