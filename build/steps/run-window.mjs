import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** The number of last lines of a child's error stream that are kept, and the most characters of each. */
const KEPT_LINES = 40
const KEPT_LENGTH = 400

/** The wait for the last output of a child whose own children keep its error stream open. */
const LAST_WORDS_MS = 500

/** Signals with which a person or the session ends a program; any other is a crash. */
const REQUESTS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a window to its end, in the folder that the person is in. Resolves with `code` or `signal`, whether this process
 * or the child was `asked` to end, and the last lines (`said`) of its error stream where `keep` is set.
 */
export function runWindow(command, args, { keep = false, env = process.env } = {}) {
  return new Promise((settle) => {
    let asked = false
    const child = spawn(command, args, {
      stdio: ['inherit', 'inherit', keep ? 'pipe' : 'inherit'],
      cwd: process.env['INIT_CWD'] ?? process.cwd(),
      env,
    })
    const said = keep ? keepLines(child.stderr) : []
    // The terminal sends Ctrl+C to the child too; a signal sent only to this process is passed on.
    const onInterrupt = () => (asked = 'SIGINT')
    const onTerminate = () => {
      asked = 'SIGTERM'
      child.kill('SIGTERM')
    }
    process.on('SIGINT', onInterrupt)
    process.on('SIGTERM', onTerminate)
    const finish = (end) => {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onTerminate)
      child.stderr?.destroy()
      const signal = asked || (REQUESTS.includes(end.signal) ? end.signal : null)
      settle({ code: null, signal: null, ...end, asked: signal, said })
    }
    child.on('error', (error) => finish({ error }))
    child.on('exit', (code, signal) => {
      const end = { code, signal }
      if (keep) setTimeout(finish, LAST_WORDS_MS, end).unref()
      else finish(end)
    })
    child.on('close', (code, signal) => finish({ code, signal }))
  })
}

/** The exit code for the way that the child ended, as a shell computes it. */
export function toExitCode({ code, signal, asked, error }) {
  if (code === 0) return 0
  if (asked !== null) return 128 + constants.signals[asked]
  if (error !== undefined) return 1
  return code ?? 128 + constants.signals[signal]
}

/** How Electron ended, in words: its code or signal, and its last line that names a reason. */
export function describeEnd({ code, signal, error, said }) {
  if (error !== undefined) return `Electron could not be started (${error.message})`
  const words = findReason(said)
  const end = signal === null ? `ended with code ${code}` : `ended by ${signal}`
  return `Electron ${end}${words === '' ? '' : ` (${words})`}`
}

function findReason(lines) {
  const line =
    lines.findLast((text) => text.includes(':FATAL:')) ??
    lines.findLast((text) => /error|fail|cannot|denied/iu.test(text)) ??
    lines.findLast((text) => text.trim() !== '') ??
    ''
  // A line of Chromium begins with its process, the time, the kind and the place in its source.
  const words = line
    .replace(/^\[[^\]]*\]\s*/u, '')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
  return words.length > 200 ? `${words.slice(0, 199)}…` : words
}

/** Passes an error stream on as it comes, and keeps its last lines. */
function keepLines(stream) {
  const lines = ['']
  stream.setEncoding('utf8')
  stream.on('data', (text) => {
    process.stderr.write(text)
    const [first, ...rest] = text.split('\n')
    lines.push(`${lines.pop()}${first}`.slice(0, KEPT_LENGTH), ...rest.map((line) => line.slice(0, KEPT_LENGTH)))
    lines.splice(0, lines.length - KEPT_LINES)
  })
  return lines
}
