import './app/strict.ts'

// Dynamic, so that zod is configured before the first schema of the contract is made, in whatever chunk it lands.
void import('./app/start.tsx').then(({ start }) => start())
