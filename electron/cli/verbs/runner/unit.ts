import { relative, sep } from 'node:path'

export interface UnitOptions {
  /** The program and its first arguments, all absolute paths. */
  readonly program: readonly string[]
  /** The data folder, absolute. */
  readonly profile: string
  /** The user that it runs as; null: one that systemd makes for it. */
  readonly user: string | null
  /** Names of the credentials to pass; none: all that begin with `castellan.`, for which systemd 254 is needed. */
  readonly credentials: readonly string[]
}

const STATE = '/var/lib'

/** The part of a profile's path that systemd can make and own for a service; null for a folder elsewhere. */
export function findStateDirectory(profile: string): string | null {
  const inside = relative(STATE, profile)
  return inside === '' || inside.startsWith('..') || inside.startsWith(sep) ? null : inside
}

/** A unit of systemd that runs `castellan runner` with no right that it does not need (systemd.service(5), systemd.exec(5)). */
export function makeUnit({ program, profile, user, credentials }: UnitOptions): string {
  const state = findStateDirectory(profile)
  const isHome = [...program, profile].some((path) => /^\/(?:home|root|run\/user)\//u.test(path))
  return `# Printed by castellan runner install; docs/runner.md describes it.
[Unit]
Description=Castellan runner: reads connections when they are due
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
ExecStart=${[...program, 'runner', '--profile', profile].map((word) => quote(word).replaceAll('$', '$$$$')).join(' ')}
${[...listUser(user), ...listFolder(profile, state), ...listCredentials(credentials)].join('\n')}
# 2: the command line is wrong, and stays so.
RestartPreventExitStatus=2
Restart=on-failure
RestartSec=60
TimeoutStopSec=90
UMask=0077

NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
LockPersonality=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=${isHome ? 'read-only' : 'yes'}
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProtectSystem=strict
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
# Not MemoryDenyWriteExecute: the engine of JavaScript compiles to memory.

[Install]
WantedBy=multi-user.target
`
}

function listUser(user: string | null): readonly string[] {
  return user === null ? ['DynamicUser=yes', 'User=castellan'] : [`User=${user}`]
}

function listFolder(profile: string, state: string | null): readonly string[] {
  const writes = `ReadWritePaths=${quote(profile)}`
  return state === null ? [writes] : [`StateDirectory=${quote(state)}`, 'StateDirectoryMode=0700', writes]
}

function listCredentials(names: readonly string[]): readonly string[] {
  if (names.length === 0) return ['ImportCredential=castellan.*']
  return names.map((name) => `LoadCredentialEncrypted=${name}:/etc/credstore.encrypted/${name}`)
}

/** One word of a unit's line, without specifiers and escapes that systemd would replace. */
export function quote(word: string): string {
  const plain = word.replaceAll('%', '%%')
  if (/^[\w@%+=:,./-]+$/u.test(plain)) return plain
  return `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
