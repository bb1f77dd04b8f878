import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { MessageChannelMain, type MessagePortMain } from 'electron'

import { awaitImport } from '../../../../shared/contract/import-result.ts'
import type { Api } from '../../../../shared/contract/contract.ts'
import { wireSerializers } from '../../../../shared/contract/wire.ts'
import { counted } from '../../../../shared/domain/counted.ts'
import type { Checks } from '../../self-test/checks.ts'
import { linkService, type ServiceLink } from '../../service-link.ts'
import type { Desktop, ShellLog } from '../../shell.ts'
import { startServiceProcess } from '../service-process.ts'

/**
 * The paths of the self-test's service: its program file, its profile, and folders for the files that it reads and
 * writes.
 */
export interface ServicePlace {
  readonly service: string
  readonly profile: string
  /** The file of the register in the profile. */
  readonly register: string
  readonly files: string
}

/** The report names the failures; a temporary profile has no log. */
export const NO_LOG: ShellLog = { write: () => undefined }

/** A service, and its operations over a port of the self-test. */
export interface ServiceConnection {
  readonly link: ServiceLink<MessagePortMain>
  readonly api: Api
}

/** The report of a service about itself. */
export interface ServiceFacts {
  readonly sqlite: string | null
  /** Jobs whose threads answered. */
  readonly jobs: readonly string[]
}

const CLIENT = 'self-test'
const PEOPLE = 'Name,Email,Role\nAda,ada@self-test.invalid,owner\nBen,ben@self-test.invalid,reader\n'
const PERIOD = '2026-01'
const USAGE = `timestamp,feature,cost\n${PERIOD}-05,chat,1\n${PERIOD}-06,chat,2\n${PERIOD}-07,search,3\n`

/** Opens a port to a service, as the window does. */
export function connectTo(link: ServiceLink<MessagePortMain>): ServiceConnection {
  const { port1, port2 } = new MessageChannelMain()
  link.connect(port2)
  const client = new RPCLink({ port: port1, customJsonSerializers: [...wireSerializers] })
  port1.start()
  return { link, api: createORPCClient(client) }
}

/** Starts the service on a register that the application has closed, without its window. */
export function startService({ service, profile }: ServicePlace): ServiceConnection {
  const desktop: Desktop = {
    notify: () => undefined,
    saveTarget: async () => ({ outcome: 'cancelled' }),
    openTarget: async () => ({ outcome: 'cancelled' }),
    setTitle: () => undefined,
    closeView: () => null,
    secretCopied: () => undefined,
    setDue: () => undefined,
    printPdf: async () => ({ outcome: 'failed', reason: 'There is no window.' }),
    applyPreferences: () => undefined,
  }
  return connectTo(linkService(startServiceProcess(service, NO_LOG), desktop, { profile, shell: 'electron' }))
}

/** Checks a service that was just started. */
export async function checkStart(checks: Checks, name: string, { link }: ServiceConnection): Promise<void> {
  await checks.run(name, async () => {
    await unlessEnded(link, link.ready)
    return 'its process opened the register'
  })
}

/** Checks what the service does with its register, over a port of the self-test. */
export async function checkService(
  checks: Checks,
  tested: ServiceConnection,
  place: ServicePlace,
): Promise<ServiceFacts> {
  const { link, api } = tested
  const run = (name: string, work: () => Promise<string>, needs: readonly string[] = ['port']): Promise<void> =>
    checks.run(name, () => unlessEnded(link, work()), needs)
  let facts: ServiceFacts = { sqlite: null, jobs: [] }
  await run(
    'port',
    async () => {
      const { version, shell, keychain } = await api.app.info()
      return `app.info answered: version ${version}, shell ${shell}, ${keychain.available ? 'with' : 'without'} a keychain`
    },
    ['service'],
  )
  await run('register', async () => {
    await api.client.add({ name: 'Self-test', slug: CLIENT })
    const content = new TextEncoder().encode(PEOPLE)
    const file = { client: CLIENT, kind: 'people', fileName: 'people.csv', content } as const
    await api.files.plan(file)
    const { counts } = await awaitImport(api.files.import(file))
    facts = await readFacts(api)
    return `SQLite ${facts.sqlite ?? 'unknown'} wrote a client and ${counted(counts.add, 'person', 'people')}`
  })
  await run(
    'encryption',
    async () => {
      // The latest writes are still in the write-ahead log.
      const [file, log] = [place.register, `${place.register}-wal`].map((path) =>
        existsSync(path) ? readFileSync(path) : Buffer.alloc(0),
      ) as [Buffer, Buffer]
      if (file.length === 0) throw new Error('The register is empty.')
      if (file.toString('latin1', 0, 15) === 'SQLite format 3') throw new Error('The register is not encrypted.')
      if ([file, log].some((each) => each.includes('self-test.invalid')))
        throw new Error('The register contains an address in plain text.')
      return `${counted(file.length + log.length, 'byte')} of the register neither begin like an SQLite file nor show what was written`
    },
    ['register'],
  )
  await run('list', () => listPeople(api), ['register'])
  await run('usage reader', () => importUsage(api, place), ['register'])
  await run('backup', () => backUp(api), ['register'])
  await run('evidence', () => packEvidence(api), ['register'])
  await run('export', () => exportRegister(api), ['register'])
  await run('print', () => printReport(api), ['usage reader'])
  // After a failure the jobs that answered before it are unknown.
  facts = await unlessEnded(link, readFacts(api)).catch(() => facts)
  return facts
}

