import { type Asset, IN_USE } from './threat.ts'

const SERVICE = 'test/electron/service'
const SECRETS = 'test/electron/secrets'
const FAULTS = 'test/electron/providers/faults.test.ts'
const ORIGIN = `${SERVICE}/connections/credential-origin.test.ts`
const ENVIRONMENT = 'test/electron/providers/environment.test.ts'

export const CREDENTIALS: Asset = {
  name: 'Credentials of the providers',
  code: 'CRED',
  threats: [
    {
      who: 'thief',
      attempt: 'find an admin credential in the files of the profile',
      control:
        'A credential is in the keychain of the system, and in no file, output, argument or environment. Without a keychain it is in memory until Castellan closes.',
      tests: [
        [
          'test/acceptance/keychain.test.ts',
          'opens the organization for every process and is in no file, output, argument or environment',
        ],
        [`${SECRETS}/open-secret-store.test.ts`, '%s: credentials stay in memory, and the reason is shown'],
      ],
    },
    {
      who: 'operator',
      attempt: 'copy a profile, so that two of them use and replace the same credentials',
      control: 'The entries of the keychain belong to one folder: a copied profile has none of them, and changes none.',
      tests: [
        [
          `${SECRETS}/open-secret-store.test.ts`,
          'a moved profile keeps its secrets; a copied one has none, and does not touch those of the original',
        ],
      ],
    },
    {
      who: 'neighbour',
      attempt: 'read a credential from the list of processes, the history of a shell or the screen',
      control:
        'A credential is read from standard input, and not shown while it is typed. One among the arguments is refused, and not repeated.',
      tests: [
        [
          'test/electron/cli/process.test.ts',
          'reads a credential from standard input, which no list of processes shows',
        ],
        [
          'test/electron/cli/program.test.ts',
          'refuses a credential among its arguments without repeating it, wherever it is',
        ],
        ['test/electron/cli/kit/secret-input.test.ts', 'asks at a keyboard and shows nothing of what is typed'],
      ],
    },
    {
      who: 'page',
      attempt: 'ask the service for a credential',
      control:
        'No operation returns one: only its last four characters. No table, file, row of the audit log or notification contains it.',
      packed: IN_USE,
      tests: [
        [`${SERVICE}/outputs.test.ts`, 'reveals a secret, nor does any file, journal row or notification'],
        [
          `${SERVICE}/connections/router.test.ts`,
          'is kept by the store, shown only by its ending, replaced and removed',
        ],
      ],
    },
    {
      who: 'editor',
      attempt: 'change the base URL of a connection, so that the credential is sent to them',
      control:
        'A credential and the origin that it was given for are one entry of the keychain, compared before each call. Where they differ, nothing is sent.',
      tests: [
        [ORIGIN, 'is not sent to the address in an edited register, and the operation reports it'],
        [ORIGIN, 'of %s are not sent to the address in an edited register'],
      ],
    },
    {
      who: 'page',
      attempt: 'give a connection another base URL, so that the credential is sent to them',
      control: 'The credential is removed and asked for again, and the audit log records that.',
      tests: [[ORIGIN, 'is removed, journaled and asked for again when the base URL gets another origin']],
    },
    {
      who: 'program',
      attempt: 'lead the requests elsewhere by variables or files that the SDKs of the providers read',
      control:
        'No variable and no such file reaches a request, and nothing is sent to another origin than the connection’s.',
      tests: [
        [ENVIRONMENT, 'openai: no environment variable reaches a request, and nothing is logged'],
        [ENVIRONMENT, 'anthropic: no environment variable or profile file reaches a request, and nothing is logged'],
        [ENVIRONMENT, 'nothing is sent to another origin than that of the connection'],
      ],
    },
    {
      who: 'provider',
      attempt: 'answer with a redirect, so that the credential follows it',
      control: 'Redirects are not followed.',
      tests: [[FAULTS, 'a redirect is not followed']],
    },
    {
      who: 'provider',
      attempt: 'repeat the credential in an error, also encoded, so that a log or a screen shows it',
      control: 'A provider’s words are shortened, and left out where they repeat the credential in any disguise.',
      tests: [
        [FAULTS, 'the words of a provider that repeat the credential, %s, are left out of the reason'],
        [
          'test/shared/domain/secrets/own-secret.test.ts',
          'of any form, in one disguise or two nested ones, after any words, is never shown',
        ],
      ],
    },
    {
      who: 'operator',
      attempt: 'enter the credential of another client’s organization',
      control: 'The sync recognizes the other organization, and neither records nor closes anything.',
      tests: [
        [
          `${SERVICE}/sync/strange-organization.test.ts`,
          'is refused by the sync when no project is in common, and nothing is recorded or closed',
        ],
      ],
    },
    {
      who: 'operator',
      attempt: 'put a secret into a name, a note or a file',
      control:
        'One table has the shapes of the secrets of AI providers, clouds, code hosts and offices, also broken over lines, percent-encoded or in look-alike characters. What looks like one is refused in every text of every operation and in every file that is read, and the refusal names the place without repeating it.',
      tests: [
        [
          'test/electron/service/secrets-in.test.ts',
          'with a secret of any shape is refused, by its name and without repeating it',
        ],
        ['test/shared/domain/secrets/find-secrets.test.ts', 'includes every %s, which is cut'],
        ['test/shared/domain/secrets/find-secrets.test.ts', 'of %s is found and cut whole'],
        [
          `${SERVICE}/files/import-register.test.ts`,
          'that contains a whole secret is refused, and the secret is nowhere',
        ],
        ['test/electron/providers/file/file.test.ts', 'wherever one is put, it refuses the file and is not repeated'],
      ],
    },
    {
      who: 'provider',
      attempt: 'report a secret in a name, so that a list, a file or an answer passes it on',
      control:
        'Every text that leaves Castellan, to a window, a terminal, an assistant, a file, a document or a log, is cut to the public prefix and the last four characters of a secret. Only the new secret of a key is shown, once, to the person who asked for it.',
      packed: IN_USE,
      tests: [
        ['test/electron/secrets-out.test.ts', 'of any shape is not in %s'],
        [
          'test/electron/cli/hostile-names.test.ts',
          '$path prints no character of a hostile name as it is, and no secret in one, in any format',
        ],
        ['test/shared/domain/text/said.test.ts', 'contains no secret, wherever it was and however it was hidden'],
      ],
    },
    {
      who: 'thief',
      attempt: 'find the secret of a key that Castellan made',
      control: 'It is returned once, kept in memory for ten minutes at most, and in no file, list or audit log.',
      tests: [
        [`${SERVICE}/remediation/rotate.test.ts`, 'is in no file, row, list or journal'],
        [`${SERVICE}/remediation/rotate.test.ts`, 'forgets the secret after ten minutes'],
      ],
    },
    {
      who: 'passer',
      attempt: 'paste a secret that was copied before',
      control: 'A copied secret is removed from the clipboard after 30 seconds, and on lock.',
      tests: [
        [
          'test/electron/shell/secret-clipboard.test.ts',
          'a secret is cleared 30 seconds after it was copied, counted from the last copy',
        ],
        [
          'test/electron/shell/secret-clipboard.test.ts',
          'on lock the secret is cleared without waiting, and only once',
        ],
      ],
    },
  ],
}

