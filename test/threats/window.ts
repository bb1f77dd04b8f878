import { type Asset, IN_USE } from './threat.ts'

const CHECKLIST = 'test/electron/shell/checklist.test.ts'
const CHROMIUM = 'test/electron/shell/chromium/shell.test.ts'
const PAGES = 'test/electron/shell/pages.test.ts'
const PRELOAD = 'test/electron/preload.test.ts'
const TARGET = 'test/electron/service/files-out/target.test.ts'
const PACK = 'test/build/pack.test.ts'

export const WINDOW: Asset = {
  name: 'The window',
  code: 'WIN',
  threats: [
    {
      who: 'namer',
      attempt: 'have a script or HTML in a name run in the window',
      control:
        'No source of the window makes HTML of a text. The policy of each page allows no inline script, no handler and no evaluated text, and styles only by a nonce of this load.',
      packed: ['policy', 'content'],
      tests: [
        ['test/renderer/html.test.ts', 'no source of the window makes HTML of a text'],
        [CHROMIUM, 'runs no inline script and no inline handler'],
        [CHROMIUM, 'evaluates no text'],
        [CHECKLIST, '7: sends a content policy with each page, with a nonce of its own'],
        ['test/renderer/features/help/guide/document-view.test.tsx', 'text of a page is text, whatever it contains'],
      ],
    },
    {
      who: 'page',
      attempt: 'use Node, Electron or the disk',
      control:
        'The page is sandboxed and isolated, and the preload script exposes no function: the page gets one port.',
      packed: ['window', 'preload'],
      tests: [
        [
          CHECKLIST,
          '2, 3, 4, 6, 8, 9, 10, 11: gives the page no Node, no shared context, no weakened rule, no webview',
        ],
        [CHECKLIST, '20: exposes no function of Electron to the page'],
        [CHROMIUM, 'leaves the page no other way to the shell'],
      ],
    },
    {
      who: 'page',
      attempt: 'send data to an address, or load code from one',
      control: 'Requests to any other origin are cancelled, names of hosts are not resolved, and no download starts.',
      packed: ['window', 'policy'],
      tests: [
        [CHECKLIST, '1 and 18: loads its pages by a scheme of its own, and nothing from elsewhere'],
        [CHROMIUM, 'reaches nothing outside'],
        [CHECKLIST, 'beyond the list: starts no download'],
      ],
    },
    {
      who: 'page',
      attempt: 'go to another page, open a window, or hand an address to the desktop',
      control: 'Each is refused, and no address is passed to the desktop.',
      tests: [
        [CHECKLIST, '13: navigates only to our own pages'],
        [CHECKLIST, '14: opens no further window, ours included'],
        [CHECKLIST, '15: passes no address to the desktop'],
      ],
    },
    {
      who: 'page',
      attempt: 'use the camera, read the clipboard, or another permission',
      control: 'Every permission is refused but that of copying text, and that only to our own page.',
      packed: IN_USE,
      tests: [[CHECKLIST, '5: refuses every permission but that of copying text, asked by our page']],
    },
    {
      who: 'page',
      attempt: 'reach the service from a frame or a page of another origin',
      control: 'The port is made for the main frame of our own page, and handed to that origin alone.',
      tests: [
        [CHECKLIST, '17: makes a port for the main frame of our page, and for no other'],
        [PRELOAD, 'asks for a port when its own window sends a hello, and for nothing else'],
        [PRELOAD, 'hands the port to its own origin, without the event it came with'],
      ],
    },
    {
      who: 'page',
      attempt: 'read files of the machine by a path in an address',
      control: 'Pages come from one folder, whatever the path, and only by GET.',
      packed: IN_USE,
      tests: [
        [PAGES, 'never leaves its folder, whatever the path'],
        [PAGES, 'answers nothing but GET, and no other origin'],
      ],
    },
    {
      who: 'page',
      attempt: 'have the service write a file of its choice',
      control:
        'The window has no paths: it gets a handle from a dialog that it cannot see or answer, and the handle is valid once.',
      tests: [
        [TARGET, 'accepts no path from a window, and no handle that a dialog did not issue'],
        [TARGET, 'accepts a handle once, also when it cannot do its work'],
        [CHROMIUM, 'asks where to save in a page that the window cannot reach, and asks before a file is replaced'],
      ],
    },
    {
      who: 'page',
      attempt: 'send the service input that no window sends',
      control: 'Each input is validated by the contract: it is answered, or refused with an error of the contract.',
      tests: [
        [
          'test/electron/service/fuzz/router.test.ts',
          'every operation answers any input, or refuses it with an error of the contract',
        ],
      ],
    },
    {
      who: 'program',
      attempt: 'read the window through a debugging port or a switch of the packed application',
      control: 'A packed application does not start with such a switch, and its fuses switch off inspection and Node.',
      packed: ['window', 'fuses'],
      tests: [
        ['test/electron/main.test.ts', 'does not start where another program could read its window, and reports it'],
        [PACK, 'has every fuse set'],
      ],
    },
    {
      who: 'program',
      attempt: 'start the window without its sandbox',
      control:
        'The sandbox is off only for root and with a switch. Where it cannot start, the reason is shown and Electron is not used.',
      packed: ['sandbox', 'window'],
      tests: [
        [CHECKLIST, '4: turns the sandbox off only for root, and with a switch'],
        ['test/build/start.test.ts', 'never gets --no-sandbox without asking for it'],
        [
          'test/build/pack/sandbox-scripts.test.ts',
          'goes without a sandbox only with the switch of a person, and leaves root to Electron',
        ],
        ['test/build/pack/sandbox-scripts.test.ts', 'is packed in place of the one that leaves the sandbox out'],
      ],
    },
    {
      who: 'namer',
      attempt: 'mislead by a notification of the desktop',
      control:
        'A notification shows a name on one short line, without invisible characters, and leads to our own pages only.',
      packed: IN_USE,
      tests: [
        [
          'test/electron/service/reminders/reminders.test.ts',
          'show a hostile name on one short line, without invisible characters',
        ],
        ['test/electron/shell/electron/shell.test.ts', 'leads to our own pages only'],
      ],
    },
    {
      who: 'author',
      attempt: 'add a command to the entry that starts Castellan at login, by the name of a folder',
      control: 'Each argument of the entry is quoted, and a path that the format cannot contain is refused.',
      tests: [
        [
          'test/electron/shell/autostart.test.ts',
          'has each argument of the command unchanged, whatever characters a path has',
        ],
        ['test/electron/shell/autostart.test.ts', 'refuses a path that the format cannot contain'],
      ],
    },
    {
      who: 'fault',
      attempt: 'end the process of the service under an open window',
      control: 'A person is asked, the service starts again on what was saved, and its last output is in the log.',
      tests: [
        [
          'test/electron/shell/service.test.ts',
          'that dies is restarted when the person agrees, and its end is in the log with its last output',
        ],
        [
          'test/electron/shell/service.test.ts',
          'that dies again soon is not started a third time, and the application reports it and ends',
        ],
      ],
    },
  ],
}
