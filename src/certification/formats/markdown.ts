import { statusList } from '../status-list.ts';
import type { StatusFormat } from './formats.ts';

/** The whole way as a list with check boxes, for an issue or a wiki. */
export const statusMarkdown: StatusFormat = (status) => `${statusList(status)}\n`;
