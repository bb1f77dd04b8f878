import type { Asset } from './threat.ts'

const EVIDENCE = 'test/electron/service/evidence'
const PACK = `${EVIDENCE}/pack.test.ts`
const HOSTILE = `${EVIDENCE}/hostile.test.ts`
const AGREEMENT = `${EVIDENCE}/agreement.test.ts`
const VERIFY = 'test/electron/cli/verbs/verify.test.ts'

export const PACKS: Asset = {
  name: 'Evidence packs',
  code: 'PACK',
  threats: [
    {
      who: 'forger',
      attempt: 'change a byte of a pack',
      control:
        'Each file is hashed and the hashes are signed: `sha256sum` and `openssl` refuse it without Castellan, and `castellan verify` names the file and the row.',
      tests: [
        [PACK, 'is accepted by sha256sum and openssl, with its own commands, and is refused once a byte is changed'],
        [
          `${EVIDENCE}/verify-pack.test.ts`,
          'finds every random tampering at its file and row, and reports no other file',
        ],
      ],
    },
    {
      who: 'forger',
      attempt: 'change a row and all hashes that depend on it',
      control: 'The signature does not fit.',
      tests: [[HOSTILE, 'of which everything but the signature was made to agree is found by the signature']],
    },
    {
      who: 'forger',
      attempt: 'seal and sign the pack again with a key of their own',
      control:
        'It has another fingerprint. The verification compares with one that was given, or with the keys of the profile.',
      tests: [
        [HOSTILE, 'that was made again with another key is sound, and has another fingerprint'],
        [VERIFY, 'is compared with a given fingerprint, however it is written'],
        [VERIFY, 'is recognized by a profile with its own keys: own exits with 0, unknown with 5'],
      ],
    },
    {
      who: 'forger',
      attempt:
        'write a decision, a reason or a signature into the tables that the audit log does not have, and sign that',
      control: 'The tables of a pack, its decisions and its rows of the audit log have to agree in every row.',
      tests: [
        [AGREEMENT, 'is refused with the row for a line of any table that is not a record'],
        [AGREEMENT, 'is refused for a decision that the journal does not show'],
        [AGREEMENT, 'is refused for a decision, a justification or a signature that the journal shows otherwise'],
      ],
    },
    {
      who: 'author',
      attempt: 'attack who verifies a pack: by paths, links, entries that unpack without end, or names of files',
      control: 'A verification reads nothing outside of the pack, unpacks within bounds, and shows names harmlessly.',
      tests: [
        [HOSTILE, 'cannot make the verification read outside of it'],
        [HOSTILE, 'names entries that appear twice, in other folders, or under two names'],
        [HOSTILE, 'names an entry that unpacks as %s, also where its bytes are right'],
        [HOSTILE, 'with more files than a pack can have is refused'],
        [HOSTILE, 'shows the names of its files in a harmless form'],
      ],
    },
    {
      who: 'namer',
      attempt: 'have a name in a pack interpreted by a spreadsheet or a Markdown reader',
      control: 'Texts are literal in every format of the pack.',
      tests: [[PACK, 'contains typed text literally, and neither a spreadsheet nor a Markdown reader interprets it']],
    },
    {
      who: 'thief',
      attempt: 'sign with the key of the profile',
      control: 'The key is in the keychain; without one in a file of this user alone, and a notice reports it.',
      tests: [
        [
          'test/electron/secrets/signing-key.test.ts',
          'is kept in the keychain; without one in a file of this user alone, and a notice reports it',
        ],
      ],
    },
    {
      who: 'fault',
      attempt: 'leave half a pack that looks whole',
      control: 'A pack is placed whole or removed, and the audit log records one that was not written.',
      tests: [
        [PACK, 'is written atomically, and the journal records one that was not'],
        [
          `${EVIDENCE}/pack-folder.test.ts`,
          'a pack whose place cannot be made durable is removed again, with its zip: what is reported as not written does not exist',
        ],
      ],
    },
    {
      who: 'operator',
      attempt: 'send out a secret that is in a row of the audit log',
      control: 'Such a row is sealed: the chain still holds, and the secret is not in the pack.',
      tests: [[PACK, 'seals a row of the journal that holds what looks like a secret']],
    },
  ],
}

const LOG = 'test/electron/service/log'

export const LOGS: Asset = {
  name: 'Logs and diagnostics',
  code: 'LOG',
  threats: [
    {
      who: 'thief',
      attempt: 'find secrets, names or addresses in the log',
      control: 'The log is for its user alone, and has the steps of the work without secrets, names and addresses.',
      tests: [
        [
          `${LOG}/log.test.ts`,
          'has one JSON object a line with time, level, process and event, in a file of its user alone',
        ],
        [`${LOG}/log.test.ts`, 'contains no secret, and nothing that a terminal would interpret'],
        [
          `${LOG}/week.test.ts`,
          'a week of an agency’s work leaves a log that names each step, and no secret, name or address',
        ],
      ],
    },
    {
      who: 'operator',
      attempt: 'publish data of a client with a report about a fault',
      control: 'Diagnostics name no client, person, account, key or address, and no path of the machine.',
      tests: [
        [
          'test/electron/service/app/diagnostics.test.ts',
          'name no client, person, account, project, key, organization or address, and no path of this machine',
        ],
      ],
    },
    {
      who: 'provider',
      attempt: 'have what people write and ask stored, or sign-ins of people, through its own log',
      control: 'Of a provider’s log the columns who, what and where are kept, and nothing that looks like a secret.',
      tests: [
        [
          'test/electron/service/events/log.test.ts',
          'is kept as columns: who, what, where and the new values, and nothing that looks like a secret',
        ],
        ['test/electron/service/events/log.test.ts', 'is stored without what people write and read'],
        [
          'test/electron/providers/litellm/audit.test.ts',
          'keeps no secret: neither of the values, nor where a proxy recorded it in the place of its hash',
        ],
      ],
    },
  ],
}
