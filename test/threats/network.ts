import { type Asset, IN_USE } from './threat.ts'

const PROVIDERS = 'test/electron/providers'
const FAULTS = `${PROVIDERS}/faults.test.ts`
const ENDLESS = `${PROVIDERS}/endless.test.ts`
const BOUNDS = `${PROVIDERS}/kit/bounds.test.ts`
const ROWS = `${PROVIDERS}/kit/rows.test.ts`
const WRITE = `${PROVIDERS}/kit/write.test.ts`
const APPLY = 'test/electron/register/apply/apply.test.ts'
const SYNC = 'test/electron/service/sync'
const NETWORK = 'test/electron/cli/network.test.ts'
const BASE_URL = 'test/shared/domain/base-url.test.ts'

export const ANSWERS: Asset = {
  name: 'Answers of providers',
  code: 'ANSWER',
  threats: [
    {
      who: 'provider',
      attempt: 'exhaust the machine with an endless list or an answer of a gigabyte',
      control: 'Answers, lists and whole readings have bounds in requests, rows, characters and minutes.',
      tests: [
        [ENDLESS, 'an answer of 1 GB (%s) is read to its bound once, and its reason is that it is too large'],
        [
          ENDLESS,
          'an endless list with new ids ends at its bound as failed, its reason names it, and the others are read',
        ],
        [BOUNDS, 'a bound holds exactly, for each of its measures'],
      ],
    },
    {
      who: 'provider',
      attempt: 'hold a reading up for hours',
      control: 'A wait that is too long fails immediately, and waits are limited for the whole reading.',
      tests: [
        [FAULTS, '429 that asks for too long a wait fails immediately and reports how long'],
        [
          `${PROVIDERS}/kit/rate-limit.test.ts`,
          'never keeps a reading waiting for more than 15 minutes in all, whatever its limit',
        ],
      ],
    },
    {
      who: 'provider',
      attempt: 'repeat a page, or leave out that there are more',
      control: 'A list counts as read only when its end was seen; a repeated cursor ends it as failed.',
      packed: IN_USE,
      tests: [
        [FAULTS, 'a page that repeats its cursor forever ends the source; its rows are kept'],
        [FAULTS, 'a page that reports more pages, but not where, is not the end of the list'],
      ],
    },
    {
      who: 'provider',
      attempt: 'make access disappear by a list that is cut, denied or empty',
      control: 'Nothing is concluded from a list that was not read to its end, and nothing in it is closed.',
      tests: [
        [APPLY, 'closes nothing in a source that ended %s'],
        [FAULTS, 'a failure on a later page keeps the rows before it, and is not complete'],
        [FAULTS, 'an answer that is %s fails the source, not silently'],
        [`${PROVIDERS}/big-agency.test.ts`, 'forty organizations that throttle and fail now and then lose no row'],
      ],
    },
    {
      who: 'provider',
      attempt: 'end the reading by rows of any form',
      control: 'Any JSON is read into sound facts or none, and a list with unknown forms counts as not read.',
      tests: [
        [ROWS, '%s: any JSON is read without throwing, into sound facts or none'],
        [
          `${SYNC}/unknown-forms.test.ts`,
          'rows whose role, id or amount is in an unknown form end nothing of their lists, which count as not read',
        ],
        [APPLY, 'stores what a provider may send: absurd numbers, null bytes, lone surrogates'],
        [APPLY, 'treats names like constructor or __proto__ as ordinary names'],
      ],
    },
    {
      who: 'provider',
      attempt: 'have unknown words taken for few privileges, or for many',
      control: 'The words of roles are kept as they are, and a word that is not known amounts to nothing privileged.',
      tests: [[ROWS, 'unknown words are kept as they are and amount to nothing privileged']],
    },
    {
      who: 'namer',
      attempt: 'lead a request to another path by an id with slashes or dots',
      control: 'Ids are escaped in paths, for readings and for changes.',
      tests: [
        [`${PROVIDERS}/environment.test.ts`, 'ids are escaped in paths'],
        [WRITE, 'escapes the parts of the path'],
      ],
    },
    {
      who: 'namer',
      attempt: 'turn around a step of the console by a name in it',
      control: 'No name adds a step or changes its meaning.',
      tests: [[WRITE, 'lets no name at %s add a step or turn one around']],
    },
    {
      who: 'provider',
      attempt: 'report a change as done that is not, or answer a change unexpectedly',
      control: 'An unexpected answer is reported and the run stops; no answer is an unknown result; a sync verifies.',
      tests: [
        [WRITE, '%s: is reported as it is, and the request is sent once'],
        [WRITE, 'leaves it unsure'],
        [
          'test/electron/service/remediation/run.test.ts',
          'stop at the first unexpected response and report what was done: %s',
        ],
        [
          'test/electron/service/reviews/closing.test.ts',
          'a sync that began before a decision does not verify it, and the first one after it does',
        ],
      ],
    },
  ],
}

