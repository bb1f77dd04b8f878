import { spawn } from 'node:child_process'

const windows = process.platform === 'win32'
const alive = new Set()

// Commands run in their own process groups, so that their children end with them; they are also ended with us.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of alive) end(child)
    process.exit(130)
  })
}

/**
 * Runs a command to its end and resolves with its exit code and what it wrote; `show` passes the output on as it comes,
 * `uid` and `gid` set another user to run as. After `limit` ms it is ended with all its children, which counts as a
 * failure.
 */
export function running(command, args, { cwd, env = process.env, show = false, limit, uid, gid }) {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows,
      shell: windows,
      uid,
      gid,
    })
    alive.add(child)
    const written = []
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        if (show) process.stdout.write(data)
        else written.push(data)
      })
    }
    const timer = setTimeout(() => {
      process.stderr.write(`${command}: ended after ${Math.round(limit / 1000)} s without a result\n`)
      end(child)
    }, limit)
    const finish = (code) => {
      clearTimeout(timer)
      alive.delete(child)
      settle({ code, output: Buffer.concat(written).toString('utf8') })
    }
    child.on('error', (error) => {
      written.push(Buffer.from(`${error.message}\n`))
      finish(1)
    })
    child.on('close', (code) => finish(code ?? 1))
  })
}

function end(child) {
  try {
    process.kill(windows ? child.pid : -child.pid, 'SIGTERM')
  } catch {
    // It has already ended.
  }
}
