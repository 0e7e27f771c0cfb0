export { WorkspaceScreen } from './workspace-screen.js';
