import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

import { mustRun, run } from './programs.ts'

/** How this system keeps a program of a user running. */
export interface Service {
  /** In words for people: when the server starts again by itself. */
  readonly starts: string
  start(): Promise<void>
  stop(): Promise<void>
}

const NAME = 'castellan-team-host'

/** The service of this system; one that does not outlive the machine where there is none. */
export async function findService(
  programs: string,
  data: string,
  platform: NodeJS.Platform = process.platform,
): Promise<Service> {
  if (platform === 'linux' && (await run('systemctl', ['--user', 'show-environment'])).code === 0) {
    return openSystemd(join(programs, 'postgres'), data)
  }
  if (platform === 'darwin') return openLaunchd(join(programs, 'postgres'), data)
  const control = join(programs, 'pg_ctl')
  return {
    starts: 'After a restart of this machine, run castellan team host again.',
    start: async () =>
      void (await mustRun(control, ['start', '-w', '-s', '-D', data, '-l', join(dirname(data), 'start.log')])),
    stop: async () => void (await mustRun(control, ['stop', '-w', '-s', '-D', data, '-m', 'fast'])),
  }
}

/** One word of a unit's line, without specifiers that systemd would replace. */
const quoteUnit = (word: string): string =>
  `"${word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('%', '%%')
    .replaceAll('$', '$$$$')}"`

/** A unit of the user (systemd.service(5)). SIGINT ends PostgreSQL without waiting for its clients. */
export function makeUserUnit(program: string, data: string): string {
  return `# Written by castellan team host.
[Unit]
Description=PostgreSQL of a Castellan team
After=network-online.target

[Service]
Type=exec
ExecStart=${quoteUnit(program)} -D ${quoteUnit(data)}
ExecReload=/bin/kill -HUP $MAINPID
KillMode=mixed
KillSignal=SIGINT
TimeoutStopSec=90
Restart=on-failure
RestartSec=10
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
`
}

function openSystemd(program: string, data: string): Service {
  const unit = join(homedir(), '.config', 'systemd', 'user', `${NAME}.service`)
  return {
    starts: 'It starts with this machine, by systemd.',
    start: async () => {
      mkdirSync(dirname(unit), { recursive: true })
      writeFileSync(unit, makeUserUnit(program, data))
      await mustRun('systemctl', ['--user', 'daemon-reload'])
      await mustRun('systemctl', ['--user', 'enable', '--now', NAME])
      // Without it, the service ends when the user logs out; some systems ask an administrator first.
      await run('loginctl', ['enable-linger'])
    },
    stop: async () => void (await mustRun('systemctl', ['--user', 'disable', '--now', NAME])),
  }
}

const quoteXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** An agent of the user (launchd.plist(5)). */
export function makeAgent(program: string, data: string): string {
  const words = [program, '-D', data].map((word) => `<string>${quoteXml(word)}</string>`).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>Label</key><string>${NAME}</string>
<key>ProgramArguments</key><array>${words}</array>
<key>RunAtLoad</key><true/><key>KeepAlive</key><true/>
</dict></plist>
`
}

function openLaunchd(program: string, data: string): Service {
  const agent = join(homedir(), 'Library', 'LaunchAgents', `${NAME}.plist`)
  const domain = `gui/${process.getuid?.() ?? 0}`
  return {
    starts: 'It starts when this user logs in, by launchd.',
    start: async () => {
      mkdirSync(dirname(agent), { recursive: true })
      writeFileSync(agent, makeAgent(program, data))
      await mustRun('launchctl', ['bootstrap', domain, agent])
    },
    stop: async () => {
      await mustRun('launchctl', ['bootout', `${domain}/${NAME}`])
      rmSync(agent, { force: true })
    },
  }
}
