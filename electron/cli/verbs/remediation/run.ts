import type { Api, Inputs } from '../../../../shared/contract/contract.ts'
import type { RemediationRow } from '../../../../shared/contract/remediation.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import { once, printObject } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { remediationFields } from './fields.ts'
import { type Run, readScope } from '../../kit/run.ts'
import { followSyncs } from '../../kit/sync-progress.ts'
import { makePainter } from '../../kit/text/paint.ts'
import { shown } from '../../kit/text/shown.ts'

/** Sends the previewed changes, prints the results with each new secret, and syncs the connections. */
export async function sendPreviewed(run: Run, api: Api, previewed: Inputs['remediation']['run']): Promise<ExitCode> {
  const report = await api.remediation.run(previewed)
  const secrets: NewSecret[] = []
  for (const { remediationId, secretHeld } of report.rows) {
    if (secretHeld) secrets.push({ remediationId, ...(await api.remediation.takeSecret({ remediationId })) })
  }
  // New secrets are printed before anything else can fail: they cannot be read again.
  await printReport(run, report.rows, report.stopped, secrets)
  const connections = await api.connection.list(readScope(run))
  await followSyncs(
    run.terminal,
    api,
    connections.filter(({ id }) => report.syncing.includes(id)),
  )
  return getCode(report.rows, report.stopped)
}

interface NewSecret {
  readonly remediationId: number
  readonly name: string
  readonly secret: string
}

async function printReport(
  run: Run,
  rows: readonly RemediationRow[],
  stopped: string | null,
  secrets: readonly NewSecret[],
): Promise<void> {
  const asked = secrets.map(({ secret }) => secret)
  if (run.json) return printObject(run.terminal, { rows, stopped, secrets }, asked)
  await run.terminal.out(secrets.map((secret) => `${secretLine(secret)}\n`).join(''), asked)
  await printListing(
    run,
    { fields: remediationFields(makePainter(run.terminal.colour)), empty: 'Nothing was sent.' },
    once(rows),
  )
  if (stopped !== null) await run.terminal.err(`Stopped: ${shown(stopped)}\n`)
}

function secretLine({ remediationId, name, secret }: NewSecret): string {
  return `${secret}\nThis is the new key ${shown(name)} of change ${remediationId}. It is shown only once. When it is deployed: castellan remediation deployed ${remediationId}`
}

function getCode(rows: readonly RemediationRow[], stopped: string | null): ExitCode {
  if (stopped === null && rows.every(({ state }) => state !== 'failed')) return EXIT.done
  return rows.some(({ state }) => state === 'done' || state === 'deploying') ? EXIT.partial : EXIT.failed
}
