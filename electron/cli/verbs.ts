import type { DefineVerb } from './kit/run.ts'

export interface VerbEntry {
  readonly name: string
  readonly summary: string
  /** Only the verb that is called is loaded: the start of the process is part of what people wait for. */
  readonly load: () => Promise<{ readonly define: DefineVerb }>
}

/** What verbs and commands were called before, by what they are called now: an old one is answered with its new name. */
export const RENAMED: Readonly<Record<string, string>> = {
  advice: 'recommendations',
  blast: 'impact',
  remedy: 'remediation',
  'budget sudden': 'budget anomalies',
  'usage coverage': 'usage reconciliation',
}

export const VERBS: readonly VerbEntry[] = [
  { name: 'overview', summary: 'what needs attention, per client', load: () => import('./verbs/overview.ts') },
  { name: 'sample', summary: 'fill an empty profile with the sample agency', load: () => import('./verbs/sample.ts') },
  { name: 'client', summary: 'add, edit, list, archive and restore clients', load: () => import('./verbs/client.ts') },
  {
    name: 'connection',
    summary: 'add, edit, list, test and remove connections to provider organizations',
    load: () => import('./verbs/connection.ts'),
  },
  { name: 'sync', summary: 'read the organizations of the connections', load: () => import('./verbs/sync.ts') },
  { name: 'import', summary: 'take a register or a CSV file in', load: () => import('./verbs/import.ts') },
  { name: 'people', summary: 'list people', load: () => import('./verbs/people.ts') },
  {
    name: 'person',
    summary: 'take personnel files in, and say who is who',
    load: () => import('./verbs/person.ts'),
  },
  { name: 'keys', summary: 'list keys', load: () => import('./verbs/keys.ts') },
  { name: 'projects', summary: 'list projects', load: () => import('./verbs/projects.ts') },
  { name: 'access', summary: 'list every effective grant with its path', load: () => import('./verbs/access.ts') },
  { name: 'findings', summary: 'list what is wrong, and fail on it', load: () => import('./verbs/findings.ts') },
  { name: 'review', summary: 'review who holds what, and sign it', load: () => import('./verbs/review.ts') },
  {
    name: 'remediation',
    summary: 'carry decisions out at the providers',
    load: () => import('./verbs/remediation.ts'),
  },
  { name: 'plan', summary: 'design how a client’s access is meant to be', load: () => import('./verbs/plan.ts') },
  { name: 'changes', summary: 'what changed between two days or syncs', load: () => import('./verbs/changes.ts') },
  { name: 'leavers', summary: 'what is left of people who have gone', load: () => import('./verbs/leavers.ts') },
  { name: 'offboard', summary: 'what the agency still holds at a client', load: () => import('./verbs/offboard.ts') },
  { name: 'impact', summary: 'what hangs on something, before it goes', load: () => import('./verbs/impact.ts') },
  {
    name: 'recommendations',
    summary: 'smaller roles that would do, by recorded use',
    load: () => import('./verbs/recommendations.ts'),
  },
  { name: 'usage', summary: 'who spends what, on what', load: () => import('./verbs/usage.ts') },
  {
    name: 'limit',
    summary: 'list, set and clear what may be spent in a month',
    load: () => import('./verbs/limit.ts'),
  },
  { name: 'budget', summary: 'what is spent of it, and fail on it', load: () => import('./verbs/budget.ts') },
  {
    name: 'snippet',
    summary: 'how programs select a project, without its key',
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
  { name: 'reminders', summary: 'list, send and mark reminders of keys', load: () => import('./verbs/reminders.ts') },
  { name: 'policy', summary: 'show and set the policy', load: () => import('./verbs/policy.ts') },
  { name: 'settings', summary: 'show and set who works here', load: () => import('./verbs/settings.ts') },
  { name: 'due', summary: 'list keys by the day they have to be rotated', load: () => import('./verbs/due.ts') },
  { name: 'register', summary: 'write the access register out', load: () => import('./verbs/register.ts') },
  { name: 'recovery', summary: 'show the recovery code, or unlock with it', load: () => import('./verbs/recovery.ts') },
  { name: 'integrity', summary: 'check the register and its journal', load: () => import('./verbs/integrity.ts') },
  { name: 'backup', summary: 'copy the register, and list the copies', load: () => import('./verbs/backup.ts') },
  { name: 'restore', summary: 'put a backup in the place of the register', load: () => import('./verbs/restore.ts') },
  { name: 'salvage', summary: 'read what can be read of a damaged register', load: () => import('./verbs/salvage.ts') },
  { name: 'diagnostics', summary: 'what finds a fault, without names', load: () => import('./verbs/diagnostics.ts') },
  { name: 'mcp', summary: 'answer an assistant’s questions, read-only', load: () => import('./verbs/mcp.ts') },
  { name: 'completion', summary: 'complete commands in a shell', load: () => import('./verbs/completion.ts') },
  { name: 'manual', summary: 'print the manual page', load: () => import('./verbs/manual.ts') },
  { name: 'verify', summary: 'check an evidence pack, or the register', load: () => import('./verbs/verify.ts') },
]

/**
 * The commands that create the register of a profile that has none. Every other one fails there, so that a mistyped
 * --profile is an error and never an empty answer.
 */
const CREATE: ReadonlySet<string> = new Set(['sample', 'client add'])

/** Whether a command, such as `client add`, may create a register. */
export function createsRegister(command: string): boolean {
  return CREATE.has(command)
}
