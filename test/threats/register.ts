import { type Asset, IN_USE } from './threat.ts'

const SERVICE = 'test/electron/service'
const OPEN = 'test/electron/register/open.test.ts'
const JOURNAL = 'test/electron/register/db/journal.test.ts'
const MIGRATE = 'test/electron/register/db/migrate.test.ts'
const KEY = 'test/electron/secrets/register-key.test.ts'
const PRIVATE = 'test/electron/private-files.test.ts'
const RESTORE = `${SERVICE}/profile/restore.test.ts`
const END = `${SERVICE}/profile/guard-end.test.ts`
const WRITER = `${SERVICE}/profile/writer-lock.test.ts`

export const REGISTER: Asset = {
  name: 'The register and its key',
  code: 'REG',
  threats: [
    {
      who: 'thief',
      attempt: 'open the register without its key',
      control: 'Every file of the register is encrypted, its log of changes too, with 256 random bits.',
      tests: [
        ['test/acceptance/register-file.test.ts', 'cannot be read by sqlite3, neither while it is open nor afterwards'],
        [
          'test/acceptance/register-file.test.ts',
          'shows nothing of what it holds in any file of the profile, its log of changes included',
        ],
        [OPEN, 'is opened again with its key, and is unreadable without it'],
      ],
    },
    {
      who: 'thief',
      attempt: 'find the recovery code in the profile or in a message',
      control: 'The code is in no file of the profile, and no reason that a code is refused for repeats it.',
      tests: [
        [`${SERVICE}/app/router.test.ts`, 'is in no file of the profile'],
        ['test/electron/secrets/recovery-code.test.ts', 'never holds the code in its reason'],
      ],
    },
    {
      who: 'neighbour',
      attempt: 'read files of the profile, where the system gives new files to everyone',
      control:
        'Every process of the product makes its files for its user alone. A register that others may read is closed to them when it is opened to write.',
      tests: [
        [PRIVATE, 'is its user’s alone, also where a process of this machine gives everything to everybody'],
        [PRIVATE, 'is its user’s alone by the first line of every process of the product'],
        [
          PRIVATE,
          'that others may read is its user’s alone once it was opened to write, with its journal files and backups',
        ],
      ],
    },
    {
      who: 'neighbour',
      attempt: 'read the file of the register’s key on a machine without a keychain',
      control:
        'The file is for its user alone, is closed to others where they could read it, and a notice is shown while it exists.',
      tests: [
        [KEY, 'gets a key in a 0600 file without a keychain, with a permanent warning'],
        [KEY, 'that others could read is closed to them, and the notice reports it'],
      ],
    },
    {
      who: 'editor',
      attempt: 'change what was decided, such as a signature, a budget or an acceptance',
      control:
        'Decisions follow from the audit log in every column. The verification of the register names the table and the row.',
      tests: [
        [`${SERVICE}/evidence/verify-register.test.ts`, 'finds every random tampering at its table and row'],
        ['test/electron/register/read/proof.test.ts', 'is found, whatever is edited, with the table that it is in'],
      ],
    },
    {
      who: 'editor',
      attempt: 'change what a sync read, or what a review froze',
      control:
        'Each sync records a digest of its facts, each review one of its items. A changed fact is found, and no evidence of it is signed.',
      tests: [
        ['test/electron/register/read/facts-by-journal.test.ts', 'are found: %s'],
        [`${SERVICE}/evidence/verify-register.test.ts`, 'finds changes of frozen data, and signs no evidence of it'],
      ],
    },
    {
      who: 'editor',
      attempt: 'change, remove, insert or swap rows of the audit log',
      control:
        'The audit log is append-only, and each row is hashed over the one before: any change is found at its row.',
      tests: [
        [JOURNAL, 'accepts rows, and neither deletes nor changes one'],
        [JOURNAL, 'finds the row in which any byte of any column was changed'],
        [JOURNAL, 'finds the place of a row that was removed, inserted, or swapped with another'],
        [JOURNAL, 'finds last rows that were cut off, and rows that were added after its end'],
      ],
    },
    {
      who: 'editor',
      attempt: 'put back an earlier copy of the register, or of the whole profile',
      control:
        'The end of the audit log is also in a file beside the register and in the keychain. What is missing is named, and nothing is written until a person accepts it.',
      tests: [
        [END, 'is noticed when it is opened after an older copy was restored, names the rows, and is not written'],
        [END, 'is noticed by the keychain when the whole profile was restored from a copy'],
        [END, 'is written again once that is accepted, and the journal records what was accepted'],
      ],
    },
    {
      who: 'editor',
      attempt: 'write the whole audit log again, with hashes that agree',
      control: 'An evidence pack that was signed before shows the other chain.',
      tests: [
        [`${SERVICE}/evidence/pack-ends.test.ts`, 'is found to have another chain, though that is consistent'],
        [`${SERVICE}/evidence/pack-ends.test.ts`, 'is found to continue it, or to lack rows that the pack has'],
      ],
    },
    {
      who: 'program',
      attempt: 'have two processes write one register',
      control:
        'A profile has one writer. Another is refused with its name, and a writer whose lock was removed stops writing.',
      tests: [
        [WRITER, 'a second writer is shown who the first one is and what to do'],
        [WRITER, 'a writer whose lock file was removed stops writing, so that there are never two'],
      ],
    },
    {
      who: 'program',
      attempt: 'write through a process that only reads',
      control: 'A handle that reads cannot write by any method, and a service that reads refuses every change.',
      tests: [
        [OPEN, 'cannot write, by any method'],
        [
          `${SERVICE}/process/open.test.ts`,
          'refuses everything that would change the register, its secrets or its preferences',
        ],
      ],
    },
    {
      who: 'editor',
      attempt: 'have the register opened by a version whose rules it does not follow',
      control: 'A register from a newer version, or with a changed migration, is refused unchanged.',
      tests: [
        [MIGRATE, 'refuse a file from a newer version without changing it'],
        [MIGRATE, 'refuse a file whose applied migration has another %s'],
        [MIGRATE, 'refuse a file in which one was skipped'],
      ],
    },
    {
      who: 'fault',
      attempt: 'end the process, or have a call to the system fail, at any moment',
      control:
        'What was acknowledged is there afterwards, a sync is there whole or not at all, and no half file is left.',
      tests: [
        [
          'test/drills/kill-flows.test.ts',
          'a process that is killed at any call to the system, at the start after that and once more, loses nothing that it acknowledged',
        ],
        ['test/drills/kill-syncs.test.ts', 'leaves the last complete sync each time'],
        [
          'test/drills/faults.test.ts',
          'a call to the system that fails, whichever, loses nothing that was acknowledged, leaves no half file, and is reported in a sentence',
        ],
      ],
    },
    {
      who: 'fault',
      attempt: 'damage pages of the register',
      control:
        'The damage is reported wherever it is read, is never taken for data, and every row of each intact page is salvaged that an intact page leads to.',
      packed: IN_USE,
      tests: [
        [
          `${SERVICE}/damaged-register.test.ts`,
          'a register that is damaged anywhere is refused, or answers, or reports the damage; integrity notices it',
        ],
        [
          `${SERVICE}/profile/salvage.test.ts`,
          'of which single pages are damaged copies every row on the others, and leaves the damaged file unchanged',
        ],
        [
          'test/electron/register/db/salvage.test.ts',
          'copies each row of each other leaf, for any two and any three of them',
        ],
      ],
    },
    {
      who: 'fault',
      attempt: 'remove the register or its key, so that an empty one is made in its place',
      control: 'No new register is made where the key of another is left, and no new key while there is a register.',
      tests: [
        [`${SERVICE}/process/open.test.ts`, 'refuses to where the key of another is left, and reports it to the shell'],
        [KEY, 'asks for the recovery code: %s'],
        [KEY, 'never overwrites a damaged key in the %s'],
      ],
    },
    {
      who: 'namer',
      attempt: 'change or widen a statement of the register by a name or by what is searched for',
      control: 'Texts are values of statements and never part of them; a search takes any text as text.',
      packed: IN_USE,
      tests: [
        [`${SERVICE}/lists.test.ts`, 'accepts any text as text'],
        [
          'test/electron/register/apply/apply.test.ts',
          'stores what a provider may send: absurd numbers, null bytes, lone surrogates',
        ],
      ],
    },
  ],
}

