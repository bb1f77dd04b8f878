import { Command } from 'commander'

import type { Act } from '../../../electron/cli/kit/run.ts'
import { defineVerb } from '../../../electron/cli/tree.ts'
import { VERBS } from '../../../electron/cli/verbs.ts'

/** The commands that do something, such as `client add`, read from the program itself. */
export async function allCommands(): Promise<readonly string[]> {
  return (await commandTree()).map(({ path }) => path)
}

/** The same, each with the command that commander has. */
export async function commandTree(): Promise<readonly { readonly path: string; readonly command: Command }[]> {
  const found: { readonly path: string; readonly command: Command }[] = []
  for (const verb of VERBS) {
    const acting = new Set<Command>()
    const act: Act = (command) => void acting.add(command)
    const root = new Command(verb.name).summary(verb.summary)
    await defineVerb(verb, root, act)
    const visit = (command: Command, path: string): void => {
      if (acting.has(command)) found.push({ path, command })
      for (const sub of command.commands) visit(sub, `${path} ${sub.name()}`)
    }
    visit(root, verb.name)
  }
  return found
}

/** What each command is given after its name so that it opens the register. */
export interface Given {
  readonly argv: readonly string[]
  readonly stdin?: string
}

/** `file` is any file that can be read, `folder` any folder. A command without an entry fails the tests that use this. */
export function listArguments({ file, folder }: { readonly file: string; readonly folder: string }) {
  const plain = { argv: [] }
  const by = (...argv: readonly string[]): Given => ({ argv })
  const secret = 'sk-admin-0123456789abcdef'
  const given: Readonly<Record<string, Given>> = {
    today: plain,
    show: by('connection-1'),
    'today snooze': by('keys-overdue-admin', '--until', '7d'),
    'today dismiss': by('keys-overdue-admin', '--why', 'Agreed'),
    'today restore': by('keys-overdue-admin'),
    'today note': by('keys-overdue-admin', '--text', 'Ask Mara'),
    sample: plain,
    'client add': by('Acme Corp'),
    'client edit': by('acme', '--name', 'Acme Corporation'),
    'client list': plain,
    'client archive': by('acme', '--yes'),
    'client restore': by('acme'),
    'connection add': by('--provider', 'openai', '--no-credential', '--client', 'acme'),
    'connection edit': by('1', '--label', 'Acme'),
    'connection forget': by('1', '--yes'),
    'connection history': by('1'),
    'connection list': plain,
    'connection test': by('1'),
    'connection remove': by('1', '--yes'),
    'connection credential': { argv: ['1'], stdin: secret },
    'provider coverage': plain,
    sync: plain,
    'sync list': plain,
    backup: plain,
    diagnostics: plain,
    'backup list': plain,
    restore: by(file),
    salvage: by('--into', `${folder}/salvaged`),
    import: by(file, '--kind', 'people', '--client', 'acme'),
    'person import': by(file),
    'person list': plain,
    'person duplicate list': plain,
    'person duplicate decide': by('1', '--state', 'rejected'),
    'person reviewed': by('1', '--on', 'yesterday'),
    'person leaving': by('1', '--on', 'today', '--why', 'Contract ended'),
    'person merge': by('1', '2', '--yes'),
    'person split': by('1'),
    'key list': plain,
    'project list': plain,
    'access list': plain,
    'service-account list': plain,
    'certificate list': plain,
    'restriction list': plain,
    'federation list': plain,
    'log list': plain,
    'log undo': by('1', '--yes'),
    'event list': by('--since', '7d'),
    'event coverage': plain,
    'finding list': by('--fail-on', 'info'),
    'finding accept': by('1', '--until', '7d', '--why', 'Freeze'),
    'finding reopen': by('1'),
    'finding show': by('1'),
    'finding count': plain,
    'finding rule list': plain,
    'finding trend': plain,
    'review list': plain,
    'review schedule': plain,
    'review open': by('--check', 'roles', '--client', 'acme'),
    'review item list': by('1'),
    'review decide': by('1', '1', '--decision', 'keep'),
    'review undo': by('1', '1'),
    'review sign': by('1', '--as', 'Mara'),
    'review acknowledge': by('1', '--as', 'Mara'),
    'review cancel': by('1', '--why', 'Twice', '--yes'),
    'review pack': by('1', '--out', folder),
    'review summary': by('1', '--out', `${folder}/review.html`),
    'remediation list': plain,
    'remediation propose': by('--finding', '1'),
    'remediation add': by('--finding', '1', '--all'),
    'remediation preview': by('1'),
    'remediation approve': by('1', '--confirm', 'x'),
    'remediation run': by('1', '--confirm', 'x'),
    'remediation cancel': by('1'),
    'remediation deployed': by('1'),
    'remediation done': by('1'),
    'plan new': by('--template', 'adopt', '--client', 'acme'),
    'plan list': plain,
    'plan keyless': plain,
    'plan show': by('1'),
    'plan export': by('1', `${folder}/plan.yaml`),
    'plan check': by('--fail-on-drift'),
    'plan diff': by('1', '2'),
    'plan import': by(file, '--client', 'acme'),
    'plan activate': by('1'),
    'plan remove': by('1', '--yes'),
    'plan bring-back': by('1'),
    'plan apply': by('1', '--preview'),
    'plan person': by('ann@acme.example', '--job', 'developer'),
    'plan rename': by('1', 'Target'),
    'plan version list': by('1'),
    'plan restore': by('1@1'),
    'plan bind': by('1', 'Acme Corp', '--none'),
    'plan answer': by('1', '--part', 'project', '--planned', 'Research', '--subject', '1', '--same'),
    changes: by('--since', '2026-01-01'),
    'leaver list': plain,
    offboard: by('acme'),
    impact: by('person', '1'),
    'recommendation list': plain,
    'usage list': plain,
    'usage import': by(file, '--client', 'acme'),
    'usage import list': plain,
    'usage import undo': by('1', '--yes'),
    'usage sync': plain,
    'usage compare': plain,
    'usage matrix': by('key-model'),
    'usage reconciliation': plain,
    'usage price list': plain,
    'usage price set': by('gpt-9', '--from', '2026-01-01', '--input', '1', '--output', '2'),
    'usage price clear': by('1', '--yes'),
    'usage folder list': plain,
    'usage folder add': by(folder, '--client', 'acme'),
    'usage folder remove': by('1', '--yes'),
    'usage folder check': plain,
    'usage watch': plain,
    'rate-limit list': plain,
    'budget set': by('10', '--client', 'acme'),
    'budget clear': by('1', '--yes'),
    'budget list': by('--fail-on', '1'),
    'anomaly list': by('--fail-on-any'),
    'snippet show': by('--project', 'Chatbot', '--client', 'acme'),
    'snippet map': plain,
    'snippet naming': plain,
    'snippet attribution': plain,
    'report weekly': by('--client', 'acme'),
    'report monthly': by('--client', 'acme'),
    'report invoice': by('--client', 'acme'),
    'report list': plain,
    'report settings': by('--client', 'acme'),
    'report due': plain,
    'rotation mark': by('1'),
    'rotation undo': by('1', '--yes'),
    'rotation set': by('1', '--contact', 'Platform'),
    'rotation snooze': by('1', '--until', '7d'),
    'rotation history': by('1'),
    'policy show': plain,
    'policy set': by('staleSyncDays=3'),
    'settings show': plain,
    'settings set': by('--operator', 'Mara'),
    due: plain,
    register: plain,
    'recovery show': by('--confirm', 'SHOW'),
    'recovery unlock': { argv: [], stdin: 'C1000-00000' },
    integrity: plain,
    completion: by('bash'),
    manual: plain,
    version: plain,
    runner: plain,
    'runner install': plain,
    mcp: plain,
    'update check': plain,
    'update feed': plain,
    'update verify': by(file),
    verify: by('--register'),
    'evidence csv': by(file, '--out', 'tables'),
    'team init': by('--name', 'Northlight', '--email', 'mara@northlight.example', '--host', 'db.invalid'),
    'team invite': by('anna@northlight.example', '--name', 'Anna'),
    'team join': { argv: ['--no-wait'], stdin: 'castellan-invite-1' },
    'team status': plain,
    'team member list': plain,
    'team grant': by('anna@northlight.example', '--client', 'acme', '--role', 'reviewer'),
    'team revoke': by('anna@northlight.example', '--yes'),
    'team approval': by('required', '--client', 'acme'),
    'team mend': plain,
    'team move': by('--host', 'db.invalid'),
    'team rotate': plain,
    'team unheld': plain,
    'team hold': by('acme'),
    'team exchange': plain,
    'team verify': plain,
  }
  return (command: string): Given => {
    const found = given[command]
    if (found === undefined) throw new Error(`Add to argumentsOf what "${command}" is given.`)
    return found
  }
}
