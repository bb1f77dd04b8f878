import { type Asset, IN_USE } from './threat.ts'

const SERVICE = 'test/electron/service'
const OUT = `${SERVICE}/files-out`
const CSV = `${OUT}/csv.test.ts`
const HOSTILE = `${OUT}/hostile-files.test.ts`
const MARKDOWN = 'test/shared/report/markdown-text.test.ts'
const CALENDAR = 'test/shared/report/calendar.test.ts'
const USAGE = 'test/shared/report/usage-report.test.ts'
const PLAN = 'test/shared/report/plan-document.test.ts'
const WRITE = `${OUT}/write-file.test.ts`
const TARGET = `${OUT}/target.test.ts`

export const EXPORTS: Asset = {
  name: 'Exported files',
  code: 'OUT',
  threats: [
    {
      who: 'namer',
      attempt: 'have a spreadsheet run a formula from a CSV file',
      control: 'A cell that would begin a formula begins with an apostrophe.',
      tests: [
        [CSV, 'lets no cell begin a formula or hide anything, and loses no text'],
        [CSV, 'guards %j with an apostrophe'],
        [
          `${SERVICE}/files/export-table.test.ts`,
          'are exported as CSV without formulas, recorded in the audit log, and replace no file unasked',
        ],
      ],
    },
    {
      who: 'namer',
      attempt: 'have Excel run a formula from an XLSX file',
      control: 'Names are cells of text; the file has no formula.',
      tests: [[`${OUT}/xlsx.test.ts`, 'has no formula in it, and every text unchanged']],
    },
    {
      who: 'namer',
      attempt: 'add a link, HTML, a row or a column to a Markdown file',
      control: 'Names are escaped, stay on one line and in their cell, and link to nothing but an address.',
      tests: [
        [MARKDOWN, 'is read back as the exact text, whatever it contains'],
        [MARKDOWN, 'stays on one line, without a control character or a bidi mark'],
        [MARKDOWN, 'links to nothing but its address and what the escaped text links to, and contains no HTML'],
        [USAGE, 'is in Markdown exactly its headings, paragraphs and tables'],
      ],
    },
    {
      who: 'namer',
      attempt: 'have an HTML report run a script or load something',
      control: 'Names become text, and a report loads and runs nothing.',
      tests: [
        [USAGE, 'is only text in HTML: names create no element, attribute or style'],
        [USAGE, 'loads nothing and runs nothing'],
        [PLAN, 'is HTML in which no name becomes an element, and runs nothing'],
      ],
    },
    {
      who: 'namer',
      attempt: 'have the printing of a PDF run a script, load something or see the window',
      control: 'A PDF is printed in a separate window or browser that runs no script and asks for nothing.',
      tests: [
        ['test/electron/shell/print.test.ts', 'is printed by an installed browser, which runs nothing'],
        [
          'test/electron/shell/electron/shell.test.ts',
          'prints pages that are in no file, two at a time, each in a separate window that sees nothing else',
        ],
      ],
    },
    {
      who: 'namer',
      attempt: 'add an event, an alarm or a property to a calendar',
      control: 'Every text stays in its own line, for readers that end lines at other characters too.',
      tests: [
        [CALENDAR, 'keeps every text in its own line, folded to 75 octets'],
        [CALENDAR, 'has no line for a reader that ends lines at other characters too'],
      ],
    },
    {
      who: 'namer',
      attempt: 'break a diagram, or put a node of their own into it',
      control: 'Every name is complete in the diagram, whatever it contains.',
      tests: [
        [
          'test/shared/report/plan-mermaid.test.ts',
          'are read by mermaid with every name complete, whatever it contains',
        ],
      ],
    },
    {
      who: 'namer',
      attempt: 'hide or turn around text by invisible characters and bidi marks',
      control: 'No file contains such a character of a name as it is: register, calendar, report, plan, evidence pack.',
      tests: [
        [HOSTILE, 'the register as %s'],
        [HOSTILE, 'the calendar'],
        [HOSTILE, 'a usage report as %s'],
        [HOSTILE, 'a plan as %s'],
        [HOSTILE, 'an evidence pack and its zip'],
      ],
    },
    {
      who: 'page',
      attempt: 'export a picture that is a document with a script',
      control: 'Only what the charts make is written: bytes of another form are refused.',
      packed: IN_USE,
      tests: [[`${SERVICE}/files/export-picture.test.ts`, 'is rejected as %s when no chart makes it: %s']],
    },
    {
      who: 'neighbour',
      attempt: 'read an exported file',
      control: 'A new file is for its user alone; one that is replaced keeps the permissions that its owner gave it.',
      tests: [
        [WRITE, 'is this user’s alone, whatever the umask of the process'],
        [WRITE, 'keeps the permissions of the file that it replaces, and goes through a link'],
      ],
    },
    {
      who: 'program',
      attempt: 'have an export replace a file, also one that takes its name while it is written',
      control: 'Nothing is replaced unless a person agreed, and then only the file that existed when they were asked.',
      packed: IN_USE,
      tests: [
        [WRITE, 'replaces nothing that took its name while it was written'],
        [TARGET, 'replaces nothing without force, and nothing that a dialog did not ask about'],
        ['test/electron/cli/files-written.test.ts', 'replaces a file with --force only'],
      ],
    },
    {
      who: 'operator',
      attempt: 'export into a profile, and damage its files',
      control: 'Nothing is written inside any profile, by whatever name or link.',
      tests: [
        [
          TARGET,
          'writes nothing inside a profile: its own, that of the sample, another one, by name or through a link',
        ],
        [
          'test/electron/cli/files-written.test.ts',
          'writes nothing into the profile, whatever the name and with --force',
        ],
      ],
    },
    {
      who: 'neighbour',
      attempt:
        'put a file where Castellan is about to write one of its own, or have it remove a file that is not its own',
      control:
        'A new private file is refused where its name is taken, and only parts of writers of this machine that have ended are removed.',
      packed: IN_USE,
      tests: [
        [
          'test/electron/files/private-file.test.ts',
          'creating refuses a path that is taken and leaves no draft behind',
        ],
        [
          'test/electron/files/temporary.test.ts',
          'is never a file of another program, another machine or one with a similar name',
        ],
      ],
    },
  ],
}

