import type { CiProvider } from './provider.ts';

export const github: CiProvider = {
  id: 'github',
  title: 'GitHub Actions',
  templates: ['_github/workflows/deploy.yml', '_github/workflows/validate.yml'],
  workspaceTemplates: ['_github/workflows/connectors.yml', '_github/workflows/deploy-connectors.yml'],
};
