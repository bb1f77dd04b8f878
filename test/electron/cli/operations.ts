import type { OperationName } from '../../../electron/cli/kit/command.ts'
import { contract } from '../../../shared/contract/contract.ts'
import { commandTree } from './commands.ts'

/**
 * How the terminal carries out an operation: by a verb that calls it, by a verb that gives the same in another way, or not
 * at all and why.
 */
type Way = string | { readonly verb: string; readonly instead: string } | { readonly none: string }

const WINDOW = 'A terminal has no window to keep current.'

/** The operations that no command calls: the verb that gives the same in another way, or why there is none. */
const UNCALLED: Readonly<Partial<Record<OperationName, Way>>> = {
  'app.events': { none: WINDOW },
  'app.openSample': { verb: 'sample', instead: 'fills a profile that --profile names' },
  'app.leaveSample': { verb: 'today', instead: 'each call names its profile with --profile' },
  'app.lock': { none: 'A command closes the register when it ends; between two of them nothing is open.' },
  'app.about': { verb: 'diagnostics', instead: 'names the same versions and the files of the profile' },
  'desktop.saveTarget': { none: 'A command line names the file; no dialog asks for one.' },
  'desktop.openTarget': { none: 'A command line names the file; no dialog asks for one.' },
  'desktop.secretCopied': { none: 'A terminal puts nothing on the clipboard.' },
  'desktop.scope': { none: 'A terminal has no window title.' },
  'updates.check': { verb: 'update check', instead: 'asks the same by the same code, without a register' },
  'updates.download': { none: 'The window downloads an update; a terminal has other programs for that.' },
  'updates.verify': { verb: 'update verify', instead: 'verifies the same by the same code, without a register' },
  'updates.install': { none: 'The system installs a package; the window replaces the application that it is part of.' },
  'updates.discard': { none: 'A terminal downloads no update.' },
  'counts.get': { verb: 'today --clients', instead: 'counts what needs a person at each client' },
  'structure.tree': { verb: 'project list', instead: 'lists the projects of each connection with the same counts' },
  'access.certificate': { verb: 'certificate list', instead: 'prints the same values of every certificate' },
  'access.federationRule': { verb: 'federation list', instead: 'prints the same values of every rule' },
  'events.get': { verb: 'event list', instead: 'prints the same values of every event' },
  'keys.counts': { verb: 'key list --environment', instead: 'lists the keys that a filter of the window counts' },
  'rotation.due': { verb: 'due', instead: 'prints the same keys, row by row' },
  'rotation.calendar': { verb: 'due', instead: 'lists the keys that the calendar shows' },
  'rotation.markMany': { verb: 'rotation mark', instead: 'marks one key; a script repeats it' },
  'rotation.undoMany': { verb: 'rotation undo', instead: 'undoes one rotation; a script repeats it' },
  'rotation.setMany': { verb: 'rotation set', instead: 'changes one key; a script repeats it' },
  'policy.preview': {
    verb: 'policy set',
    instead: 'sets the policy, after which castellan finding list shows what it finds; a window computes that before',
  },
  'files.exportCalendar': { verb: 'due --format', instead: 'prints the same calendar, for a file by redirection' },
  'files.exportPicture': { none: 'A terminal draws no chart; usage list --over prints its numbers.' },
  'files.exportTable': {
    none: 'Every list of a terminal is printed as JSON, CSV or Markdown, with the columns that are named.',
  },
  'search.find': { verb: 'person list --search', instead: 'searches people; projects and keys search their lists' },
  'findings.counts': {
    verb: 'finding list --severity',
    instead: 'lists the findings that a filter of the window counts',
  },
  'reviews.plan': { verb: 'review open', instead: 'refuses with the same obstacles before anything is frozen' },
  'reviews.item': { verb: 'review item list', instead: 'prints the same values of every item' },
  'reviews.about': { verb: 'review item list --search', instead: 'finds the items about a person or key by name' },
  'reviews.roles': {
    verb: 'review decide --to',
    instead: 'refuses a role that does not exist and lists those that do',
  },
  'evidence.verify': { verb: 'verify', instead: 'checks a pack without a profile, by the same code' },
  'recommendations.get': { verb: 'recommendation list --person', instead: 'prints the recommendations of one person' },
  'remediation.withdrawMany': {
    verb: 'remediation cancel',
    instead: 'cancels one change; a window undoes the adding of several',
  },
  'remediation.markManyByHand': {
    verb: 'remediation done',
    instead: 'marks one change; a window marks those of several people',
  },
  'remediation.unmarkMany': {
    verb: 'remediation done',
    instead: 'asks nothing back; a window undoes it while its message is shown',
  },
  'usage.inside': { verb: 'usage matrix', instead: 'shows what a key spent on which model' },
  'backup.make': { verb: 'backup', instead: 'copies the register beside an open window, by the same code' },
  'backup.preview': { verb: 'restore', instead: 'shows what a backup would do while --yes is not given' },
  'backup.restore': { verb: 'restore --yes', instead: 'works where the register cannot be opened' },
  'budgets.check': { none: 'It sends desktop notifications; budget --fail-on reports the same to a script.' },
  'plan.check': { verb: 'plan check --file', instead: 'checks a file without a register, by the same code' },
  'plan.guide': { verb: 'plan new --guided', instead: 'saves what the guided start concludes as a plan' },
  'plan.toYaml': { verb: 'plan export', instead: 'writes a plan as YAML' },
  'planApply.steps': { verb: 'plan apply --preview', instead: 'shows the requests of the steps in their order' },
  'reports.preview': { verb: 'report monthly', instead: 'prints the report as text' },
  'views.save': { verb: 'key list', instead: 'has the filters as options, which a script keeps itself' },
  'views.rename': { verb: 'key list --view', instead: 'uses the views of the window, where they are named' },
  'views.remove': { verb: 'key list --view', instead: 'uses the views of the window, where they are removed' },
}

