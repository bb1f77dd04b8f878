import { readLog } from '../kit/log.ts'
import { openRun, type Run } from '../kit/run.ts'
import { openOrganization } from './client.ts'
import { readFederation } from './federation.ts'
import { openKeySources } from './keys.ts'
import { openAiLists } from './lists.ts'
import { eventReading } from './normalise/event.ts'
import { organizationSources, type OrganizationFacts } from './organization.ts'
import { projectSources } from './project.ts'
import { roleSources } from './roles.ts'
import type { Access } from '../kit/calls.ts'
import type { Sink } from '../kit/tally.ts'

/**
 * Reads one OpenAI organization: its own lists, then the lists that need them. Users come before every list that names
 * a user, so that the list of users identifies them first.
 */
export async function readOpenAi(access: Access, sink: Sink, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const found: OrganizationFacts = {
    id: null,
    projects: new Map(),
    users: new Set(),
    groups: new Set(),
    customRoles: false,
    certificates: new Set(),
  }
  const api = await openOrganization(access, undefined, (id) => (found.id = id))
  const lists = openAiLists(api)
  const run = openRun('openai', access, sink, signal)
  const keySources = openKeySources(run, lists)
  await run.together([...organizationSources(run, api, lists, found), () => keySources.holdAdminKeys()])
  run.checkAddress()
  const projects = run.unfinishedFirst([...found.projects.values()], ({ externalId }) => externalId)
  await run.together([
    ...roleSources(run, lists, found),
    () => readFederation(run, lists),
    ...projects.flatMap((project) =>
      projectSources(run, api, { lists, keySources, hasCertificates: mayHaveCertificates(run, found) }, project),
    ),
  ])
  await keySources.adminKeys()
  await readLog(run, access, { list: lists.auditLog, read: eventReading }, signal)
}

/** Projects are asked for their certificates unless the organization is known to have none. */
function mayHaveCertificates(run: Run, { certificates }: OrganizationFacts): boolean {
  return certificates.size > 0 || !run.isComplete('certificates')
}
