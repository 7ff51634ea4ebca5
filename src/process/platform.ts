/** The machine as far as finding and starting programs depends on it; handed in, so that tests can be any machine. */
export interface Platform {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
}

export const thisPlatform = (): Platform => ({ platform: process.platform, env: process.env });

/** Whether a CI service runs this. Azure Pipelines sets no `CI`; `CI=false` says that none does. */
export const isContinuousIntegration = ({ CI: ci, TF_BUILD: azure }: Platform['env']): boolean =>
  Boolean(azure) || !['', '0', 'false'].includes(ci?.toLowerCase() ?? '');

/** An environment variable; an empty one counts as not set, and Windows doesn't care about case (`Path`, `PATH`). */
export function variable(host: Platform, name: string): string | undefined {
  const exact = host.env[name];
  if (exact !== undefined || host.platform !== 'win32') return exact || undefined;
  const key = Object.keys(host.env).find((candidate) => candidate.toUpperCase() === name.toUpperCase());
  return (key === undefined ? undefined : host.env[key]) || undefined;
}