/** Every operation of the contract beside its verb. `--flag` behind a verb is the option with which it calls it. */
export async function listWays(): Promise<readonly (readonly [OperationName, Way])[]> {
  const called = (await commandTree()).flatMap(({ path, command: { facts } }) =>
    [facts?.calls ?? []].flat().map((call): readonly [string, Way] => {
      const [operation = '', ...options] = call.split(' ')
      return [operation, [path, ...options].join(' ')]
    }),
  )
  const both = called.flatMap(([operation]) => (Object.hasOwn(UNCALLED, operation) ? [operation] : []))
  if (both.length > 0) throw new Error(`A command calls ${both.join(', ')}, which the table lists as not called.`)
  const ways = new Map([...Object.entries(UNCALLED), ...called.toReversed()])
  return Object.entries(contract)
    .flatMap(([area, operations]) => Object.keys(operations).map((name) => `${area}.${name}` as OperationName))
    .map((operation) => [operation, ways.get(operation) ?? { none: '' }])
}

/** The same as a document. */
export function writeReference(ways: Awaited<ReturnType<typeof listWays>>): string {
  const rows = ways.map(([operation, way]) => [`\`${operation}\``, ...toCells(way)])
  const table = [['operation', 'verb', 'note'], ...rows]
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: readonly string[], fill: string): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, fill)).join(' | ')} |`
  return [
    '# Operations in the terminal',
    '',
    'Each operation of the contract (`shared/contract`) beside the verb of the terminal that does the same. The third column',
    'describes how a verb does the same without that operation, or why no verb does. A test writes and checks this page:',
    '`npm run unit -- test/electron/cli/operations.test.ts --update`.',
    '',
    line(table[0] ?? [], ' '),
    line([], '-'),
    ...rows.map((cells) => line(cells, ' ')),
    '',
  ].join('\n')
}

function toCells(way: Way): readonly [verb: string, note: string] {
  if (typeof way === 'string') return [`\`${way}\``, '']
  return 'none' in way ? ['', way.none] : [`\`${way.verb}\``, way.instead]
}
