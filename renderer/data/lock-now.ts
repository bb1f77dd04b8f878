import { notifyFailed } from '../ui/notify.tsx'
import { api } from './api.ts'

/** Locks the register; the shell then closes this page. */
export async function lockNow(): Promise<void> {
  await api.app.lock().catch(notifyFailed)
}