async function readFacts(api: Api): Promise<ServiceFacts> {
  const { text } = await api.app.diagnostics()
  const { system } = JSON.parse(text) as {
    system: { versions: { sqlite: string | null }; jobs: readonly string[] }
  }
  return { sqlite: system.versions.sqlite, jobs: system.jobs }
}

async function listPeople(api: Api): Promise<string> {
  const { rows } = await api.people.list({ client: CLIENT })
  if (rows.length !== 2) throw new Error(`It lists ${rows.length} of 2 people.`)
  return 'both people, in the order of a thread'
}

/** Checks that a service ends by itself once it has closed its register. */
export async function checkClose(
  checks: Checks,
  name: string,
  needs: string,
  { link }: ServiceConnection,
): Promise<void> {
  await checks.run(name, async () => {
    await link.close()
    if (!(await link.ended)) throw new Error('Its process did not answer that the register is closed.')
    return 'it answered that the register is closed, and its process ended'
  }, [needs])
}

/** Checks that another process of the service finds what the first one wrote. */
export async function checkReopened(checks: Checks, { link, api }: ServiceConnection): Promise<void> {
  await checks.run(
    'integrity',
    () =>
      unlessEnded(
        link,
        (async () => {
          const { name } = await api.client.get({ slug: CLIENT })
          const { ok, problems, journalRows } = await api.app.integrity()
          if (!ok) throw new Error(problems.join(' '))
          return `the client ${name} and ${counted(journalRows, 'row')} of the audit log were read again`
        })(),
      ),
    ['reopened register'],
  )
}

/** Checks that the worker thread reads a file. */
async function importUsage(api: Api, { files }: ServicePlace): Promise<string> {
  const path = join(files, 'usage.csv')
  writeFileSync(path, USAGE)
  let taken = 0
  for await (const progress of await api.usage.import({ client: CLIENT, path })) taken = progress.counted
  if (taken !== 3) throw new Error(`It counted ${taken} of 3 records.`)
  return 'its thread counted 3 records of a file'
}

/** Checks that the thread that copies a register finds its native module. */
async function backUp(api: Api): Promise<string> {
  const { bytes, journalRows } = await api.backup.make()
  return `its thread copied and checked ${counted(bytes, 'byte')} with ${counted(journalRows, 'row')} of the audit log`
}

async function packEvidence(api: Api): Promise<string> {
  const why = 'Self-test'
  const { reviewId } = await api.reviews.open({ client: CLIENT, kind: 'roles', override: why })
  await api.reviews.decide({ reviewId, items: {}, decision: 'keep', why })
  await api.reviews.sign({ reviewId, as: why })
  const directory = { handle: await chooseTarget(api, '', true) }
  const { path, files, fingerprint } = await api.evidence.pack({ reviewId, directory })
  const { ok, problems, signer } = await api.evidence.verify({ path, key: fingerprint })
  const register = await api.evidence.verifyRegister()
  if (!register.ok) throw new Error(`The register is not verified: ${register.problems[0]?.says ?? 'no reason'}`)
  if (!ok || signer !== 'given') throw new Error(`The pack is not verified: ${problems[0]?.says ?? String(signer)}`)
  return `a pack of ${counted(files, 'file')} was signed with Ed25519, and it and the register were verified`
}

async function exportRegister(api: Api): Promise<string> {
  const handle = await chooseTarget(api, 'register.md')
  const { path, rows } = await api.files.exportRegister({ format: 'md', path: { handle } })
  const mode = statSync(path).mode & 0o777
  const text = readFileSync(path, 'utf8')
  if (!text.startsWith('## ') || !text.includes('Ada')) throw new Error('The file is not the register as Markdown.')
  if (process.platform !== 'win32' && mode !== 0o600) throw new Error(`The file has the mode ${mode.toString(8)}.`)
  return `${counted(rows, 'row')} as Markdown, mode ${mode.toString(8)}`
}

async function printReport(api: Api): Promise<string> {
  const handle = await chooseTarget(api, 'report.pdf')
  const { path } = await api.reports.export({
    client: CLIENT,
    kind: 'monthly',
    period: PERIOD,
    source: 'claimed',
    format: 'pdf',
    path: { handle },
  })
  const pdf = readFileSync(path).toString('latin1')
  const pages = pdf.match(/\/Type\s*\/Page\b/gu)?.length ?? 0
  if (!pdf.startsWith('%PDF-') || pages === 0) throw new Error('The file is not a PDF with a page.')
  return `a PDF of ${counted(pdf.length, 'byte')} with ${counted(pages, 'page')}`
}

async function chooseTarget(api: Api, suggestedName: string, folder = false): Promise<string> {
  const extension = suggestedName.split('.').at(-1) ?? ''
  const answer = await api.desktop.saveTarget({ suggestedName, extension, folder })
  if (answer.outcome !== 'chosen') throw new Error('The desktop returned no path to write to.')
  return answer.handle
}

/** A request to a process that ends gets no answer. */
async function unlessEnded<T>({ ended }: ServiceConnection['link'], work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return Promise.race([
    work,
    ended.then(() => {
      throw new Error('The service process ended.')
    }),
  ])
}