export const BACKUPS: Asset = {
  name: 'Backups',
  code: 'BACK',
  threats: [
    {
      who: 'thief',
      attempt: 'read a backup',
      control: 'A backup is encrypted with the key of the register, and does not contain it.',
      tests: [
        [RESTORE, 'is encrypted with the key of the register, also when it is made beside a window, and is listed'],
        [MIGRATE, 'opens with the same key and has the contents of the register'],
      ],
    },
    {
      who: 'author',
      attempt: 'have a backup restored that is damaged, cut or of another register',
      control: 'A backup is opened with the key, checked and migrated elsewhere before it replaces anything.',
      tests: [
        [RESTORE, 'leaves the register unchanged for a backup that is damaged, cut, of another register, or missing'],
        [RESTORE, 'is refused beside a window, and for a name that is not of a backup'],
      ],
    },
    {
      who: 'operator',
      attempt: 'restore the wrong backup',
      control: 'The register that is replaced is kept, and the audit log records what was restored.',
      tests: [[RESTORE, 'replaces the register, keeps the earlier one, and records in the journal what it did']],
    },
    {
      who: 'fault',
      attempt: 'interrupt a backup or a restore',
      control:
        'A partial backup does not count and removes no older one. There is a register at every moment of a restore.',
      tests: [
        [
          RESTORE,
          'that cannot be written completely does not count: nothing of it is left, and no older one is removed',
        ],
        [RESTORE, 'has a register in the profile at every moment'],
      ],
    },
  ],
}
