import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { Offboarding } from '../../../shared/contract/offboarding.ts'
import { type List, listFrom, ownRows } from '../../../shared/domain/absence.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { VERSION } from '../../../shared/domain/version.ts'
import { COVERAGE, coverageRecords } from '../../../shared/report/evidence-coverage.ts'
import { SENT_FOR_PEOPLE, sentChangeRecord } from '../../../shared/report/evidence-changes.ts'
import { evidenceSection } from '../../../shared/report/evidence-markdown.ts'
import { CERTIFICATE_FILE, verifyText } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord, EvidenceTable } from '../../../shared/report/evidence-records.ts'
import { markdownHeading, markdownLine } from '../../../shared/report/markdown-text.ts'
import {
  CERTIFICATE_HEADER,
  certificateHeader,
  type CertifiedOrganization,
  CONFIRM_ACCOUNTS,
  confirmAccountRecords,
  DEPOSITED_KEYS,
  depositedKeyRecords,
  ENDED,
  endedRecords,
  type OffboardingCertificate,
  READINGS,
  readingRecords,
  TO_ROTATE,
  toRotateRecords,
  WORKLOADS,
  workloadRecords,
} from '../../../shared/report/offboarding-tables.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { federationIds, federationRows } from '../../register/access/federation.ts'
import type { Reader } from '../../register/db/handles.ts'
import { journalFrom } from '../../register/read/evidence.ts'
import { accountsAsOf } from '../../register/read/evidence-accounts.ts'
import { depositedKeys, endedHoldings, firstJournalRow } from '../../register/read/offboarding.ts'
import { inOneState } from '../../register/read/report.ts'
import { listSentOfPeople } from '../../register/remediation/sent.ts'
import { type Context, readOperator, getReader, getToday } from '../core/context.ts'
import { coverageOfSyncs, listWith, newListSources } from '../coverage/coverage.ts'
import { type PackFiles, writeTable } from '../evidence/pack-folder.ts'
import { sealPack, type WrittenPack } from '../evidence/seal-pack.ts'
import { writeSignedPack } from '../evidence/signed-pack.ts'
import { folderTarget } from '../files-out/target.ts'
import { Refusal } from '../kit/refusal.ts'
import type { SigningKey } from '../../secrets/signing-key.ts'
import { isShared, readOffboarding } from './status.ts'

/** A certificate is about no review. */
const NO_REVIEW = 0

/**
 * Writes the certificate that the agency holds nothing more at a client, signed like evidence: see `writeSignedPack`.
 * Throws `Refusal` CONFLICT while anything is left, and where an organization was not fully synced since.
 */
export async function certify(
  context: Context,
  { client, directory, zip }: Inputs['offboarding']['certificate'] & { readonly zip: boolean },
): Promise<Outputs['offboarding']['certificate']> {
  const folder = folderTarget(context, directory)
  const { client: of, obstacles } = readOffboarding(context, client)
  const [first] = obstacles
  if (first !== undefined) {
    const rest = obstacles.length - 1
    const others = rest === 0 ? '' : ` ${counted(rest, 'other obstacle is', 'other obstacles are')} in its offboarding.`
    throw new Refusal(
      'CONFLICT',
      `It cannot be certified that nothing is left. ${first}${others}`,
      'Resolve each of them, sync, and write the certificate again.',
    )
  }
  const day = getToday(context)
  let syncs = ''
  return writeSignedPack(context, {
    folder,
    zip,
    getName: (n) => `${client}-offboarding-${day}${n === 1 ? '' : `-${n}`}`,
    write: (files, key) =>
      inOneState(getReader(context), () => {
        // Read again, in the one state that the pack is written from.
        const certificate = makeCertificate(context, client, key)
        syncs = certificate.status.readings.map(({ syncId }) => String(syncId)).join(' ')
        return writeCertificate(context, files, certificate, key)
      }),
    entry: { action: 'offboarding.certified', client, subject: of.name, area: 'client' },
    body: () => ({ syncs }),
  })
}

function makeCertificate(context: Context, client: string, key: SigningKey): OffboardingCertificate {
  const reader = getReader(context)
  const status = readOffboarding(context, client)
  const people = status.people.map(({ personId }) => personId)
  return {
    status,
    writtenAt: context.now(),
    operator: readOperator(context),
    version: VERSION,
    fingerprint: key.fingerprint,
    sample: context.session().sample,
    organizations: listOrganizations(reader, status, { client, people, now: context.now() }),
    sent: listSentOfPeople(reader, client, people),
  }
}

