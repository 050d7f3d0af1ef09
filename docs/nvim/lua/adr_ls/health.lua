-- `:checkhealth adr_ls`: whether Neovim can run adr-ls, whether it does, and what to do if not.
local M = {}

-- The words with which the server is started; nil where Neovim knows of no such server.
local function command()
  local config = vim.lsp.config and vim.lsp.config.adr_ls
  return config and type(config.cmd) == "table" and config.cmd or nil
end

function M.check()
  vim.health.start("adr-ls")
  if vim.fn.has("nvim-0.11") == 0 then
    vim.health.warn("This Neovim is older than 0.11, which has no vim.lsp.enable()", "Start the server as docs/editors.md tells for 0.8 to 0.10")
    return
  end
  local words = command()
  if not words then
    vim.health.error("There is no configuration “adr_ls”", "Put lsp/adr_ls.lua on the runtime path, or call vim.lsp.config('adr_ls', …)")
    return
  end
  if vim.fn.executable(words[1]) == 0 then
    vim.health.error(("“%s” is not on the PATH that Neovim sees"):format(words[1]), {
      "pip install adr-ls",
      "Or give its whole path: vim.lsp.config('adr_ls', { cmd = { '/path/to/adr-ls' } })",
    })
    return
  end
  local asked = vim.list_extend(vim.list_slice(words, 1), { "--version" })
  local ran = vim.system(asked, { text = true }):wait(10000)
  if ran.code ~= 0 then
    vim.health.error(("“%s” ends with status %d"):format(table.concat(asked, " "), ran.code), vim.trim(ran.stderr or ""))
    return
  end
  vim.health.ok(("%s (%s)"):format(vim.trim(ran.stdout), vim.fn.exepath(words[1])))
  if vim.lsp.is_enabled and not vim.lsp.is_enabled("adr_ls") then
    vim.health.warn("The server is configured, but not enabled", "vim.lsp.enable('adr_ls')")
  end
  local clients = vim.lsp.get_clients({ name = "adr_ls" })
  if #clients == 0 then
    vim.health.info("It is not running: it starts with the first Markdown file that is opened")
  end
  for _, client in ipairs(clients) do
    vim.health.ok(("Running for %s, counting columns in %s"):format(client.root_dir or "single files", client.offset_encoding))
  end
end

return M