export const LOCKED: Asset = {
  name: 'A locked window',
  code: 'LOCK',
  threats: [
    {
      who: 'passer',
      attempt: 'read the window of a user who is away',
      control:
        'The window locks by time without use, and with sleep and the screen where the system reports them: on Linux over D-Bus. Then the page, the open files and the clipboard contain nothing of the register.',
      tests: [
        [
          'test/electron/shell/service.test.ts',
          'by sleep, waking, a locked screen or idleness leaves nothing of the register on the page, in open files or on the clipboard',
        ],
        [
          'test/electron/shell/linux/desktop.test.ts',
          'reports a locked screen, sleep and time without use, and leaves no connection',
        ],
        [`${SERVICE}/core/lock.test.ts`, 'happens after the set time without use, and at sleep'],
        [
          'test/e2e/lock.spec.ts',
          'a locked list leaves no name in the document, the title, the address or the history',
        ],
      ],
    },
    {
      who: 'page',
      attempt: 'call an operation while the window is locked',
      control: 'Each operation but those that need no register is refused, in the same words.',
      tests: [
        [
          `${SERVICE}/core/lock.test.ts`,
          'refuses each operation of the contract in the same words, except those that need no register',
        ],
      ],
    },
    {
      who: 'passer',
      attempt: 'unlock with a recovery code that they guess, or with that of another register',
      control: 'It is refused, and the window stays locked.',
      tests: [
        [
          `${SERVICE}/core/lock.test.ts`,
          'refuses a wrong code, a code of another register and a missing register, and stays locked',
        ],
      ],
    },
    {
      who: 'program',
      attempt: 'find the key or the credentials in the memory of a locked service',
      control: 'The key is overwritten, and credentials that only memory holds are encrypted with it.',
      packed: IN_USE,
      tests: [
        [`${SERVICE}/core/lock.test.ts`, 'has overwritten the key, and reveals nothing of the register in its answers'],
        [`${SERVICE}/core/lock.test.ts`, 'restores credentials in memory, which were sealed'],
        [`${SECRETS}/sealed.test.ts`, 'a sealed text is opened by its key alone, and does not contain the text'],
      ],
    },
  ],
}
