import { errorCode } from '../secrets/private-file.ts'

/** Whether a process of this machine is there, as far as this one can tell. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}
