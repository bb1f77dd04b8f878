import { resolve } from 'node:path'

import type { Offboarding, OffboardingItem } from '../../../shared/contract/offboarding.ts'
import { LEAVER_KINDS } from '../../../shared/report/leavers-markdown.ts'
import { noHoldings } from '../../../shared/report/offboarding-words.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { readFormat, type FormatOptions, withFormat } from '../kit/format.ts'
import { type Field, once, printLines, printObject, printTable, flat } from '../kit/listing.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { isoTime } from '../kit/text/when.ts'

const FIELDS: readonly Field<OffboardingItem>[] = [
  { key: 'kind', json: (row) => row.kind, column: { title: 'What' }, cell: (row) => LEAVER_KINDS[row.kind] },
  { key: 'id', json: (row) => row.id },
  { key: 'name', json: (row) => row.name, column: { title: 'Name', flexible: true } },
  { key: 'person', json: (row) => row.person.name, column: { title: 'Person', flexible: true } },
  { key: 'connection', json: (row) => row.connection.label, column: { title: 'Connection', flexible: true } },
  { key: 'project', json: (row) => row.project?.name ?? null, column: { title: 'Project', flexible: true } },
  { key: 'role', json: (row) => row.role, column: { title: 'Role' } },
  { key: 'says', json: (row) => row.says, column: { title: 'Why', sentence: true } },
  { key: 'remediation', json: (row) => row.remediation?.action ?? null },
  { key: 'listed', json: (row) => row.listed?.state ?? null, column: { title: 'In remediation' } },
]

interface Options extends FormatOptions {
  readonly add?: boolean
  readonly certificate?: string
  readonly zip: boolean
}

export const define: DefineVerb = (command, act) => {
  command.about({
    calls: [
      'offboarding.get',
      'offboarding.addAll --add',
      'offboarding.markdown --format',
      'offboarding.certificate --certificate',
    ],
    example: ['acme', 'acme --certificate evidence'],
  })
  withFormat(command)
    .description('List the access that the agency still has at a client, and write the certificate that none is left.')
    .argument('<client>', 'slug of the client')
    .option('--add', 'put all of it on the remediation list; sends nothing')
    .option(
      '--certificate <dir>',
      'write the signed certificate into a new folder there; refused while anything is left',
    )
    .option('--no-zip', 'without a zip beside the folder')
    .addHelpText(
      'after',
      '\nExit code 4 while anything is left.' +
        `\nJSON keys: client, domains, people, obstacles, more, readings (connection, syncId, endedAt, obstacle, credential), items (${FIELDS.map(({ key }) => key).join(', ')})\n`,
    )
  act<Options, [string]>(command, async (run, { add, certificate, zip, ...options }, client) => {
    if (add && certificate !== undefined) throw new Misuse('--add and --certificate are two steps.', 'Take one.')
    if (certificate !== undefined) return certify(run, client, resolve(run.terminal.cwd, certificate), zip)
    if (add) return addAll(run, client)
    const format = readFormat(run, options)
    return run.withApi('read', async (api) => {
      const status = await api.offboarding.get({ client })
      if (format === 'md') await run.terminal.out((await api.offboarding.markdown({ client })).text)
      else if (format === 'json') await printOffboarding(run, status)
      else await printStatus(run, status)
      return status.obstacles.length === 0 ? EXIT.done : EXIT.found
    })
  })
}

async function certify(run: Run, client: string, directory: string, zip: boolean): Promise<typeof EXIT.done> {
  const written = await run.withApi('write', (api) => api.offboarding.certificate({ client, directory, zip }))
  if (run.json) await printObject(run.terminal, { ...written })
  else {
    await printLines(run.terminal, [
      shown(written.path),
      ...(written.zipPath === null ? [] : [shown(written.zipPath)]),
      `Signed with the key ${written.fingerprint}.`,
    ])
  }
  return EXIT.done
}

async function addAll(run: Run, client: string): Promise<typeof EXIT.done | typeof EXIT.partial> {
  const { added, refused } = await run.withApi('write', (api) => api.offboarding.addAll({ client }))
  if (run.json) await printObject(run.terminal, { added: added.length, refused })
  else {
    await printLines(run.terminal, [
      `${added.length} added to the remediation list. Preview them: castellan remediation list`,
      ...refused.map(shown),
    ])
  }
  return refused.length === 0 ? EXIT.done : EXIT.partial
}

async function printStatus(run: Run, status: Offboarding): Promise<void> {
  const { items, more, obstacles } = status
  await printTable(run.terminal, { fields: FIELDS, empty: noHoldings(status) }, once(items))
  await printLines(run.terminal, [
    ...(more === 0 ? [] : [`${more} more are not listed.`]),
    '',
    ...(obstacles.length === 0
      ? ['Nothing is left. Write the certificate: --certificate DIR']
      : obstacles.map((sentence) => `- ${shown(sentence)}`)),
  ])
}

async function printOffboarding(run: Run, status: Offboarding): Promise<void> {
  const { client, domains, items, more, obstacles, people, readings } = status
  await printObject(run.terminal, {
    client: client.slug,
    domains,
    people: people.map(({ because, email, name, personId }) => ({ personId, name, email, because })),
    obstacles,
    more,
    readings: readings.map(({ connection, credential, endedAt, obstacle, syncId }) => ({
      connection: connection.label,
      syncId,
      endedAt: isoTime(endedAt),
      obstacle,
      credential: credential?.hint ?? null,
    })),
    items: items.map((item) => flat(FIELDS, item)),
  })
}
