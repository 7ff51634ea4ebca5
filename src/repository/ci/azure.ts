import type { CiProvider } from './provider.ts';

export const azure: CiProvider = {
  id: 'azure',
  title: 'Azure Pipelines',
  templates: ['azure-pipelines-deploy.yml', 'azure-pipelines.yml'],
  workspaceTemplates: ['azure-pipelines-connectors.yml', 'azure-pipelines-deploy-connectors.yml'],
};
