import type { DefineVerb } from './kit/run.ts'

export interface VerbEntry {
  readonly name: string
  readonly summary: string
  /** Only the called verb is loaded, so that the process starts fast. */
  readonly load: () => Promise<{ readonly define: DefineVerb }>
}

export const VERBS: readonly VerbEntry[] = [
  { name: 'today', summary: 'what to do first, and the state of each client', load: () => import('./verbs/today.ts') },
  { name: 'show', summary: 'show one thing: a key, person, project, client, …', load: () => import('./verbs/show.ts') },
  { name: 'sample', summary: 'fill an empty profile with the sample agency', load: () => import('./verbs/sample.ts') },
  { name: 'client', summary: 'add, edit, list, archive and restore clients', load: () => import('./verbs/client.ts') },
  {
    name: 'connection',
    summary: 'add, edit, list, test and remove connections to provider organizations',
    load: () => import('./verbs/connection.ts'),
  },
  {
    name: 'provider',
    summary: 'what each provider offers to read, and what was read of it',
    load: () => import('./verbs/provider.ts'),
  },
  { name: 'sync', summary: 'read the organizations of the connections', load: () => import('./verbs/sync.ts') },
  { name: 'import', summary: 'import a register or a CSV file', load: () => import('./verbs/import.ts') },
  {
    name: 'person',
    summary: 'list people, import personnel files, merge and split people',
    load: () => import('./verbs/person.ts'),
  },
  { name: 'key', summary: 'list keys', load: () => import('./verbs/key.ts') },
  { name: 'project', summary: 'list projects', load: () => import('./verbs/project.ts') },
  { name: 'access', summary: 'list every grant with its path and state', load: () => import('./verbs/access.ts') },
  {
    name: 'service-account',
    summary: 'list service accounts: owner, purpose, credential, dependants',
    load: () => import('./verbs/service-account.ts'),
  },
  {
    name: 'federation',
    summary: 'list which workloads act as a service account without a key',
    load: () => import('./verbs/federation.ts'),
  },
  { name: 'certificate', summary: 'list client certificates', load: () => import('./verbs/certificate.ts') },
  {
    name: 'restriction',
    summary: 'list guardrails, permitted models and deposited keys',
    load: () => import('./verbs/restriction.ts'),
  },
  {
    name: 'finding',
    summary: 'list findings, accept them, and fail on them',
    load: () => import('./verbs/finding.ts'),
  },
  { name: 'review', summary: 'open, decide and sign access reviews', load: () => import('./verbs/review.ts') },
  {
    name: 'remediation',
    summary: 'apply changes at the providers',
    load: () => import('./verbs/remediation.ts'),
  },
  {
    name: 'plan',
    summary: 'design the intended access of a client, and compare it',
    load: () => import('./verbs/plan.ts'),
  },
  { name: 'changes', summary: 'what changed between two days or syncs', load: () => import('./verbs/changes.ts') },
  { name: 'log', summary: 'the audit log: what people did here, and undo it', load: () => import('./verbs/log.ts') },
  { name: 'event', summary: 'what the providers recorded: who did what', load: () => import('./verbs/event.ts') },
  { name: 'leaver', summary: 'people who left and still have access', load: () => import('./verbs/leaver.ts') },
  { name: 'offboard', summary: 'what the agency still holds at a client', load: () => import('./verbs/offboard.ts') },
  { name: 'impact', summary: 'what stops working when something is removed', load: () => import('./verbs/impact.ts') },
  {
    name: 'recommendation',
    summary: 'least-privilege recommendations from recorded use',
    load: () => import('./verbs/recommendation.ts'),
  },
  { name: 'usage', summary: 'usage and cost by key, person, project or model', load: () => import('./verbs/usage.ts') },
  {
    name: 'budget',
    summary: 'list, set and clear monthly budgets, and fail at a threshold',
    load: () => import('./verbs/budget.ts'),
  },
  {
    name: 'rate-limit',
    summary: 'list rate limits by project and model',
    load: () => import('./verbs/rate-limit.ts'),
  },
  {
    name: 'anomaly',
    summary: 'list keys and projects with unexpected use, and fail on them',
    load: () => import('./verbs/anomaly.ts'),
  },
  {
    name: 'snippet',
    summary: 'code that selects a project, without its key',
    load: () => import('./verbs/snippet.ts'),
  },
  {
    name: 'report',
    summary: 'usage of a week or month as a document, or an invoice',
    load: () => import('./verbs/report.ts'),
  },
  {
    name: 'rotation',
    summary: 'record rotations, and set when keys are due',
    load: () => import('./verbs/rotation.ts'),
  },
  { name: 'policy', summary: 'show and set the policy', load: () => import('./verbs/policy.ts') },
  { name: 'settings', summary: 'show and set who works here', load: () => import('./verbs/settings.ts') },
  { name: 'due', summary: 'list keys by the day they have to be rotated', load: () => import('./verbs/due.ts') },
  { name: 'register', summary: 'export the access register', load: () => import('./verbs/register.ts') },
  { name: 'recovery', summary: 'show the recovery code, or unlock with it', load: () => import('./verbs/recovery.ts') },
  { name: 'integrity', summary: 'check the register and its audit log', load: () => import('./verbs/integrity.ts') },
  { name: 'backup', summary: 'copy the register, and list the copies', load: () => import('./verbs/backup.ts') },
  { name: 'restore', summary: 'put a backup in the place of the register', load: () => import('./verbs/restore.ts') },
  { name: 'salvage', summary: 'read what can be read of a damaged register', load: () => import('./verbs/salvage.ts') },
  {
    name: 'diagnostics',
    summary: 'print data for fault finding, without names',
    load: () => import('./verbs/diagnostics.ts'),
  },
  { name: 'team', summary: 'work in a team over PostgreSQL', load: () => import('./verbs/team.ts') },
  { name: 'runner', summary: 'read what is due, without a window', load: () => import('./verbs/runner.ts') },
  { name: 'mcp', summary: 'answer an assistant’s questions, read-only', load: () => import('./verbs/mcp.ts') },
  { name: 'completion', summary: 'complete commands in a shell', load: () => import('./verbs/completion.ts') },
  { name: 'version', summary: 'print the version', load: () => import('./verbs/version.ts') },
  { name: 'manual', summary: 'print the manual page', load: () => import('./verbs/manual.ts') },
  {
    name: 'update',
    summary: 'ask for newer versions, and verify a downloaded package',
    load: () => import('./verbs/update.ts'),
  },
  { name: 'verify', summary: 'check an evidence pack, or the register', load: () => import('./verbs/verify.ts') },
  { name: 'evidence', summary: 'make CSV files of an evidence pack', load: () => import('./verbs/evidence.ts') },
]

/**
 * The commands that create the register of a profile without one. All others fail there, so that a mistyped --profile
 * is an error and never an empty answer.
 */
const CREATE: ReadonlySet<string> = new Set(['sample', 'client add', 'team join'])

/** True if a command, such as `client add`, may create a register. */
export function createsRegister(command: string): boolean {
  return CREATE.has(command)
}
