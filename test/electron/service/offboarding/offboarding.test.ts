import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { awaitImport } from '../../../../shared/contract/import-result.ts'
import { getReader } from '../../../../electron/service/core/context.ts'
import { noHoldings } from '../../../../shared/report/offboarding-words.ts'
import { hiddenOpenAi } from '../../../providers/fixtures/hidden-openai.ts'
import { exampleFile } from '../../providers/file/example.ts'
import { makeCsv, toCsv } from '../evidence/packs.ts'
import { followed, synced } from '../fakes.ts'
import { acmeBeside, now, sent, world, type World } from '../remediation/world.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const DOMAIN = 'client-acme.example'

/** Northfold, where people of an agency have access; the agency is a client of its own. */
async function offboarded(): Promise<World> {
  const it = await world()
  await it.api.client.add({ name: 'Agency', kind: 'internal', domains: [DOMAIN] })
  return it
}

const directory = (): string => mkdtempSync(join(tmpdir(), 'castellan-offboarding-'))

describe('the offboarding of a client', () => {
  it('lists what people of the agency hold there, and the credential that is kept here', async () => {
    const { api } = await offboarded()
    const { items, obstacles, people, readings } = await api.offboarding.get({ client: 'northfold' })
    expect(people.length).toBeGreaterThan(0)
    expect(people.every(({ because, email }) => because === 'address' && email?.endsWith(DOMAIN))).toBe(true)
    expect(items.filter(({ kind }) => kind === 'account').map(({ name }) => name)).toContain('Tomas Okafor')
    expect(readings).toMatchObject([{ obstacle: null, credential: { setAt: expect.any(Number) as number } }])
    expect(obstacles.join(' ')).toContain('still held')
    expect(obstacles.join(' ')).toContain('still in this keychain')
  })

  it('does not apply to the agency itself', async () => {
    const { api } = await offboarded()
    expect(await refused(api.offboarding.get({ client: 'agency' }))).toMatchObject({ code: 'INVALID' })
  })

  it('reports that no one is known to belong to the agency', async () => {
    const { api } = await world()
    const { obstacles, people } = await api.offboarding.get({ client: 'northfold' })
    expect(people).toEqual([])
    expect(obstacles.join(' ')).toContain('add a client of the kind "internal"')
  })

  it('counts a file that is read at each sync as read, and an imported file not', async () => {
    const { api } = await newService()
    await api.client.add({ name: 'Agency', kind: 'internal', domains: ['agency.example'] })
    await api.client.add({ name: 'Acme' })
    const path = join(directory(), 'azure.json')
    writeFileSync(path, JSON.stringify(exampleFile()))
    await api.connection.add({ client: 'acme', provider: 'file', path })
    expect(noHoldings(await api.offboarding.get({ client: 'acme' }))).toMatch(/is unknown: no organization/u)
    await synced(api)
    const synchronized = await api.offboarding.get({ client: 'acme' })
    expect(synchronized).toMatchObject({ obstacles: [], items: [], readings: [{ obstacle: null }] })
    expect(noHoldings(synchronized)).toBe('The people of the agency hold nothing.')

    await api.client.add({ name: 'Acme Corp' })
    const content = readFileSync(new URL('../../../fixtures/register/acme-corp.md', import.meta.url))
    await awaitImport(api.files.import({ client: 'acme-corp', kind: 'register', fileName: 'register.md', content }))
    const imported = await api.offboarding.get({ client: 'acme-corp' })
    expect(imported.readings.length).toBeGreaterThan(0)
    for (const { obstacle } of imported.readings) {
      expect(obstacle).toMatch(/^It is known only from an imported file, .* that is read at each sync\.$/u)
    }
    expect(noHoldings(imported)).toMatch(/is unknown: no organization/u)
    const refusal = await refused(api.offboarding.certificate({ client: 'acme-corp', directory: directory() }))
    expect(refusal.message).toContain('only from an imported file')
  })

  it('is refused a certificate while something is left, and nothing is written', async () => {
    const { api } = await offboarded()
    const at = directory()
    const error = await refused(api.offboarding.certificate({ client: 'northfold', directory: at }))
    expect(error).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('still held') as string })
    expect(spawnSync('ls', ['-A', at], { encoding: 'utf8' }).stdout).toBe('')
  })

  it('leads from the list over the changes and a sync to a certificate that verifies by itself', async () => {
    const it = await offboarded()
    const { api, service, connection } = it
    const [provider] = hiddenOpenAi().identityProviders
    if (provider === undefined) throw new Error('The organization has no identity provider.')
    const rules = provider.rules.slice(0, 1).map((rule) => ({ ...(rule as object), service_account_id: 'svc_acct_w1' }))
    it.organization.identityProviders.push({ ...provider, rules })
    const { added, refused: left } = await api.offboarding.addAll({ client: 'northfold' })
    expect(left).toEqual([])
    expect(added.length).toBeGreaterThan(0)
    expect(await api.offboarding.addAll({ client: 'northfold' })).toEqual({ added: [], refused: [] })
    const { rows } = await api.remediation.list({ state: 'waiting' })
    expect(rows).toHaveLength(added.length)
    // Keys before their owners: what ends with the account is removed already.
    const ordered = rows.toSorted((a, b) => Number(b.subject.kind === 'key') - Number(a.subject.kind === 'key'))
    for (const row of ordered) {
      it.clock.now += 1000
      await sent(service, row)
      await followed(api)
      // The provider does not find one who is only in the register: the next sync shows that they were removed.
      const state = row.subject.name.startsWith('z9@') ? 'unsure' : 'done'
      expect(await now(service, row)).toMatchObject({ state })
    }
    it.clock.now += 1000
    await synced(api)
    const before = await api.offboarding.get({ client: 'northfold' })
    expect(before.items.filter(({ kind }) => kind !== 'shared-key')).toEqual([])
    expect(before.obstacles).toHaveLength(1)
    await api.connection.removeCredential({ id: connection })
    const status = await api.offboarding.get({ client: 'northfold' })
    expect(status.obstacles).toEqual([])
    const at = directory()
    const certificate = await api.offboarding.certificate({ client: 'northfold', directory: at })
    expect(await api.evidence.verify({ path: certificate.path })).toMatchObject({ ok: true, problems: [] })
    expect(await api.evidence.verify({ path: certificate.zipPath ?? '' })).toMatchObject({ ok: true })
    const text = readFileSync(join(certificate.path, 'certificate.md'), 'utf8')
    expect(text).toContain('the agency holds nothing more at')
    expect(text).toContain('| Account | Tomas Okafor |')
    // One person decided: the certificate names them, and that no second member was asked.
    const csv = await makeCsv(certificate.path)
    const changes = await toCsv(certificate.path, 'changes-sent')
    const operator = getReader(service.context).value<string>('SELECT added_by FROM remediation')
    expect(changes.length).toBeGreaterThan(0)
    expect(
      new Set(changes.map((row) => [row['Added by'], row['Approved by'], row['Sent by'], row['Result']].join())),
    ).toEqual(
      new Set(
        ['done', 'unknown'].map((result) => `${operator},no second approval was asked for,${operator},${result}`),
      ),
    )
    expect(new Set(changes.map((row) => row['Change']))).toEqual(
      new Set(rows.filter(({ subject }) => subject.kind !== 'project').map(({ says }) => says)),
    )
    expect(readFileSync(join(csv, 'readings.csv'), 'utf8')).toContain(String(status.readings[0]?.syncId))
    const workloads = readFileSync(join(csv, 'workloads.csv'), 'utf8')
    expect(workloads).toMatch(
      /^"rule-open","northfold on OpenAI","any workload of .*hidden.*","acme-web",".*","active","read",""$/mu,
    )
    expect(text).toContain('Workloads for the client to confirm')
    const verify = readFileSync(join(certificate.path, 'VERIFY.md'), 'utf8')
    for (const name of ['workloads', 'service-accounts', 'deposited-keys']) {
      expect(verify).toContain(`${name}.jsonl`)
      expect(readFileSync(join(csv, `${name}.csv`), 'utf8')).toMatch(/^"[A-Z]/u)
    }
    expect(text).toContain('Service accounts for the client to confirm')
    expect(readFileSync(join(csv, 'service-accounts.csv'), 'utf8')).toMatch(
      /^"OpenAI",".*","northfold on OpenAI",\d+,"acme-web",/mu,
    )
    const checked = spawnSync('sha256sum', ['-c', 'head.txt', 'manifest.sha256'], { cwd: certificate.path })
    expect(checked.status).toBe(0)
    expect(await api.evidence.verifyRegister()).toMatchObject({ ok: true })
  })

  it('is one client’s: what the same people hold at another is not in it', async () => {
    const { api, service } = await offboarded()
    await acmeBeside(service)
    const { items, readings } = await api.offboarding.get({ client: 'northfold' })
    expect(items.every(({ client }) => client.slug === 'northfold')).toBe(true)
    expect(readings).toHaveLength(1)
    const { text } = await api.offboarding.markdown({ client: 'northfold' })
    expect(text).toContain('Offboarding: ')
    expect(text).not.toContain('Anthropic')
  })
})