/** The lists by which it is known what a person holds. */
const HELD = ['users', 'invitations', 'keys', 'admin-keys'] as const

function listOrganizations(
  reader: Reader,
  { readings, items, more }: Offboarding,
  { client, people, now }: { readonly client: string; readonly people: readonly number[]; readonly now: number },
): readonly CertifiedOrganization[] {
  const ended = Map.groupBy(endedHoldings(reader, client, people), ({ connectionId }) => connectionId)
  const deposited = Map.groupBy(depositedKeys(reader, client, now), ({ connectionId }) => connectionId)
  const seen = Map.groupBy(items.filter(isShared), ({ connection }) => connection.id)
  const sort = { by: 'name', direction: 'asc' } as const
  // All that is left are such keys, or it would not be certified.
  const cut =
    more === 0 ? [] : [`${counted(more, 'more key of the client is', 'more keys of the client are')} not listed.`]
  return readings.map(({ connection, syncId: sync }) => {
    const { id } = connection
    const find = newListSources(reader, { connection, sync })
    const unknown = HELD.flatMap((list) => find(list).lack ?? [])
    const held = { sync, lack: unknown.length === 0 ? null : unknown.join(' ') }
    const rules = federationRows(reader, federationIds(reader, { client, connection: id, sort }))
    const accounts = sync === null ? [] : accountsAsOf(reader, { review: NO_REVIEW, connection: id, sync })
    return {
      connection,
      sync,
      unknown,
      ended: listFrom(held, () => ended.get(id) ?? []),
      seen: listFrom({ sync, lack: [...unknown, ...cut].join(' ') || null }, () => seen.get(id) ?? []),
      federation: listWith(find, 'federation-rules', sync, rules),
      accounts: listWith(find, 'service-accounts', sync, accounts),
      deposited: listWith(find, 'deposited-keys', sync, deposited.get(id) ?? []),
    }
  })
}

function writeCertificate(
  context: Context,
  folder: PackFiles,
  certificate: OffboardingCertificate,
  key: SigningKey,
): WrittenPack {
  const { client } = certificate.status
  const header = certificateHeader(certificate)
  const coverage = coverageRecords(coverageOfSyncs(getReader(context), certificate.status.readings))
  // Records are made one by one, for the files of a table and again for its part of the document.
  const tables: readonly (readonly [EvidenceTable, () => List<EvidenceRecord>])[] = [
    [CERTIFICATE_HEADER, () => ownRows(header)],
    [READINGS, () => ownRows(readingRecords(certificate.status))],
    [COVERAGE, () => ownRows(coverage)],
    [ENDED, () => endedRecords(certificate)],
    ...(certificate.sent.length === 0
      ? []
      : [[SENT_FOR_PEOPLE, () => ownRows(certificate.sent.map(sentChangeRecord))] as const]),
    [TO_ROTATE, () => toRotateRecords(certificate)],
    [WORKLOADS, () => workloadRecords(certificate)],
    [CONFIRM_ACCOUNTS, () => confirmAccountRecords(certificate)],
    [DEPOSITED_KEYS, () => depositedKeyRecords(certificate)],
  ]
  const files = tables.map(([table, list]) => writeTable(folder, table, list()))
  const document = folder.write(CERTIFICATE_FILE, listLines(client.name, tables))
  const reader = getReader(context)
  const verified = {
    name: 'Certificate of offboarding',
    client: client.name,
    kind: 'certificate',
    from: 'the first row about this client',
    table: 'ended',
    proves: 'What the agency decided and sent was written',
    not: 'or that no one at the agency knows a secret that was copied elsewhere: rotate the keys in to-rotate.jsonl. Nor does it prove that none of the workloads, programs and deposited keys in workloads.jsonl, service-accounts.jsonl and deposited-keys.jsonl belongs to the agency: have each confirmed.',
  }
  return sealPack(
    folder,
    {
      files: [...files, document],
      header,
      verify: verifyText(verified, certificate.writtenAt, key.fingerprint),
      record: { form: 1, client: client.slug, journal: journalFrom(reader, firstJournalRow(reader, client.slug)) },
    },
    key,
  )
}

function* listLines(
  client: string,
  tables: readonly (readonly [EvidenceTable, () => List<EvidenceRecord>])[],
): Generator<string> {
  yield markdownHeading(2, said(`Certificate of offboarding: ${client}`))
  yield ''
  yield markdownLine(said(`As far as the syncs below show, the agency holds nothing more at ${client}.`))
  yield ''
  for (const [table, list] of tables) yield* evidenceSection(table, list())
}
