import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildOnce, program } from '../support/cli.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';

const hasNeovim = spawnSync('nvim', ['--version']).status === 0;

/** What the guide shows, with this build as the command; then it tells what it sees, and does what people do. */
const session = (root: string): string => `
vim.api.nvim_create_autocmd({ 'BufReadPost' }, {
  pattern = { '*/connector/*.json' },
  callback = function()
    local client = vim.lsp.start_client({
      name = 'pp-connector',
      cmd = { ${JSON.stringify(process.execPath)}, ${JSON.stringify(program)}, 'lsp', '--stdio' },
      root_dir = ${JSON.stringify(root)},
    })
    vim.lsp.buf_attach_client(0, client)
  end,
})
vim.cmd('edit ' .. ${JSON.stringify(join(root, 'connector', 'apiDefinition.json'))})
local function wait(done)
  if not vim.wait(30000, done, 20) then error('nothing came') end
end
local function codes()
  local list = {}
  for _, found in ipairs(vim.diagnostic.get(0)) do
    list[found.code or (found.user_data and found.user_data.lsp and found.user_data.lsp.code) or found.message] = true
  end
  return list
end
wait(function() return #vim.diagnostic.get(0) > 0 end)
local line = vim.fn.search('"summary": "List items"')
vim.api.nvim_buf_set_lines(0, line - 1, line, false, { '        "summary": "List items.",' })
local function has(text)
  for _, found in ipairs(vim.diagnostic.get(0)) do
    if string.find(found.message, text, 1, true) then return found end
  end
end
wait(function() return has('must end with a letter') end)
local found = has('must end with a letter')
local params = {
  textDocument = vim.lsp.util.make_text_document_params(),
  range = vim.lsp.util.make_range_params().range,
  context = { diagnostics = { found.user_data.lsp.code and { range = { start = { line = found.lnum, character = found.col }, ['end'] = { line = found.end_lnum, character = found.end_col } }, code = found.user_data.lsp.code, source = found.source, message = found.message, data = { fixable = true } } } },
}
local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 30000)
for _, answer in pairs(answers) do
  vim.lsp.util.apply_workspace_edit(answer.result[1].edit, 'utf-16')
end
wait(function() return not has('must end with a letter') end)
print('line ' .. vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1])
vim.cmd('qall!')
`;

(hasNeovim ? describe : describe.skip)('lsp: in Neovim', function () {
  this.timeout(120_000);

  it('shows a finding as it is typed, and repairs it', () => {
    buildOnce();
    const root = temporaryFolder();
    expect(warmCli(['new', '.', '--yes'], { cwd: root }).status).to.equal(0);
    const file = join(writeTree(temporaryFolder(), { 'session.lua': session(root) }), 'session.lua');
    const args = ['--headless', '-u', 'NONE', '-i', 'NONE', '-c', `luafile ${file}`, '-c', 'cquit'];
    const { stderr, stdout } = spawnSync('nvim', args, { encoding: 'utf8', timeout: 100_000 });
    expect(`${stdout}${stderr}`).to.contain('line         "summary": "List items",');
  });
});