export const TRANSPORT: Asset = {
  name: 'The way to the providers',
  code: 'NET',
  threats: [
    {
      who: 'network',
      attempt: 'answer in the place of a provider',
      control: 'Certificates are always checked, also behind a proxy that replaces them.',
      tests: [
        [NETWORK, 'is not called when the authority of its certificate is unknown, and the reason includes what to do'],
        [NETWORK, 'is not called through a proxy that replaces the certificate with its own'],
      ],
    },
    {
      who: 'program',
      attempt: 'switch the check of certificates off by a variable or an option',
      control: 'While the check is off or weakened, no provider is called.',
      tests: [
        [NETWORK, 'no verb sends anything, and each prints what to do'],
        [
          'test/electron/service/connections/credential-origin.test.ts',
          'is sent by no operation while %s=%s, and each shows what to do',
        ],
      ],
    },
    {
      who: 'network',
      attempt: 'read what is sent',
      control: 'A base URL begins with https, except on this machine; a proxy gets a tunnel, and no credential.',
      tests: [
        [BASE_URL, 'is refused over http to another machine, with what to write: %s'],
        [NETWORK, 'is called only through the tunnel of HTTPS_PROXY, which sees no credential'],
      ],
    },
    {
      who: 'author',
      attempt: 'have an operator enter an address that looks like that of a provider',
      control: 'Hosts are shown in Punycode, and an address with a user, a password or a query is refused.',
      tests: [
        [BASE_URL, 'with a look-alike host is written in Punycode'],
        [BASE_URL, 'is refused if it could contain a secret: %s'],
      ],
    },
    {
      who: 'network',
      attempt: 'get the password of a proxy from a message',
      control: 'The proxy is shown without its user and password.',
      tests: [
        [NETWORK, 'is not reached through a proxy that refuses, and the reason names the proxy without its password'],
        [`${PROVIDERS}/kit/network.test.ts`, 'the proxy in use is shown as %j for %j, without user and password'],
      ],
    },
  ],
}

const SETUP = 'test/build/setup.test.ts'
const PACK = 'test/build/pack.test.ts'
const PACK_PARTS = 'test/build/pack'

export const PACKAGES: Asset = {
  name: 'Packages of the product',
  code: 'DIST',
  threats: [
    {
      who: 'supplier',
      attempt: 'run code on the machine of a developer at installation',
      control: 'No package runs a script when it is installed, and each that has one works without it.',
      tests: [
        [SETUP, 'do not run at installation, so that nothing is compiled and nothing is fetched past the lock'],
        [SETUP, 'are needed by no package: each that has one works without it'],
      ],
    },
    {
      who: 'supplier',
      attempt: 'get code into the product with a tool of the developers',
      control: 'A package has the bundles and two native modules, no other dependency, no source and no test.',
      packed: ['binaries', 'content'],
      tests: [
        [PACK, 'holds no dependency but the two native modules'],
        [PACK, 'has the native binaries of its target outside the archive, and no other'],
      ],
    },
    {
      who: 'supplier',
      attempt: 'have another module for another system packed in the place of the one that is locked',
      control:
        'A module that is fetched while packing has to have the SHA-512 of the lock file, and to be for its system and processor.',
      packed: ['binaries', 'needs'],
      tests: [
        [`${PACK_PARTS}/npm-package.test.ts`, 'a fetched package with another hash than the lock file has is refused'],
        [
          `${PACK_PARTS}/natives.test.ts`,
          'are wrong where one is missing, of another machine, one too many, no binary, or in the archive',
        ],
      ],
    },
    {
      who: 'supplier',
      attempt: 'have a library with a known fault shipped without a trace',
      control:
        'Each package has a bill of materials in CycloneDX with the version, address, licence and hash of each library in it, of Node, SQLite and Electron.',
      packed: ['licences'],
      tests: [
        [`${PACK_PARTS}/sbom.test.ts`, 'names every package that the sources of the product import'],
        [
          `${PACK_PARTS}/sbom.test.ts`,
          'has a version, an address, a licence of SPDX and a hash of each, and each once',
        ],
        [`${PACK_PARTS}/sbom.test.ts`, 'has the versions of what is really used: Node, SQLite and Electron'],
        [PACK, 'has the licences of all that is in it, in the archive and as files to read'],
      ],
    },
    {
      who: 'program',
      attempt: 'use the packed application as a Node, or load other code than its archive',
      control:
        'The fuses of the packed program switch that off, and have Electron check the archive on macOS and Windows.',
      packed: ['fuses', 'integrity'],
      tests: [[PACK, 'has every fuse set']],
    },
    {
      who: 'program',
      attempt: 'turn Electron into a Node by a variable when it is started from the sources',
      control: 'The variable is not passed on.',
      tests: [['test/build/start.test.ts', 'does not let ELECTRON_RUN_AS_NODE turn Electron into a Node']],
    },
    {
      who: 'supplier',
      attempt: 'put another package in the place of a published one, or in a channel',
      control:
        'The same files give the same Debian package to the byte, and each manifest of a channel names a package by its own hash.',
      tests: [
        [
          `${PACK_PARTS}/deb.test.ts`,
          'has both programs on the path, one time for all files, and is the same from files of other modes and times',
        ],
        [
          'test/build/channels/manifests.test.ts',
          'name each package with its own hash and an address that ends with its name',
        ],
      ],
    },
    {
      who: 'supplier',
      attempt: 'have a package ask for more rights or other packages than Castellan needs',
      control: 'No value adds a field to a Debian package, and on Flatpak no folder of the person is asked for.',
      tests: [
        [`${PACK_PARTS}/deb.test.ts`, 'is not written with a line break in a value, or without a value'],
        [
          'test/build/channels/manifests.test.ts',
          'ask of Flatpak no folder of the person, and of Homebrew and winget the terminal program on the path',
        ],
      ],
    },
    {
      who: 'operator',
      attempt: 'publish a package that is not signed without noticing',
      control:
        'What is not signed is named for each system, and nothing is made where only some of what signing needs is set.',
      packed: IN_USE,
      tests: [
        [`${PACK_PARTS}/signing.test.ts`, 'is named for each system, with the variable that is not set'],
        [`${PACK_PARTS}/signing.test.ts`, 'is not decided where only some of what belongs together is set'],
      ],
    },
  ],
}