const PROVIDER_FILE = 'test/electron/providers/file'
const FUZZ = 'test/drills/fuzz-files.test.ts'
const READ_MARKDOWN = `${SERVICE}/files-in/read-markdown.test.ts`
const YAML = 'test/shared/domain/plans/yaml.test.ts'
const LIMITS = 'test/shared/domain/file-limits.test.ts'
const NAMING = 'test/shared/domain/naming.test.ts'

export const IMPORTS: Asset = {
  name: 'Imported files: registers, HR files, plans, usage records, files of platforms, policies',
  code: 'IN',
  threats: [
    {
      who: 'author',
      attempt: 'make the import fail by a damaged or hostile file',
      control: 'Each kind of file is read or refused in words. An import that is ended leaves all of it or nothing.',
      tests: [
        [FUZZ, 'of a register or a table is read, or refused in words'],
        [FUZZ, 'about people is read, or refused in words'],
        [FUZZ, 'of a plan is read, or has problems that can be listed'],
        [FUZZ, 'of a connection is read, or refused in words'],
        [FUZZ, 'of usage records is read within the bounds of a record, or refused in words'],
        [
          `${SERVICE}/files/crash.test.ts`,
          'killing the process while it imports leaves the last whole import, and nothing of the running one',
        ],
      ],
    },
    {
      who: 'author',
      attempt: 'fill the memory with a file or a device that does not end',
      control: 'Bytes, rows, columns and cells have limits, and what exceeds them is refused before its end.',
      tests: [
        [`${SERVICE}/files-in/decode.test.ts`, 'refuses a file that would fill the memory, by its size'],
        [
          'test/electron/cli/kit/import-input.test.ts',
          'an endless device is refused once it exceeds the limit of files',
        ],
        [LIMITS, 'with too many cells is refused before its end'],
      ],
    },
    {
      who: 'author',
      attempt: 'keep the parser busy with Markdown that takes long to read',
      control: 'The time grows with the length of the text, also for texts that are made of one sign.',
      tests: [
        [READ_MARKDOWN, 'takes time over many %s in proportion to their number'],
        [READ_MARKDOWN, 'reads lines of four million characters that are only %s'],
      ],
    },
    {
      who: 'author',
      attempt: 'use aliases or nesting of YAML or JSON to exhaust the parser',
      control: 'Aliases are errors, and what is nested too deep is one problem with its place.',
      tests: [
        [YAML, 'reports errors of syntax, repeated fields and aliases by line and column'],
        [YAML, 'that is nested too deep (%#) is one problem, with a message'],
        [YAML, 'with too many words and signs is one problem, before it is parsed'],
        [`${PROVIDER_FILE}/limits.test.ts`, 'with %s nested too deep is refused, however deep they are'],
        [LIMITS, 'nested too deep for the machine is refused with a message'],
      ],
    },
    {
      who: 'author',
      attempt: 'close access that still exists, by a file that leaves it out or has wrong rows',
      control: 'Nothing is closed unless the file is declared complete, and nothing while a row of it is refused.',
      tests: [
        [`${SERVICE}/files/import-register.test.ts`, 'closes nothing while a row of it is refused'],
        [`${SERVICE}/files/import-csv.test.ts`, 'adds to the register unless it is declared complete'],
        [
          `${SERVICE}/people/personnel.test.ts`,
          'lists people who are missing, and treats them as leavers only on request',
        ],
      ],
    },
    {
      who: 'author',
      attempt: 'change the connection that reads a file, by a file that is wrong or of another organization',
      control: 'It changes nothing, and the error has the place.',
      tests: [
        [
          `${SERVICE}/sync/file.test.ts`,
          'changes nothing when the file is wrong, is another organization’s, or is missing',
        ],
        [`${PROVIDER_FILE}/file.test.ts`, 'what is not JSON: the place, without the text around it'],
      ],
    },
    {
      who: 'author',
      attempt: 'write into another client by an imported register or a watched folder',
      control: 'An import goes to the client that the operator named, and a folder is watched for one client.',
      tests: [
        [
          `${SERVICE}/files/import-register.test.ts`,
          'is imported into the connection that already reads it, of this client alone',
        ],
        [
          `${SERVICE}/usage/folders.test.ts`,
          'is a folder that exists, watched for one client; what was imported stays when it is removed',
        ],
      ],
    },
    {
      who: 'author',
      attempt: 'make sums of usage inexact by absurd numbers or repeated records',
      control: 'Records have bounds, sums never exceed what is exact, and each request is counted once.',
      packed: IN_USE,
      tests: [
        [
          `${SERVICE}/usage/bounds.test.ts`,
          'never exceed what is exact: a file that would is refused, and what was counted stays',
        ],
        [
          `${SERVICE}/usage/import.test.ts`,
          'add up to the raw sums in every roll-up, each request once, whatever is repeated',
        ],
      ],
    },
    {
      who: 'operator',
      attempt: 'set a policy that is impossible, or a naming pattern that takes long to match',
      control: 'Values have bounds, a pattern that cannot be read is refused, and names are read in one pass.',
      tests: [
        [`${SERVICE}/policy/router.test.ts`, 'refuses impossible numbers of days'],
        [NAMING, 'refuses the pattern %j'],
        [NAMING, 'are read in one pass, even if made to keep an expression busy'],
      ],
    },
    {
      who: 'operator',
      attempt: 'name a path that the system reads otherwise',
      control: 'Each field of the contract that is a path is checked as one, and refused with what is wrong.',
      tests: [
        [`${SERVICE}/kit/paths.test.ts`, 'every field of the contract that is named like a path is checked as one'],
        [`${SERVICE}/kit/paths.test.ts`, 'is refused for %s, with what is wrong, in which field and what to do'],
      ],
    },
  ],
}
