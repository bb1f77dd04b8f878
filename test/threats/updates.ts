import { type Asset, IN_USE } from './threat.ts'

const UPDATES = 'test/electron/service/updates/updates.test.ts'
const INSTALLATION = 'test/electron/service/updates/installation.test.ts'
const PREPARED = 'test/electron/shell/prepare-installation.test.ts'
const SIGN = 'test/build/release-sign.test.ts'

export const UPDATES_AND_DOWNLOADS: Asset = {
  name: 'Updates and downloads',
  code: 'UPDATE',
  threats: [
    {
      who: 'feed',
      attempt: 'send a package that was changed, cut or made longer',
      control:
        'A package counts only with the size and the SHA-512 of the signed description, and no file of another is left.',
      packed: IN_USE,
      tests: [
        [UPDATES, 'is refused for %s, and no file is left'],
        [
          'test/electron/cli/verbs/update.test.ts',
          'a downloaded package is verified without a register, and a changed one or an older version is refused with exit code 4',
        ],
      ],
    },
    {
      who: 'feed',
      attempt: 'offer a release of their own, or change what a release is described to be',
      control: 'The description counts only with the signature of the release key that was built into the program.',
      packed: ['key'],
      tests: [
        [UPDATES, '%s is refused, with what is wrong and what to do, before anything is downloaded'],
        [UPDATES, 'is not offered by a build without a release key'],
        [SIGN, 'describes every package of the folder and no other file, signed so that openssl can verify it'],
      ],
    },
    {
      who: 'feed',
      attempt: 'offer an earlier release whose faults are known',
      control:
        'A version that is older than the one that runs, or than one that the same feed had before, is refused, also where only the package is older. A person can ask for the way back.',
      packed: IN_USE,
      tests: [
        [UPDATES, '%s is refused, with what is wrong and what to do, before anything is downloaded'],
        [UPDATES, 'of an older version is the way back that a person asks for'],
        [UPDATES, 'is refused where the same feed had a newer one before, also after the feed was named again'],
        [SIGN, 'refuses a Debian package whose version inside is not the one in its name'],
      ],
    },
    {
      who: 'feed',
      attempt: 'observe installations whose users did not ask for updates',
      control: 'There is no feed until a person names one, and each request follows from a request of a person.',
      tests: [
        [UPDATES, 'is found, downloaded and verified, each by one request of a person, and nothing is asked before'],
      ],
    },
    {
      who: 'feed',
      attempt: 'send the program to another address',
      control: 'Redirects are not followed, and a feed is https or on this machine.',
      tests: [
        [
          UPDATES,
          'is not offered where it is the version that runs, where the feed redirects or does not answer, and without a feed',
        ],
      ],
    },
    {
      who: 'author',
      attempt: 'have a file of their own installed in a network without a feed',
      control: 'The same three files are verified without a network, and a file that lacks its description is refused.',
      tests: [
        [UPDATES, 'is verified without a network, and refused where one of the three files is not what was signed'],
      ],
    },
    {
      who: 'author',
      attempt: 'have a person run a command by the name of a downloaded file',
      control: 'The command that is shown names the file quoted for a shell.',
      tests: [[INSTALLATION, 'is installed by steps whose command names the file, quoted for a shell']],
    },
    {
      who: 'fault',
      attempt: 'interrupt a download, so that a part of it is installed',
      control: 'A download continues where it was cut, and only a whole one that was verified can be installed.',
      packed: IN_USE,
      tests: [
        [UPDATES, 'continues where the connection was cut, and where a person cancelled'],
        [
          UPDATES,
          'begins again where the feed has no ranges, and drops a beginning that the file of the feed does not have',
        ],
      ],
    },
    {
      who: 'program',
      attempt: 'change a package after it was verified and before it is installed',
      control:
        'It is verified again when its installation is asked for, and the copy that is installed is compared with the signed hash once more.',
      tests: [
        [
          UPDATES,
          'is handed to the shell once a person asks for it, after another verification, and its end is shown at the next start',
        ],
        [PREPARED, 'is refused for a package that was changed after it was verified, and nothing of it is left'],
      ],
    },
    {
      who: 'feed',
      attempt: 'have a package installed on Windows that its publisher did not sign',
      control:
        'Where the build names its publisher, the code signature is checked as well before the installer starts.',
      tests: [
        [PREPARED, 'is refused where the check of its code signature fails, and starts nothing before it is finished'],
      ],
    },
    {
      who: 'fault',
      attempt: 'end an installation in the middle, or leave a version that does not start',
      control: 'The AppImage before is kept, and nothing is replaced before the register is closed.',
      tests: [
        [PREPARED, 'replaces it by %s and starts it, only when it is finished, and keeps the one before'],
        [
          'test/electron/shell/update.test.ts',
          'the built application closes its register, is replaced by a verified AppImage and starts it',
        ],
      ],
    },
  ],
}
