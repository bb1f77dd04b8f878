import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Settings of the Linux kernel, below `/proc/sys`, that can keep ordinary users from creating a user namespace. */
const RESTRICTIONS = [
  ['kernel/apparmor_restrict_unprivileged_userns', '1'],
  ['kernel/unprivileged_userns_clone', '0'],
  ['user/max_user_namespaces', '0'],
]

/** Electron's words for an unusable sandbox (Chromium, `zygote_host_impl_linux.cc` and `setuid_sandbox_host.cc`). */
const SANDBOX_WORDS = /SUID sandbox helper|usable sandbox/iu

/**
 * Why the sandbox of an Electron binary cannot start for an ordinary Linux user, and what to do; null when nothing
 * prevents it. Chromium uses user namespaces where the system allows them, else the helper beside the binary.
 */
export function findSandboxProblem(binary, { settings = '/proc/sys', profiles = '/etc/apparmor.d' } = {}) {
  const todo = formatCommand(binary)
  if (todo === null) return null
  const cause = findCause(binary, { settings, profiles })
  if (cause === null) return null
  return { reason: `this system keeps ordinary users from starting Electron's sandbox (${cause})`, todo }
}

/** Finds what keeps ordinary users of this system from creating a user namespace for a program; else null. */
export function findCause(binary, { settings = '/proc/sys', profiles = '/etc/apparmor.d' } = {}) {
  return findRestriction(settings, profiles, binary) ?? tryNamespace()
}

/** Suggests a command when Electron wrote that its sandbox is unusable; null when it wrote something else. */
export function suggestCommand(words, binary) {
  return SANDBOX_WORDS.test(words) ? formatCommand(binary) : null
}

/** The command that makes the sandbox's helper usable; null where it is usable already or missing. */
function formatCommand(binary) {
  if (process.platform !== 'linux') return null
  try {
    const helper = join(dirname(realpathSync(binary)), 'chrome-sandbox')
    const { uid, mode } = statSync(helper)
    if (uid === 0 && (mode & 0o7777) === 0o4755) return null
    const path = quote(helper)
    return `for the Electron window run: sudo chown root:root ${path} && sudo chmod 4755 ${path}`
  } catch {
    return null
  }
}

function findRestriction(settings, profiles, binary) {
  const found = RESTRICTIONS.find(([path, value]) => readText(join(settings, path)).trim() === value)
  if (found === undefined) return null
  const [path, value] = found
  if (path.includes('apparmor') && hasProfile(profiles, binary)) return null
  return `${path.replace('/', '.')} = ${value}`
}

/** True if AppArmor has a profile for the binary, which then may create user namespaces where others may not. */
function hasProfile(folder, binary) {
  try {
    return readdirSync(folder).some((name) => readText(join(folder, name)).includes(binary))
  } catch {
    return false
  }
}

/** Creates a user namespace, as Electron would; where `unshare` is not installed, Electron has to try. */
function tryNamespace() {
  const { status, error } = spawnSync('unshare', ['-Ur', 'true'], { stdio: 'ignore', timeout: 5000 })
  return error === undefined && status !== 0 ? 'unshare -Ur true fails' : null
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** A path quoted for a shell. */
function quote(path) {
  return /^[\w./@:+-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
