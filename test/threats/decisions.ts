import { type Asset, IN_USE } from './threat.ts'

const SERVICE = 'test/electron/service'
const REACH = `${SERVICE}/core/reach.test.ts`
const RUN = `${SERVICE}/remediation/run.test.ts`
const TOKEN = `${SERVICE}/remediation/preview.test.ts`
const PERMISSION = `${SERVICE}/remediation/permission.test.ts`
const REVIEWS = `${SERVICE}/reviews/reviews.test.ts`
const CLI = 'test/electron/cli'
const MCP = `${CLI}/verbs/mcp.test.ts`

export const CLIENTS: Asset = {
  name: 'The separation of clients',
  code: 'CLIENT',
  threats: [
    {
      who: 'operator',
      attempt: 'read or change another client than the one in scope',
      control:
        'A session of one client refuses every id of another, in every operation and by every way to call the service.',
      tests: [
        [REACH, '$operation refuses the id of another client in $shown'],
        [REACH, '$operation is refused for another client and without one'],
        [REACH, 'is enforced by every way to call the service'],
        [`${SERVICE}/scope.test.ts`, 'nothing shows a row of another'],
      ],
    },
    {
      who: 'operator',
      attempt: 'change another client by a verb with --client',
      control: 'The verb is refused, and nothing is changed.',
      tests: [
        [`${CLI}/client-scope.test.ts`, '%s refuses what belongs to another client, and changes nothing'],
        [`${CLI}/client-scope.test.ts`, '%s is refused, since it concerns all clients, and changes nothing'],
      ],
    },
    {
      who: 'operator',
      attempt: 'send a client a file with rows of another',
      control: 'A register, a report and an evidence pack of one client contain no row of another, in any format.',
      tests: [
        [`${SERVICE}/files-out/scope.test.ts`, 'contains no row of another, in any format'],
        [
          `${SERVICE}/reports/scope.test.ts`,
          'contains no row of another, in any kind and format; FOCUS adds up to what was billed',
        ],
        [
          `${SERVICE}/evidence/pack-scope.test.ts`,
          'holds nothing of another, though all share one journal, and is sound',
        ],
      ],
    },
    {
      who: 'operator',
      attempt: 'take a client for another of nearly the same name',
      control: 'A name that people may take for that of another client is refused unless it is confirmed.',
      tests: [
        [`${SERVICE}/clients/router.test.ts`, 'is refused at its field if people may take it for another: %s'],
        [
          `${CLI}/verbs/connection.test.ts`,
          'refuses the name of another client, archived ones too, unless --same-name insists',
        ],
      ],
    },
  ],
}

export const CHANGES: Asset = {
  name: 'Access at the providers',
  code: 'CHANGE',
  threats: [
    {
      who: 'operator',
      attempt: 'change something at a provider without wanting to',
      control: 'Connections are read-only by default. A change needs a preview of the exact request, and a typed word.',
      tests: [
        [RUN, 'on a connection that is read-only, as every new one is'],
        [RUN, 'for another word than the one to type; the right one still works'],
        ['test/electron/providers/kit/write.test.ts', 'is not sent when the request would differ from the planned one'],
      ],
    },
    {
      who: 'page',
      attempt: 'send a change without its preview, or another one than was previewed',
      control:
        'A run needs the token of its preview, which has a code made with the register’s key, ten minutes and one use.',
      tests: [
        [TOKEN, 'is of no use after any character of it was changed'],
        [TOKEN, 'is of no use with the key of another register'],
        [RUN, 'of a preview that is older than ten minutes'],
        [`${SERVICE}/remediation/stale.test.ts`, 'once it was sent: a token works one time'],
        [`${SERVICE}/remediation/killed.test.ts`, 'has no way to: only a run with its token reaches the sending code'],
      ],
    },
    {
      who: 'operator',
      attempt: 'send a change after what it was based on has changed',
      control: 'The preview is then outdated, names what changed, and sends nothing.',
      tests: [
        [`${SERVICE}/remediation/stale.test.ts`, 'once %s changed'],
        [TOKEN, 'is stale once anything that it depends on changed'],
      ],
    },
    {
      who: 'page',
      attempt: 'use the permission of one run on a read-only connection for another',
      control: 'A permission is valid once, for the connection and the changes that it was asked for.',
      tests: [
        [PERMISSION, 'cannot be sent again by the same permission'],
        [PERMISSION, 'is not sent by the permission of another batch or another connection'],
        [PERMISSION, 'is not sent when the connection or the batch changed after the permission was asked for'],
      ],
    },
    {
      who: 'operator',
      attempt: 'change access without a trace',
      control:
        'Each request is a row of the audit log before it is sent and after the answer, and the next sync verifies it.',
      tests: [
        [RUN, 'is sent as it was previewed, journaled before and after, and verified by the sync that follows'],
        [RUN, 'records in the journal what was sent, by whom, and its origin'],
      ],
    },
    {
      who: 'fault',
      attempt: 'end the process between a request and its answer, so that it is sent twice',
      control:
        'The result is unknown at the next start, nothing is sent again by itself, and a sync shows what happened.',
      tests: [
        [
          `${SERVICE}/remediation/killed.test.ts`,
          'leaves a change with an unknown result at the next start; the journal records it, and nothing is sent again',
        ],
        [
          `${SERVICE}/plan-apply/killed.test.ts`,
          'leaves a state that a further run completes, with nothing made twice',
        ],
      ],
    },
    {
      who: 'operator',
      attempt: 'remove the key that Castellan itself uses',
      control: 'It is refused.',
      tests: [[RUN, 'that would remove the key that Castellan itself uses']],
    },
    {
      who: 'operator',
      attempt: 'sign off a review without deciding, or alone',
      control:
        'Every item needs a decision, what is flagged needs a reason, and a second name acknowledges. A review by one person under two names is marked.',
      tests: [
        [REVIEWS, 'requires a decision about every item, then a second name, and sets the day of the last review'],
        [REVIEWS, 'requires a justification to keep what is flagged and for every exception, and names the items'],
        ['test/shared/domain/reviews/marks.test.ts', 'is on a review by %s'],
      ],
    },
    {
      who: 'operator',
      attempt: 'review a population from which accounts are missing',
      control:
        'A review does not open where a list was not read to its end, unless a reason is given, which is evidence.',
      tests: [
        [
          `${SERVICE}/reviews/router.test.ts`,
          'refuses where a list was not fully read, unless a reason is given, which is kept and journaled',
        ],
        [`${SERVICE}/reviews/router.test.ts`, 'is frozen: later changes of the subjects do not change it'],
      ],
    },
  ],
}

