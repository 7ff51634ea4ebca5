import type { Token } from 'markdown-it';

export interface TerminalOptions {
  color: boolean;
  /** Characters in a line; paragraphs are broken there. */
  width: number;
}

const bold = 1;
const cyan = 36;

/**
 * Markdown as it reads well on a terminal: headings bold, code indented, paragraphs broken at the width, links with their
 * address after them, pictures by what they show.
 */
export async function onTerminal(markdown: string, options: TerminalOptions): Promise<string> {
  const { default: createParser } = await import('markdown-it');
  const tokens = createParser().parse(markdown, {});
  return new Page(options).print(tokens);
}

class Page {
  private readonly options: TerminalOptions;
  private readonly lines: string[] = [];
  /** What the next line of each open list item or quotation starts with. */
  private readonly margins: { first: string; rest: string }[] = [];
  private readonly counters: (number | undefined)[] = [];
  private row: string[] = [];
  private table: string[][] = [];

  constructor(options: TerminalOptions) {
    this.options = options;
  }

  print(tokens: readonly Token[]): string {
    let heading = false;
    for (const token of tokens) {
      if (token.type === 'heading_open') heading = true;
      else if (token.type === 'heading_close') heading = false;
      else if (token.type === 'inline') this.inline(token, heading);
      else this.block(token);
    }
    return `${this.lines.join('\n').trim()}\n`;
  }

  private block(token: Token): void {
    const { type, content } = token;
    const [, file = ''] = token.info.split(' ');
    switch (type) {
      case 'bullet_list_open':
        this.counters.push(undefined);
        break;
      case 'ordered_list_open':
        this.counters.push(Number(token.attrGet('start') ?? 1));
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        this.counters.pop();
        this.gap();
        break;
      case 'list_item_open':
        this.item();
        break;
      case 'blockquote_open':
        this.margins.push({ first: '| ', rest: '| ' });
        break;
      case 'list_item_close':
        this.margins.pop();
        break;
      case 'blockquote_close':
        this.margins.pop();
        this.gap();
        break;
      case 'fence':
      case 'code_block':
        this.code(content, file);
        break;
      case 'tr_close':
        this.table.push(this.row);
        this.row = [];
        break;
      case 'table_close':
        this.endTable();
        break;
    }
  }

  private item(): void {
    const counter = this.counters.at(-1);
    const first = counter === undefined ? '* ' : `${counter}. `;
    if (counter !== undefined) this.counters[this.counters.length - 1] = counter + 1;
    this.margins.push({ first, rest: ' '.repeat(first.length) });
  }

  private inline({ children, level }: Token, isHeading: boolean): void {
    const text = this.textOf(children ?? []);
    // cells of a table are three levels inside
    if (level >= 3 && this.isInTable) {
      this.row.push(text);
      return;
    }
    if (isHeading) {
      this.gap();
      this.lines.push(this.paint(text, bold));
    } else {
      this.paragraph(text);
    }
    if (this.margins.length === 0) this.gap();
  }

  private get isInTable(): boolean {
    return this.margins.length === 0 && this.counters.length === 0;
  }

  private textOf(tokens: readonly Token[]): string {
    let address = '';
    let text = '';
    for (const token of tokens) {
      if (token.type === 'text') text += token.content;
      else if (token.type === 'code_inline') text += this.paint(token.content, cyan);
      else if (token.type === 'image') text += `[Picture: ${token.content}]`;
      else if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' ';
      else if (token.type === 'link_open') address = String(token.attrGet('href') ?? '');
      else if (token.type === 'link_close') text += /^https?:/.test(address) ? ` (${address})` : '';
    }
    return text;
  }

  private paragraph(text: string): void {
    const margin = (): string => {
      const own = this.margins.at(-1);
      const outer = this.margins.slice(0, -1).map(({ rest }) => rest);
      const line = `${outer.join('')}${own?.first ?? ''}`;
      if (own !== undefined) own.first = own.rest;
      return line;
    };
    let line = margin();
    let length = line.length;
    let isEmpty = true;
    for (const word of text.split(' ')) {
      const size = visibleLength(word);
      if (!isEmpty && length + 1 + size > this.options.width) {
        this.lines.push(line);
        line = margin();
        length = line.length;
        isEmpty = true;
      }
      line += isEmpty ? word : ` ${word}`;
      length += isEmpty ? size : size + 1;
      isEmpty = false;
    }
    this.lines.push(line);
  }

  private code(content: string, file: string): void {
    const margin = this.margins.map(({ rest }) => rest).join('');
    if (file !== '') this.lines.push(`${margin}  ${file}:`);
    for (const line of content.trimEnd().split('\n')) this.lines.push(`${margin}    ${this.paint(line, cyan)}`);
    this.gap();
  }

  /** A row is a paragraph of its own where the columns don't fit beside each other. */
  private endTable(): void {
    const [heads = [], ...rows] = this.table;
    this.table = [];
    const title = heads.length > 2 ? heads[0] : heads.filter((head) => head !== '').join('; ');
    if (title) this.paragraph(`${title}:`);
    for (const row of rows) {
      const [first = '', ...others] = row;
      const rest = others.map((cell, index) => (heads.length > 2 ? `${heads[index + 1]}: ${cell}` : cell));
      this.margins.push({ first: '* ', rest: '  ' });
      this.paragraph([first, ...rest.filter((cell) => cell !== '')].join('; '));
      this.margins.pop();
    }
    this.gap();
  }

  /** An empty line, never two. */
  private gap(): void {
    if (this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('');
  }

  private paint(text: string, code: number): string {
    return this.options.color && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}

/** Without colours. */
const visibleLength = (word: string): number =>
  word
    .split('\u001b[')
    .reduce((sum, part, index) => sum + (index === 0 ? part.length : part.length - part.indexOf('m') - 1), 0);
