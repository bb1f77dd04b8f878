import { ORPCError } from '@orpc/client'

import { CONNECTION_FAULTS, type ConnectionFault } from '../../../../shared/domain/connection-fault.ts'

/** The kind of failure that an error of the service names; null for any other error. */
export function findErrorFault(error: unknown): ConnectionFault | null {
  const data: unknown = error instanceof ORPCError ? error.data : null
  if (typeof data !== 'object' || data === null || !('fault' in data)) return null
  return CONNECTION_FAULTS.find((fault) => fault === data.fault) ?? null
}
