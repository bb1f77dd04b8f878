/** What an attacker can do although Castellan exists, and what helps against it. */
export const NOT_DEFENDED: readonly (readonly [what: string, why: string])[] = [
  [
    'A program of the same user, while they are logged in.',
    'It can ask the keychain for the same entries (on Linux any program of the session may), read the memory of the processes, record the screen and the keyboard, and put another program in the place of Castellan. Keep the machine clean; lock the session; give read-only credentials.',
  ],
  [
    'The administrator of the machine, and who controls its hardware.',
    'They can do all that its users can. On a server that others administer, use [a runner](runner.md) only with credentials that may be known there.',
  ],
  [
    'A person at an unlocked session of the desktop.',
    'The lock of Castellan has no password of its own: its key is in the keychain that the session has opened. Lock the session.',
  ],
  [
    'A thief of the disk of a machine without a keychain.',
    'The key of the register is then in a file beside it, which the notice reports for as long as it exists. Set up a keychain, or encrypt the disk.',
  ],
  [
    'An older copy of the whole profile, on a machine without a keychain.',
    'The end of the audit log is kept outside the file only in a keychain. Without one (a server, a container), a profile that is replaced whole by an older copy of itself looks sound, and `castellan integrity` states that it was not compared. Packs and a team that others hold show it.',
  ],
  [
    'What is left in memory, on a disk or in a backup.',
    'JavaScript does not promise that a text is overwritten, and deleting a file does not wipe it. The key of the register is overwritten when the window locks; texts are not.',
  ],
  [
    'Destruction.',
    'Who may write to the profile can delete it. Keep backups on another disk, and the recovery code on paper.',
  ],
  [
    'A provider that reports consistently what is not so.',
    'The register contains what the provider reports, under the time of the sync. Compare with an invoice or with the identity provider.',
  ],
  [
    'An operator who calls a provider without Castellan.',
    'What they did shows in the next sync, as a change without a remediation, and in the provider’s own log where it has one.',
  ],
  [
    'A name that is typed.',
    'Outside of a team, the person who signs or acknowledges a review is who they typed to be: one person can type two names. Two names that one operator of Castellan typed are marked. In a team each entry is signed by a device of its member.',
  ],
  [
    'The time of a signature.',
    'An evidence pack has the time of the machine, and no time-stamping authority confirms it. Its fingerprint in a message that is dated elsewhere does.',
  ],
  [
    'A holder of the register’s key who edits a copy before any evidence pack was given away.',
    'The audit log of the copy can be written again so that it agrees. The keychain of the first machine, and each pack that others hold, show it.',
  ],
  [
    'Files after they were exported, and answers after an assistant has them.',
    'An assistant sends what it was answered to the provider of its model. Start the MCP server for one client, or not at all.',
  ],
  [
    'An assistant that follows what it read.',
    'The fence marks what is data; whether a model respects it, no test can show. It can do nothing in Castellan but ask.',
  ],
  [
    'What sizes and times of files show.',
    'The register is encrypted as a whole: its size, the times of its backups and that it is in use can be seen.',
  ],
  [
    'A feed that withholds, and a release key that was stolen.',
    'A feed can keep a newer release back, and sees who asks it. Who has the private half of the release key can sign what every installation accepts; see [how a release is published](upgrade.md#publish-a-release).',
  ],
  [
    'A first download.',
    'An installed version verifies the next one. The first one is as trustworthy as the place from which its hash or the fingerprint of the release key comes; a package that is not signed for its system shows that.',
  ],
  [
    'A supplier whose code is in a bundle.',
    'Versions and hashes are fixed by the lock file, and no script of a package runs at installation, but code that is bundled has the rights of Castellan.',
  ],
  [
    'Files of an installation that are changed.',
    'On Linux Electron does not check the archive: who may write to the installation can change it. Install as the administrator, from a package of the system.',
  ],
  [
    'A browser that is not trusted.',
    'Without Electron the window is drawn by an installed Chromium, Chrome or Edge, in a folder of its own. Who administers that browser by policies can see the window.',
  ],
  [
    'Windows and macOS as far as only they can show it.',
    'Permissions of files are tested on Linux and macOS; on Windows the rights of the user’s folder apply. What was run on which system is in [the self-test](self-test.md).',
  ],
]