export const TERMINAL: Asset = {
  name: 'The terminal',
  code: 'TERM',
  threats: [
    {
      who: 'namer',
      attempt: 'control the terminal by escape sequences, or hide text in it',
      control: 'All output passes one writer, which shows control and invisible characters by their names.',
      tests: [
        [
          `${CLI}/hostile-names.test.ts`,
          '$path prints no character of a hostile name as it is, and no secret in one, in any format',
        ],
        [
          `${CLI}/kit/harmless.test.ts`,
          'prints no control or invisible character of any text, with colours and without',
        ],
        [`${CLI}/kit/failure.test.ts`, 'keeps a provider text from acting on the terminal, and to one line'],
      ],
    },
    {
      who: 'namer',
      attempt: 'put a command into a snippet that people paste into a shell or a program',
      control:
        'Names are literals of the language: one word of a shell, one line of a `.env` file, plain ASCII in a script.',
      tests: [
        ['test/shared/domain/literal.test.ts', 'of a shell is one word, and reads back as the same text'],
        ['test/shared/domain/literal.test.ts', 'of a .env file is one line and does not affect the others'],
        [
          'test/shared/domain/snippets/project-snippet.test.ts',
          'contains hostile names only as text: it parses, and has as many lines as any other',
        ],
      ],
    },
    {
      who: 'operator',
      attempt: 'remove something by a script without noticing',
      control: 'A verb that removes something asks, and in a script it needs `--yes`.',
      tests: [
        [
          `${CLI}/kit/confirm.test.ts`,
          '%s is refused in a script without --yes, names the consequences, and opens nothing',
        ],
        [`${CLI}/previews.test.ts`, '%s leaves the register byte by byte as it was'],
      ],
    },
    {
      who: 'author',
      attempt: 'have a credential of a server read from a link or another file in place of it',
      control: 'A runner reads its credentials from regular files of one folder, and writes none of them anywhere.',
      tests: [
        [
          'test/electron/secrets/credentials-directory.test.ts',
          'a folder or a link in place of a credential is not read',
        ],
        [
          'test/electron/secrets/credentials-directory.test.ts',
          'the register opens with the key among the credentials, and none is written into the profile',
        ],
      ],
    },
    {
      who: 'neighbour',
      attempt: 'reach the register or the credentials of a runner on a server',
      control:
        'The unit runs as a user that systemd makes, without privileges, on a folder that it owns, and gets its credentials from systemd alone.',
      tests: [
        [
          `${CLI}/verbs/runner.test.ts`,
          'a unit runs as a user that systemd makes, on a folder that it owns, with all credentials of Castellan',
        ],
        [`${CLI}/verbs/runner.test.ts`, 'the path %s is written as %s'],
      ],
    },
  ],
}

export const ASSISTANTS: Asset = {
  name: 'Answers to assistants (MCP)',
  code: 'MCP',
  threats: [
    {
      who: 'namer',
      attempt: 'give an assistant instructions in a name',
      control:
        'Each answer is data between two lines with a random boundary, invisible characters are spelled out, and the server explains that.',
      tests: [
        [MCP, 'returns a prompt that is planted in a name as data inside the fence'],
        [
          `${CLI}/mcp/fence.test.ts`,
          'contains any text as data: nothing in it ends the fence, and nothing in it is invisible',
        ],
        [`${CLI}/mcp/fence.test.ts`, 'has another boundary each time'],
      ],
    },
    {
      who: 'assistant',
      attempt: 'ask about another client',
      control: 'The server answers about one client unless it was started for all, and refuses ids of any other.',
      tests: [
        [MCP, 'returns nothing of another client'],
        [MCP, 'needs one client, or --all-clients'],
        [
          `${CLI}/mcp-calls.test.ts`,
          'any call of any tool is answered as data or refused, any line is survived, and no answer holds anything of another client',
        ],
      ],
    },
    {
      who: 'assistant',
      attempt: 'change the register or call a provider',
      control: 'There are only tools that read, over a register that is opened to read.',
      packed: IN_USE,
      tests: [
        [
          `${SERVICE}/process/open.test.ts`,
          'refuses everything that would change the register, its secrets or its preferences',
        ],
        [MCP, 'offers read-only questions to a client, and explains that fenced text is data'],
      ],
    },
    {
      who: 'assistant',
      attempt: 'read much without being noticed',
      control: 'Every question is a row of the audit log: the tool, its arguments, and the client.',
      tests: [[MCP, 'writes every question to the journal, also while a window is open, and records no secret']],
    },
  ],
}
