/** How swc reads our TypeScript, for Jest and for scripts run by hand; the same semantics as tsconfig.json. */
export const swcOptions = (extension) => ({
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', tsx: extension === '.tsx', decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: true,
      react: { runtime: 'automatic' },
    },
  },
  module: { type: 'es6' },
});
